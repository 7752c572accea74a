import { createRoute } from "@hono/zod-openapi";
import { deviceTypes } from "../../model/device-types/index.ts";
import type { App } from "../context.ts";
import { deviceTypeList } from "../schemas/nodes.ts";
import { deviceTypeView } from "../view.ts";
import { answer } from "./shape.ts";

const list = createRoute({
  method: "get",
  path: "/api/device-types",
  tags: ["Devices"],
  summary: "What a device can be said to be in this home",
  responses: { 200: answer(deviceTypeList, "The device types, by their labels") },
});

const views = Object.keys(deviceTypes)
  .map(deviceTypeView)
  .sort((a, b) => a.label.localeCompare(b.label, "en"));

export function deviceTypeRoutes(app: App): void {
  app.openapi(list, (c) => c.json({ deviceTypes: views }, 200));
}
