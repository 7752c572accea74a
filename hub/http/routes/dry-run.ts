import { createRoute } from "@hono/zod-openapi";
import type { App, Room } from "../context.ts";
import { conflict, notFound } from "../problem.ts";
import { idParam } from "../schemas/common.ts";
import { trialAnswer, trialRequest, trialStarted } from "../schemas/rule-trials.ts";
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

export function dryRunRoutes(app: App, { hub }: Room): void {
  app.openapi(start, (c) => {
    const begun = hub.trials.start(c.req.valid("json"));
    if (begun.ok) return c.json({ id: begun.id }, 202);
    if (begun.why === "absent") return notFound(c, "There is no such rule.");
    return conflict(c, "Two rules are being tried already.", "wait for one to end, or cancel it");
  });
  app.openapi(read, (c) => {
    const { id } = c.req.valid("param");
    const found = hub.trials.get(id);
    return found ? c.json(found, 200) : notFound(c, "There is no such trial; the last twelve are kept.");
  });
}
