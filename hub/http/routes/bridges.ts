import { createRoute } from "@hono/zod-openapi";
import type { App, Ctx, Room } from "../context.ts";
import { badInput, notFound, type Refusal, rangeErrorOf } from "../problem.ts";
import {
  bridgeList,
  bridgeParam,
  bridgePreview,
  bridgeStatus,
  bridgeWish,
  fabricParam,
  previewRequest,
  windowRequest,
} from "../schemas/bridges.ts";
import { done } from "../schemas/common.ts";
import { answer, body } from "./shape.ts";

const tags = ["Matter bridges"];
const path = "/api/bridges";

const list = createRoute({
  method: "get",
  path,
  tags,
  summary: "The bridges that show the hub's devices to other ecosystems",
  responses: { 200: answer(bridgeList, "The bridges") },
});
const add = createRoute({
  method: "post",
  path,
  tags,
  summary: "Show the hub's devices to another ecosystem by Matter",
  description: "Answers when the bridge is there. It may be paired with for 15 minutes, by the code in the answer.",
  request: body(bridgeWish),
  responses: { 200: answer(bridgeStatus, "The bridge") },
});
const change = createRoute({
  method: "put",
  path: `${path}/{id}`,
  tags,
  summary: "Change a bridge; its pairings and its devices' numbers stay",
  request: { params: bridgeParam, ...body(bridgeWish) },
  responses: { 200: answer(bridgeStatus, "The bridge") },
});
const remove = createRoute({
  method: "delete",
  path: `${path}/{id}`,
  tags,
  summary: "Remove a bridge and leave all its controllers",
  request: { params: bridgeParam },
  responses: { 200: answer(done, "Removed") },
});
const window = createRoute({
  method: "post",
  path: `${path}/{id}/window`,
  tags,
  summary: "Let another controller pair for 15 minutes, or no longer",
  request: { params: bridgeParam, ...body(windowRequest) },
  responses: { 200: answer(bridgeStatus, "The bridge") },
});
const removeFabric = createRoute({
  method: "delete",
  path: `${path}/{id}/fabrics/{index}`,
  tags,
  summary: "Leave one controller",
  request: { params: fabricParam },
  responses: { 200: answer(bridgeStatus, "The bridge") },
});
const preview = createRoute({
  method: "post",
  path: `${path}/preview`,
  tags,
  summary: "What an ecosystem will show of each device, and why some can't go out",
  request: body(previewRequest),
  responses: { 200: answer(bridgePreview, "All devices of the home") },
});

const gone = (c: Ctx, id: string): Refusal => notFound(c, `There is no bridge ${id}.`);

export function bridgeRoutes(app: App, { hub }: Room): void {
  const { bridges } = hub;
  app.openapi(list, (c) => c.json({ bridges: bridges.list() }, 200));

  app.openapi(preview, (c) => c.json(bridges.preview(c.req.valid("json")), 200));

  app.openapi(add, async (c) => {
    try {
      return c.json(await bridges.add(c.req.valid("json"), c.get("who").name), 200);
    } catch (error) {
      return fieldError(c, error);
    }
  });

  app.openapi(change, async (c) => {
    const { id } = c.req.valid("param");
    try {
      const changed = await bridges.change(id, c.req.valid("json"), c.get("who").name);
      return changed ? c.json(changed, 200) : gone(c, id);
    } catch (error) {
      return fieldError(c, error);
    }
  });

  app.openapi(remove, (c) => {
    const { id } = c.req.valid("param");
    return bridges.remove(id, c.get("who").name) ? c.json({ ok: true as const }, 200) : gone(c, id);
  });

  app.openapi(window, async (c) => {
    const { id } = c.req.valid("param");
    const changed = await bridges.open(id, c.req.valid("json").open, c.get("who").name);
    return changed ? c.json(changed, 200) : gone(c, id);
  });

  app.openapi(removeFabric, async (c) => {
    const { id, index } = c.req.valid("param");
    const changed = await bridges.removeFabric(id, index, c.get("who").name);
    return changed ? c.json(changed, 200) : notFound(c, `There is no bridge ${id} with a controller ${index}.`);
  });
}

/** `field: message`, as the hub words it. */
function fieldError(c: Ctx, error: unknown): Refusal {
  const text = rangeErrorOf(error);
  const cut = text.indexOf(": ");
  return badInput(c, [{ field: text.slice(0, cut), message: text.slice(cut + 2) }]);
}
