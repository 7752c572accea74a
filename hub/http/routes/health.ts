import { createRoute } from "@hono/zod-openapi";
import type { App, Room } from "../context.ts";
import { health } from "../schemas/house.ts";
import { answer, open } from "./shape.ts";

const get = createRoute({
  ...open,
  method: "get",
  path: "/api/health",
  tags: ["Hub"],
  summary: "Whether the hub is up",
  description: "Without a sign-in: no names, no values.",
  responses: { 200: answer(health, "The hub's health") },
});

export function healthRoutes(app: App, { hub }: Room): void {
  app.openapi(get, (c) => {
    const { version, startedAt, ready, loopDelayMs } = hub.health();
    return c.json({ version, startedAt, ready, loopDelayMs }, 200);
  });
}
