import { createRoute } from "@hono/zod-openapi";
import type { App, Room } from "../context.ts";
import { badInput, notFound, rangeErrorOf } from "../problem.ts";
import { done } from "../schemas/common.ts";
import * as schemas from "../schemas/identity.ts";
import { answer, body } from "./shape.ts";

const tags = ["Devices"];
const path = "/api/identity";
const params = schemas.proposalParam;

const get = createRoute({
  method: "get",
  path,
  tags,
  summary: "Devices that are reached on several roads, and those that may be one",
  responses: { 200: answer(schemas.identityView, "Proposals, merged devices, the hub's own that came back") },
});
const accept = createRoute({
  method: "post",
  path: `${path}/proposals/{key}/accept`,
  tags,
  summary: "They are one device",
  request: { params },
  responses: { 200: answer(schemas.nodeAnswer, "The device that both are now") },
});
const reject = createRoute({
  method: "post",
  path: `${path}/proposals/{key}/reject`,
  tags,
  summary: "They are two devices; don't ask again",
  request: { params },
  responses: { 200: answer(done, "Remembered") },
});
const merge = createRoute({
  method: "post",
  path: `${path}/merge`,
  tags,
  summary: "Make two devices one by hand",
  description: "`keep` keeps its id, name, room, history and rules. It can be taken back at any time.",
  request: body(schemas.mergeRequest),
  responses: { 200: answer(schemas.nodeAnswer, "The device that both are now") },
});
const split = createRoute({
  method: "post",
  path: `${path}/split`,
  tags,
  summary: "Make a road of a merged device a device of its own again",
  description: "It gets back its id, settings and history; the hub does not put the two together again by itself.",
  request: body(schemas.splitRequest),
  responses: { 200: answer(schemas.nodeAnswer, "The device that it is again") },
});

const none = "There is no such open proposal; it may have been answered.";

export function identityRoutes(app: App, { hub }: Room): void {
  const { identity } = hub;
  app.openapi(get, (c) =>
    c.json({ proposals: identity.proposals(), merges: identity.merges(), own: identity.own() }, 200),
  );

  app.openapi(accept, (c) => {
    const node = identity.accept(c.req.valid("param").key, c.get("who").name);
    return node === undefined ? notFound(c, none) : c.json({ node }, 200);
  });

  app.openapi(reject, (c) =>
    identity.reject(c.req.valid("param").key, c.get("who").name)
      ? c.json({ ok: true as const }, 200)
      : notFound(c, none),
  );

  app.openapi(merge, (c) => {
    const { keep, other } = c.req.valid("json");
    try {
      identity.merge(keep, other, c.get("who").name);
    } catch (error) {
      return badInput(c, [fieldOf(error)]);
    }
    return c.json({ node: keep }, 200);
  });

  app.openapi(split, (c) => {
    const { node, device } = c.req.valid("json");
    try {
      return c.json({ node: identity.split(node, device, c.get("who").name) }, 200);
    } catch (error) {
      return badInput(c, [fieldOf(error)]);
    }
  });
}

/** What the hub says as `field: words`. */
function fieldOf(error: unknown): { readonly field: string; readonly message: string } {
  const words = rangeErrorOf(error);
  const [, field = "body", message = words] = /^(keep|other|node|device): (.*)$/s.exec(words) ?? [];
  return { field, message };
}
