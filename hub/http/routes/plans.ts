import { createRoute } from "@hono/zod-openapi";
import type { Plan } from "../../model/plan.ts";
import type { App, Ctx, Room } from "../context.ts";
import { conflict, notFound, type Refusal } from "../problem.ts";
import { idParam as params } from "../schemas/common.ts";
import { approval, planList, planView, refusal } from "../schemas/plans.ts";
import type { PlanView } from "../schemas.ts";
import { answer, body } from "./shape.ts";

const tags = ["Plans"];
const onePlan = { 200: answer(planView, "The plan as it is now") };

const list = createRoute({
  method: "get",
  path: "/api/plans",
  tags,
  summary: "All plans",
  responses: { 200: answer(planList, "The plans") },
});
const get = createRoute({
  method: "get",
  path: "/api/plans/{id}",
  tags,
  summary: "One plan with its evidence",
  request: { params },
  responses: onePlan,
});
const approve = createRoute({
  method: "post",
  path: "/api/plans/{id}/approve",
  tags,
  summary: "Approve exactly the plan that has this hash",
  request: { params, ...body(approval) },
  responses: onePlan,
});
const refuse = createRoute({
  method: "post",
  path: "/api/plans/{id}/refuse",
  tags,
  summary: "Refuse a proposed plan",
  request: { params, ...body(refusal) },
  responses: onePlan,
});
const end = createRoute({
  method: "post",
  path: "/api/plans/{id}/end",
  tags,
  summary: "End a running plan and its rules",
  request: { params },
  responses: onePlan,
});
const measure = createRoute({
  method: "post",
  path: "/api/plans/{id}/measure",
  tags,
  summary: "Measure what a running plan has saved so far",
  request: { params },
  responses: onePlan,
});

export function planRoutes(app: App, { hub }: Room): void {
  const find = (id: string): Plan | undefined => hub.planning.plans().find((p) => p.id === id);
  const view = (plan: Plan): PlanView => ({ ...plan, words: hub.planWords(plan) });
  const noSuch = (c: Ctx, id: string): Refusal => notFound(c, `There is no plan ${id}.`);

  app.openapi(list, (c) => c.json({ plans: hub.planning.plans().map(view) }, 200));

  app.openapi(get, (c) => {
    const { id } = c.req.valid("param");
    const found = find(id);
    return found ? c.json(view(found), 200) : noSuch(c, id);
  });

  app.openapi(approve, (c) => {
    const { id } = c.req.valid("param");
    const before = find(id);
    if (!before) return noSuch(c, id);
    const result = hub.planning.approve(id, c.req.valid("json").hash, c.get("who").name);
    return result.ok ? c.json(view(find(id) ?? before), 200) : conflict(c, result.reason);
  });

  app.openapi(refuse, (c) => {
    const { id } = c.req.valid("param");
    const before = find(id);
    if (!before) return noSuch(c, id);
    const done = hub.planning.reject(id, c.req.valid("json").reason, c.get("who").name);
    return done
      ? c.json(view(find(id) ?? before), 200)
      : conflict(c, `A plan that is ${before.state} can't be refused.`);
  });

  app.openapi(end, (c) => {
    const { id } = c.req.valid("param");
    const before = find(id);
    if (!before) return noSuch(c, id);
    const done = hub.planning.end(id, c.get("who").name);
    return done ? c.json(view(find(id) ?? before), 200) : conflict(c, `A plan that is ${before.state} can't be ended.`);
  });

  app.openapi(measure, async (c) => {
    const { id } = c.req.valid("param");
    const before = find(id);
    if (!before) return noSuch(c, id);
    if (before.approvedAt === undefined) return conflict(c, `A plan that is ${before.state} has nothing to measure.`);
    return c.json(view(await hub.planning.measure(id)), 200);
  });
}
