import { createRoute } from "@hono/zod-openapi";
import type { App, Room } from "../context.ts";
import { examination } from "../schemas/doctor.ts";
import { answer } from "./shape.ts";

const get = createRoute({
  method: "get",
  path: "/api/doctor",
  tags: ["Hub"],
  summary: "What this machine and its network give the hub",
  description: "Looks now; takes up to three seconds.",
  responses: { 200: answer(examination, "What was found, and what to do about it") },
});

export function doctorRoutes(app: App, { hub }: Room): void {
  app.openapi(get, async (c) => c.json({ found: await hub.doctor() }, 200));
}
