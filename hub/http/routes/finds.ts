import { createRoute } from "@hono/zod-openapi";
import type { App, Room } from "../context.ts";
import { conflict, notFound } from "../problem.ts";
import { findChange, findParam, findsView } from "../schemas/finds.ts";
import { wish } from "../schemas/plans.ts";
import { answer, body } from "./shape.ts";

const tags = ["Plans"];

const list = createRoute({
  method: "get",
  path: "/api/finds",
  tags,
  summary: "What could be saved, found in the home's past, with its evidence",
  responses: { 200: answer(findsView, "The last search") },
});
const search = createRoute({
  method: "post",
  path: "/api/finds/search",
  tags,
  summary: "Search now; the jobs tell how far it is and can cancel it",
  responses: { 202: answer(findsView, "Under way") },
});
const change = createRoute({
  method: "patch",
  path: "/api/finds/{id}",
  tags,
  summary: "Say that a find is not interesting, or is so after all",
  request: { params: findParam, ...body(findChange) },
  responses: { 200: answer(findsView, "The finds as they are now") },
});
const plan = createRoute({
  method: "post",
  path: "/api/finds/{id}/wish",
  tags,
  summary: "Make a wish of a find's goals; it waits to be confirmed",
  request: { params: findParam },
  responses: { 201: answer(wish, "Waits to be confirmed") },
});

export function findRoutes(app: App, { hub }: Room): void {
  const { finds } = hub;
  const isThere = (id: string) => finds.view().found?.finds.some((f) => f.id === id) ?? false;

  app.openapi(list, (c) => c.json(finds.view(), 200));
  app.openapi(search, (c) => {
    finds.search(c.get("who").name);
    return c.json(finds.view(), 202);
  });
  app.openapi(change, (c) => {
    const { id } = c.req.valid("param");
    const done = finds.dismiss(id, c.req.valid("json").dismissed, c.get("who").name);
    return done ? c.json(finds.view(), 200) : notFound(c, `There is no find ${id}.`);
  });
  app.openapi(plan, (c) => {
    const { id } = c.req.valid("param");
    if (!isThere(id)) return notFound(c, `There is no find ${id}.`);
    const made = finds.wish(id, c.get("who").name);
    return made.ok ? c.json(made.wish, 201) : conflict(c, made.reason);
  });
}
