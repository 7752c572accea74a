import { createRoute } from "@hono/zod-openapi";
import type { App, Room } from "../context.ts";
import { badInput, notFound, rangeErrorOf } from "../problem.ts";
import { done, idParam } from "../schemas/common.ts";
import { newWish, wish, wishList } from "../schemas/plans.ts";
import { answer, body } from "./shape.ts";

const tags = ["Plans"];

const list = createRoute({
  method: "get",
  path: "/api/goals",
  tags,
  summary: "What people wished for, and how far it is",
  responses: { 200: answer(wishList, "The wishes") },
});
const post = createRoute({
  method: "post",
  path: "/api/goals",
  tags,
  summary: "State a goal in words",
  description: "Answers at once; the stream tells of progress and of the plans that come of it.",
  request: body(newWish),
  responses: { 202: answer(wish, "Taken up") },
});
const remove = createRoute({
  method: "delete",
  path: "/api/goals/{id}",
  tags,
  summary: "Stop working on a goal",
  request: { params: idParam },
  responses: { 200: answer(done, "Stopped") },
});

export function goalRoutes(app: App, { hub }: Room): void {
  app.openapi(list, (c) => c.json({ wishes: hub.planning.wishes() }, 200));

  app.openapi(post, (c) => {
    try {
      return c.json(hub.planning.state(c.req.valid("json").text, c.get("who").name), 202);
    } catch (error) {
      return badInput(c, [{ field: "text", message: rangeErrorOf(error) }]);
    }
  });

  app.openapi(remove, (c) => {
    const { id } = c.req.valid("param");
    if (!hub.planning.wishes().some((w) => w.id === id)) return notFound(c, `There is no goal ${id}.`);
    hub.planning.cancel(id);
    return c.json({ ok: true as const }, 200);
  });
}
