import { createRoute } from "@hono/zod-openapi";
import type { App, Room } from "../context.ts";
import { badInput, conflict, fieldErrorOf, notFound, rangeErrorOf } from "../problem.ts";
import { done, idParam } from "../schemas/common.ts";
import { goalChoices, goalForm, newWish, wish, wishList } from "../schemas/plans.ts";
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
  description:
    "Answers at once; the stream tells of progress. It ends as `read`: the goals as they were understood wait to be confirmed.",
  request: body(newWish),
  responses: { 202: answer(wish, "Taken up") },
});
const form = createRoute({
  method: "post",
  path: "/api/goals/form",
  tags,
  summary: "State goals by a form, and plan for them",
  request: body(goalForm),
  responses: { 202: answer(wish, "Taken up") },
});
const choices = createRoute({
  method: "get",
  path: "/api/goals/choices",
  tags,
  summary: "What goals can be about in this home",
  responses: { 200: answer(goalChoices, "Things and rooms") },
});
const confirm = createRoute({
  method: "post",
  path: "/api/goals/{id}/plan",
  tags,
  summary: "Confirm what was read, changed where it was meant otherwise, and plan for it",
  request: { params: idParam, ...body(goalForm) },
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

  app.openapi(choices, (c) => c.json(hub.planning.choices(), 200));

  app.openapi(form, (c) => {
    try {
      return c.json(hub.planning.stateGoals(c.req.valid("json").goals, c.get("who").name), 202);
    } catch (error) {
      return badInput(c, [fieldErrorOf(error)]);
    }
  });

  app.openapi(confirm, (c) => {
    const { id } = c.req.valid("param");
    const known = hub.planning.wishes().find((w) => w.id === id);
    if (!known) return notFound(c, `There is no goal ${id}.`);
    if (known.state !== "read") return conflict(c, `A goal that is ${known.state} does not wait to be confirmed.`);
    try {
      return c.json(hub.planning.confirm(id, c.req.valid("json").goals, c.get("who").name), 202);
    } catch (error) {
      return badInput(c, [fieldErrorOf(error)]);
    }
  });

  app.openapi(remove, (c) => {
    const { id } = c.req.valid("param");
    if (!hub.planning.wishes().some((w) => w.id === id)) return notFound(c, `There is no goal ${id}.`);
    hub.planning.cancel(id);
    return c.json({ ok: true as const }, 200);
  });
}
