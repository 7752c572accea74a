import { createRoute } from "@hono/zod-openapi";
import type { App, Room } from "../context.ts";
import { learnedHome } from "../schemas/learned.ts";
import { answer } from "./shape.ts";

const learned = createRoute({
  method: "get",
  path: "/api/twin",
  tags: ["Energy"],
  summary: "What the hub has learned about the home, with its error on days it has not seen",
  responses: { 200: answer(learnedHome, "The models; worked out when asked, at most every six hours") },
});

export function twinRoutes(app: App, { hub }: Room): void {
  app.openapi(learned, async (c) => c.json(await hub.planning.learned(), 200));
}
