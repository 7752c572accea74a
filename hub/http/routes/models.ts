import { createRoute } from "@hono/zod-openapi";
import type { App, Room } from "../context.ts";
import { conflict, notFound } from "../problem.ts";
import { idParam } from "../schemas/common.ts";
import { modelList, modelStatus } from "../schemas/house.ts";
import { answer } from "./shape.ts";

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

export function modelRoutes(app: App, { hub }: Room): void {
  const find = (id: string) => hub.models.list().find((m) => m.id === id);
  const noSuch = (id: string): string => `The catalogue has no model ${id}.`;

  app.openapi(list, (c) => c.json({ models: hub.models.list() }, 200));

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
    if (!["present", "inUse", "loaded"].includes(before.state))
      return conflict(c, `The model ${id} is not here yet.`, "Fetch it first.");
    hub.models.use(id);
    return c.json(find(id) ?? before, 200);
  });
}
