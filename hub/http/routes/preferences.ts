import { createRoute } from "@hono/zod-openapi";
import type { App, Room } from "../context.ts";
import { conflict, notFound } from "../problem.ts";
import { idParam } from "../schemas/common.ts";
import { newPreference, preferenceList } from "../schemas/preferences.ts";
import { answer, body } from "./shape.ts";

const tags = ["Plans"];
const all = { 200: answer(preferenceList, "The newest first") };

const list = createRoute({
  method: "get",
  path: "/api/preferences",
  tags,
  summary: "What people have shown to want of plans by refusing, changing and doing by hand",
  responses: all,
});
const post = createRoute({
  method: "post",
  path: "/api/preferences",
  tags,
  summary: "One more, said outright; later proposals heed it",
  request: body(newPreference),
  responses: all,
});
const remove = createRoute({
  method: "delete",
  path: "/api/preferences/{id}",
  tags,
  summary: "Take one back",
  request: { params: idParam },
  responses: all,
});

export function preferenceRoutes(app: App, { hub: { policies } }: Room): void {
  const told = () => ({ preferences: policies.preferences() });
  app.openapi(list, (c) => c.json(told(), 200));
  app.openapi(post, (c) => {
    const said = policies.prefer(c.req.valid("json"), c.get("who").name);
    return said.ok ? c.json(told(), 200) : conflict(c, said.reason);
  });
  app.openapi(remove, (c) => {
    const { id } = c.req.valid("param");
    return policies.forget(id, c.get("who").name) ? c.json(told(), 200) : notFound(c, `There is no preference ${id}.`);
  });
}
