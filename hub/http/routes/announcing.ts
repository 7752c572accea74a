import { createRoute } from "@hono/zod-openapi";
import type { App, Room } from "../context.ts";
import { announceSettings } from "../schemas/announcing.ts";
import { answer, body } from "./shape.ts";

const path = "/api/announcing";
const tags = ["MQTT brokers"];

const get = createRoute({
  method: "get",
  path,
  tags,
  summary: "What the hub says of its own devices on MQTT",
  responses: { 200: answer(announceSettings, "What is turned on") },
});
const put = createRoute({
  method: "put",
  path,
  tags,
  summary: "Announce the hub's devices to others on its brokers, or take that back",
  request: body(announceSettings),
  responses: { 200: answer(announceSettings, "What is turned on now") },
});

export function announcingRoutes(app: App, { hub }: Room): void {
  app.openapi(get, (c) => c.json(hub.announcements.settings(), 200));

  app.openapi(put, (c) => {
    hub.announcements.set(c.req.valid("json"), c.get("who").name);
    return c.json(hub.announcements.settings(), 200);
  });
}
