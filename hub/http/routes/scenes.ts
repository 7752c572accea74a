import { createRoute } from "@hono/zod-openapi";
import type { App, Ctx, Room } from "../context.ts";
import { badInput, fieldErrorOf, notFound, type Refusal } from "../problem.ts";
import { done, idParam } from "../schemas/common.ts";
import {
  attemptRequest,
  nowAnswer,
  nowRequest,
  sceneList,
  sceneRequest,
  sceneRun,
  sceneView,
} from "../schemas/house-state.ts";
import { answer, body } from "./shape.ts";

const tags = ["Scenes"];
const path = "/api/scenes";
const outcomes =
  "Each action passes the same checks, ranks and audit as a single command. Answers when all have their outcome.";

const list = createRoute({
  ...{ method: "get", path, tags, responses: { 200: answer(sceneList, "The scenes") } },
  summary: "The scenes, with what came of the last activation of each",
});
const add = createRoute({
  ...{ method: "post", path, tags, responses: { 200: answer(sceneView, "The scene") } },
  summary: "Make a scene",
  request: body(sceneRequest),
});
const asItIsNow = createRoute({
  ...{ method: "post", path: `${path}/now`, tags, responses: { 200: answer(nowAnswer, "What would bring it back") } },
  summary: "The actions that would bring these endpoints to how they are now; nothing is saved or sent",
  description: "What is not known now is left out, and so are locks, chargers and what cooks.",
  request: body(nowRequest),
});
const attempt = createRoute({
  ...{ method: "post", path: `${path}/try`, tags, responses: { 200: answer(sceneRun, "What came of it") } },
  summary: "Ask for actions that are not saved as a scene",
  description: outcomes,
  request: body(attemptRequest),
});
const change = createRoute({
  ...{ method: "put", path: `${path}/{id}`, tags, responses: { 200: answer(sceneView, "The scene") } },
  summary: "Change a scene",
  request: { params: idParam, ...body(sceneRequest) },
});
const remove = createRoute({
  ...{ method: "delete", path: `${path}/{id}`, tags, responses: { 200: answer(done, "Deleted") } },
  summary: "Delete a scene; its devices stay as they are",
  request: { params: idParam },
});
const activate = createRoute({
  ...{ method: "post", path: `${path}/{id}/activate`, tags, responses: { 200: answer(sceneRun, "What came of it") } },
  summary: "Activate a scene",
  description: outcomes,
  request: { params: idParam },
});

const gone = (c: Ctx, id: string): Refusal => notFound(c, `There is no scene ${id}.`);

export function sceneRoutes(app: App, { hub }: Room): void {
  const { scenes } = hub;
  const refused = (c: Ctx, error: unknown) => badInput(c, [fieldErrorOf(error)]);

  app.openapi(list, (c) => c.json({ scenes: scenes.list() }, 200));
  app.openapi(asItIsNow, (c) => c.json({ actions: scenes.asItIsNow(c.req.valid("json").endpoints) }, 200));
  app.openapi(attempt, async (c) => c.json(await scenes.attempt(c.req.valid("json").actions, c.get("who").name), 200));
  app.openapi(add, (c) => {
    try {
      return c.json(scenes.add(c.req.valid("json"), c.get("who").name), 200);
    } catch (error) {
      return refused(c, error);
    }
  });
  app.openapi(change, (c) => {
    const { id } = c.req.valid("param");
    try {
      const scene = scenes.change(id, c.req.valid("json"), c.get("who").name);
      return scene ? c.json(scene, 200) : gone(c, id);
    } catch (error) {
      return refused(c, error);
    }
  });
  app.openapi(remove, (c) => {
    const { id } = c.req.valid("param");
    return scenes.remove(id, c.get("who").name) ? c.json({ ok: true as const }, 200) : gone(c, id);
  });
  app.openapi(activate, async (c) => {
    const { id } = c.req.valid("param");
    const run = await scenes.activate(id, c.get("who").name);
    return run ? c.json(run, 200) : gone(c, id);
  });
}
