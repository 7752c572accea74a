import { createRoute } from "@hono/zod-openapi";
import type { App, Room } from "../context.ts";
import { learnedHome, learnedLoads } from "../schemas/learned.ts";
import { answer } from "./shape.ts";

const learned = createRoute({
  method: "get",
  path: "/api/twin",
  tags: ["Energy"],
  summary: "What the hub has learned about the home, with its error on days it has not seen",
  responses: { 200: answer(learnedHome, "The models; worked out when asked, at most every six hours") },
});

const loads = createRoute({
  method: "get",
  path: "/api/twin/loads",
  tags: ["Energy"],
  summary: "What each plug and meter does, found in its power alone: rest, cycles, programmes, habits",
  responses: { 200: answer(learnedLoads, "The loads; worked out when asked, at most every six hours") },
});

export function twinRoutes(app: App, { hub }: Room): void {
  app.openapi(learned, async (c) => c.json(await hub.planning.learned(), 200));
  app.openapi(loads, async (c) => c.json(await hub.planning.loads(), 200));
}
