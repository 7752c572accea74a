import { createRoute } from "@hono/zod-openapi";
import type { App, Room } from "../context.ts";
import { findingList } from "../schemas/house.ts";
import { answer } from "./shape.ts";

const list = createRoute({
  method: "get",
  path: "/api/findings",
  tags: ["Hub"],
  summary: "What is wrong and what to do about it",
  responses: { 200: answer(findingList, "The findings") },
});

export function findingRoutes(app: App, { hub }: Room): void {
  app.openapi(list, (c) => c.json({ findings: hub.findings() }, 200));
}
