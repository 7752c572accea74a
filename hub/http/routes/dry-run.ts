import { createRoute } from "@hono/zod-openapi";
import type { App, Room } from "../context.ts";
import { conflict, notFound } from "../problem.ts";
import { idParam } from "../schemas/common.ts";
import { allTrialAnswer, allTrialRequest, trialAnswer, trialRequest, trialStarted } from "../schemas/rule-trials.ts";
import { answer, body } from "./shape.ts";

const tags = ["Rules"];
const path = "/api/home-rules/dry-run";

const start = createRoute({
  ...{ method: "post", path, tags, responses: { 202: answer(trialStarted, "Under way") } },
  summary: "Try a rule on this home's past, before it is saved",
  description:
    "Nothing is switched. The past is lived through again by the same code that runs the house; it is a job of this id, which can be cancelled (`DELETE /api/jobs/{id}`).",
  request: body(trialRequest),
});
const read = createRoute({
  ...{
    method: "get",
    path: `${path}/{id}`,
    tags,
    responses: { 200: answer(trialAnswer, "How far it is, or the answer") },
  },
  summary: "What a rule would have done",
  request: { params: idParam },
});

const all = `${path}-all`;
const startAll = createRoute({
  ...{ method: "post", path: all, tags, responses: { 202: answer(trialStarted, "Under way") } },
  summary: "Try all rules that are switched on, each for itself, on this home's past",
  description: "Nothing is switched. It is a job of this id, which can be cancelled (`DELETE /api/jobs/{id}`).",
  request: body(allTrialRequest),
});
const readAll = createRoute({
  ...{
    method: "get",
    path: `${all}/{id}`,
    tags,
    responses: { 200: answer(allTrialAnswer, "How far it is, or each rule in a line") },
  },
  summary: "What the home's rules would have done",
  request: { params: idParam },
});

const BUSY = ["Two trials are under way already.", "wait for one to end, or cancel it"] as const;

export function dryRunRoutes(app: App, { hub }: Room): void {
  app.openapi(start, (c) => {
    const begun = hub.trials.start(c.req.valid("json"));
    if (begun.ok) return c.json({ id: begun.id }, 202);
    if (begun.why === "absent") return notFound(c, "There is no such rule.");
    return conflict(c, ...BUSY);
  });
  app.openapi(read, (c) => {
    const { id } = c.req.valid("param");
    const found = hub.trials.get(id);
    return found ? c.json(found, 200) : notFound(c, "There is no such trial; the last twelve are kept.");
  });
  app.openapi(startAll, (c) => {
    const begun = hub.trials.startAll(c.req.valid("json"));
    if (begun.ok) return c.json({ id: begun.id }, 202);
    if (begun.why === "absent") return notFound(c, "No rule is switched on.");
    return conflict(c, ...BUSY);
  });
  app.openapi(readAll, (c) => {
    const { id } = c.req.valid("param");
    const found = hub.trials.getAll(id);
    return found ? c.json(found, 200) : notFound(c, "There is no such trial; the last twelve are kept.");
  });
}
