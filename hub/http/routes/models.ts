import { createRoute } from "@hono/zod-openapi";
import type { App, Ctx, Room } from "../context.ts";
import { badInput, conflict, fieldErrorOf, notFound, type Refusal, rangeErrorOf } from "../problem.ts";
import { done, idParam } from "../schemas/common.ts";
import { addedModel, modelList, modelServer, modelServerWish, modelStatus, modelTrial } from "../schemas/models.ts";
import { answer, body } from "./shape.ts";

const tags = ["Language models"];
const request = { params: idParam };

const list = createRoute({
  method: "get",
  path: "/api/models",
  tags,
  summary: "The catalogue and what is here of it",
  responses: { 200: answer(modelList, "The models") },
});
const pull = createRoute({
  method: "post",
  path: "/api/models/{id}/pull",
  tags,
  summary: "Fetch a model in the background",
  request,
  responses: { 202: answer(modelStatus, "Fetching") },
});
const cancel = createRoute({
  method: "delete",
  path: "/api/models/{id}/pull",
  tags,
  summary: "Stop fetching a model",
  request,
  responses: { 200: answer(modelStatus, "Stopped") },
});
const use = createRoute({
  method: "post",
  path: "/api/models/{id}/use",
  tags,
  summary: "Let this model answer",
  request,
  responses: { 200: answer(modelStatus, "In use") },
});

const add = createRoute({
  method: "post",
  path: "/api/models",
  tags,
  summary: "Add any GGUF file by its address and hash",
  request: body(addedModel),
  responses: { 201: answer(modelStatus, "In the list; fetch it next") },
});
const remove = createRoute({
  method: "delete",
  path: "/api/models/{id}",
  tags,
  summary: "Delete a model's file; one that was added goes from the list as well",
  request,
  responses: { 200: answer(done, "Removed") },
});
const bench = createRoute({
  method: "post",
  path: "/api/models/{id}/bench",
  tags,
  summary: "Measure a model on this machine, in the background",
  request,
  responses: { 202: answer(modelStatus, "Being measured") },
});
const cancelBench = createRoute({
  method: "delete",
  path: "/api/models/{id}/bench",
  tags,
  summary: "Stop measuring",
  request,
  responses: { 200: answer(modelStatus, "Stopped") },
});
const setServer = createRoute({
  method: "put",
  path: "/api/model-server",
  tags,
  summary: "Let a server of the home answer in place of the local model",
  description:
    "Any server that speaks OpenAI's chat completions, at an address of the home's own network. Its key is never told.",
  request: body(modelServerWish),
  responses: { 200: answer(modelServer, "The server") },
});
const tryServer = createRoute({
  method: "post",
  path: "/api/model-server/trial",
  tags,
  summary: "Ask the home's server one short question",
  responses: { 200: answer(modelTrial, "How it went") },
});

/** A refusal by the desk, as the field's error. */
const refused = (c: Ctx, error: unknown): Refusal => badInput(c, [fieldErrorOf(error)]);

export function modelRoutes(app: App, room: Room): void {
  const { hub } = room;
  const find = (id: string) => hub.models.list().find((m) => m.id === id);
  const noSuch = (id: string): string => `The catalogue has no model ${id}.`;
  const isHere = (state: string): boolean => ["present", "inUse", "loaded"].includes(state);

  app.openapi(list, (c) =>
    c.json({ models: hub.models.list(), advice: hub.models.advice(), server: hub.models.server() }, 200),
  );

  app.openapi(pull, (c) => {
    const { id } = c.req.valid("param");
    const before = find(id);
    if (!before) return notFound(c, noSuch(id));
    hub.models.pull(id);
    return c.json(find(id) ?? before, 202);
  });

  app.openapi(cancel, (c) => {
    const { id } = c.req.valid("param");
    const before = find(id);
    if (!before) return notFound(c, noSuch(id));
    hub.models.cancel(id);
    return c.json(find(id) ?? before, 200);
  });

  app.openapi(use, (c) => {
    const { id } = c.req.valid("param");
    const before = find(id);
    if (!before) return notFound(c, noSuch(id));
    if (!isHere(before.state)) return conflict(c, `The model ${id} is not here yet.`, "Fetch it first.");
    hub.models.use(id);
    return c.json(find(id) ?? before, 200);
  });

  ownModelRoutes(app, room);

  app.openapi(bench, (c) => {
    const { id } = c.req.valid("param");
    const before = find(id);
    if (!before) return notFound(c, noSuch(id));
    if (!isHere(before.state)) return conflict(c, `The model ${id} is not here yet.`, "Fetch it first.");
    try {
      hub.models.bench(id);
    } catch (error) {
      return conflict(c, rangeErrorOf(error), "Wait until it is done, or stop it.");
    }
    return c.json(find(id) ?? before, 202);
  });

  app.openapi(cancelBench, (c) => {
    const { id } = c.req.valid("param");
    const before = find(id);
    if (!before) return notFound(c, noSuch(id));
    hub.models.cancelBench(id);
    return c.json(find(id) ?? before, 200);
  });
}

function ownModelRoutes(app: App, { hub }: Room): void {
  const find = (id: string) => hub.models.list().find((m) => m.id === id);

  app.openapi(add, (c) => {
    const wish = c.req.valid("json");
    try {
      hub.models.add(wish, c.get("who").name);
    } catch (error) {
      return refused(c, error);
    }
    const added = find(wish.id);
    return added ? c.json(added, 201) : notFound(c, `The model ${wish.id} is gone again.`);
  });

  app.openapi(remove, async (c) => {
    const { id } = c.req.valid("param");
    if (!find(id)) return notFound(c, `The catalogue has no model ${id}.`);
    await hub.models.remove(id, c.get("who").name);
    return c.json({ ok: true as const }, 200);
  });

  app.openapi(setServer, (c) => {
    try {
      hub.models.setServer(c.req.valid("json"), c.get("who").name);
    } catch (error) {
      return refused(c, error);
    }
    return c.json(hub.models.server(), 200);
  });

  app.openapi(tryServer, async (c) => c.json(await hub.models.tryServer(), 200));
}
