import { createRoute } from "@hono/zod-openapi";
import type { App, Room } from "../context.ts";
import { badInput, rangeErrorOf } from "../problem.ts";
import { pairingJob, pairingList, pairingRequest } from "../schemas/nodes.ts";
import { answer, body } from "./shape.ts";

const path = "/api/pairings";
const tags = ["Devices"];

const list = createRoute({
  method: "get",
  path,
  tags,
  summary: "Pairings that run or ran",
  responses: { 200: answer(pairingList, "The pairings") },
});
const post = createRoute({
  method: "post",
  path,
  tags,
  summary: "Pair a Matter device by its code",
  description: "Answers at once; the stream tells of each step.",
  request: body(pairingRequest),
  responses: { 202: answer(pairingJob, "Started") },
});

export function pairingRoutes(app: App, { hub }: Room): void {
  app.openapi(list, (c) => c.json({ jobs: hub.pairing.jobs() }, 200));

  app.openapi(post, (c) => {
    try {
      return c.json(hub.pairing.start(c.req.valid("json").code), 202);
    } catch (error) {
      return badInput(c, [{ field: "code", message: rangeErrorOf(error) }]);
    }
  });
}
