import { createRoute } from "@hono/zod-openapi";
import type { App, Room } from "../context.ts";
import { badInput, conflict, rangeErrorOf } from "../problem.ts";
import { done } from "../schemas/common.ts";
import { pairingAnswer, pairingJob, pairingList, pairingParam, pairingRequest } from "../schemas/nodes.ts";
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

const decide = createRoute({
  method: "post",
  path: `${path}/{id}/answer`,
  tags,
  summary: "Say whether a device that did not prove what it is may come in",
  request: { params: pairingParam, ...body(pairingAnswer) },
  responses: { 200: answer(done, "Taken; the stream tells how it goes on") },
});
const cancel = createRoute({
  method: "delete",
  path: `${path}/{id}`,
  tags,
  summary: "Cancel a pairing that runs; the device is left as it was",
  request: { params: pairingParam },
  responses: { 200: answer(done, "It ends as soon as the device was told") },
});

export function pairingRoutes(app: App, { hub }: Room): void {
  app.openapi(list, (c) => c.json({ jobs: hub.pairing.jobs() }, 200));

  app.openapi(post, (c) => {
    try {
      const { code, wifi } = c.req.valid("json");
      return c.json(hub.pairing.start(code, wifi), 202);
    } catch (error) {
      return badInput(c, [{ field: "code", message: rangeErrorOf(error) }]);
    }
  });

  app.openapi(decide, (c) => {
    const { id } = c.req.valid("param");
    if (!hub.pairing.answer(id, c.req.valid("json").accept))
      return conflict(c, "This pairing asks nothing, or no more.", "Look at the list of pairings.");
    const { accept } = c.req.valid("json");
    const entry = { at: hub.clock.now(), by: c.get("who").name, subject: id, detail: "its certificate proved nothing" };
    hub.store.appendAudit({ ...entry, what: accept ? "unproven-device-accepted" : "unproven-device-refused" });
    return c.json({ ok: true as const }, 200);
  });

  app.openapi(cancel, (c) =>
    hub.pairing.cancel(c.req.valid("param").id)
      ? c.json({ ok: true as const }, 200)
      : conflict(c, "This pairing does not run, or no more.", "Look at the list of pairings."),
  );
}
