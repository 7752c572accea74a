import { createRoute } from "@hono/zod-openapi";
import type { PolicyAnswer } from "../../ports/policies.ts";
import type { App, Ctx, Room } from "../context.ts";
import { conflict, notFound } from "../problem.ts";
import { idParam } from "../schemas/common.ts";
import { approval } from "../schemas/plans.ts";
import { newPolicy, policyList, policyView, watchedDays } from "../schemas/policies.ts";
import { policyChange, policyRefusal } from "../schemas/preferences.ts";
import { answer, body } from "./shape.ts";

const tags = ["Plans"];
const one = { 200: answer(policyView, "The policy as it is now") };

const list = createRoute({
  method: "get",
  path: "/api/policies",
  tags,
  summary: "All policies, each with what is planned within it now",
  responses: { 200: answer(policyList, "The policies") },
});
const post = createRoute({
  method: "post",
  path: "/api/policies",
  tags,
  summary: "A policy for these goals; it is at once tried on the home's past",
  request: body(newPolicy),
  responses: { 201: answer(policyView, "Proposed, and being tried") },
});

const deed = <P extends string>(path: P, summary: string) =>
  createRoute({ method: "post", path, tags, summary, request: { params: idParam }, responses: one });

const tryOut = deed("/api/policies/{id}/try", "Try it on the past once more");
const watch = deed("/api/policies/{id}/watch", "Only plan and show; move nothing");
const resume = deed("/api/policies/{id}/resume", "Let a suspended policy run again");
const end = deed("/api/policies/{id}/end", "End it, or its trial where it is only proposed");
const measure = deed("/api/policies/{id}/measure", "Measure what it saved in the weeks since it runs");
const watched = createRoute({
  method: "get",
  path: "/api/policies/{id}/watched",
  tags,
  summary: "What it asked in the last 14 days, or would have asked, beside what really happened",
  request: { params: idParam },
  responses: { 200: answer(watchedDays, "The oldest day first") },
});
const approve = createRoute({
  method: "post",
  path: "/api/policies/{id}/approve",
  tags,
  summary: "Approve exactly the policy that has this hash; only one that stood its trial",
  request: { params: idParam, ...body(approval) },
  responses: one,
});
const refuse = createRoute({
  method: "post",
  path: "/api/policies/{id}/refuse",
  tags,
  summary: "Refuse a proposed policy; `because` is heeded by later ones",
  request: { params: idParam, ...body(policyRefusal) },
  responses: one,
});
const change = createRoute({
  method: "post",
  path: "/api/policies/{id}/change",
  tags,
  summary:
    "Propose it anew without some devices or with closer limits, in place of the old one; remembered for later ones",
  request: { params: idParam, ...body(policyChange) },
  responses: { 201: answer(policyView, "The new one, being tried") },
});

export function policyRoutes(app: App, { hub }: Room): void {
  const { policies } = hub;
  const view = (id: string) => {
    const found = policies.list().find((p) => p.id === id);
    const schedule = policies.schedule(id);
    return found && { ...found, ...(schedule ? { schedule } : {}) };
  };
  /** What became of a deed: the policy as it is now, or why it can't be done. */
  const told = (c: Ctx, id: string, answered: PolicyAnswer) => {
    const found = view(id);
    if (!found) return notFound(c, `There is no policy ${id}.`);
    return answered.ok ? c.json(found, 200) : conflict(c, answered.reason);
  };
  const who = (c: Ctx) => c.get("who").name;

  app.openapi(list, (c) => c.json({ policies: policies.list().flatMap(({ id }) => view(id) ?? []) }, 200));
  app.openapi(post, async (c) => {
    const { goals, title } = c.req.valid("json");
    const made = await policies.propose(goals, title, who(c));
    const found = made.ok ? view(made.policy.id) : undefined;
    return found ? c.json(found, 201) : conflict(c, made.ok ? "it is gone already" : made.reason);
  });
  app.openapi(tryOut, (c) => told(c, c.req.valid("param").id, policies.tryOut(c.req.valid("param").id, who(c))));
  app.openapi(watch, (c) => told(c, c.req.valid("param").id, policies.watch(c.req.valid("param").id, who(c))));
  app.openapi(resume, async (c) =>
    told(c, c.req.valid("param").id, await policies.resume(c.req.valid("param").id, who(c))),
  );
  app.openapi(end, (c) => told(c, c.req.valid("param").id, policies.end(c.req.valid("param").id, who(c))));
  app.openapi(measure, async (c) => {
    const { id } = c.req.valid("param");
    return told(c, id, await policies.measure(id, who(c)));
  });
  app.openapi(watched, (c) => {
    const { id } = c.req.valid("param");
    return view(id) ? c.json({ days: policies.watched(id) }, 200) : notFound(c, `There is no policy ${id}.`);
  });
  app.openapi(approve, async (c) => {
    const { id } = c.req.valid("param");
    return told(c, id, await policies.approve(id, c.req.valid("json").hash, who(c)));
  });
  app.openapi(refuse, (c) => {
    const { id } = c.req.valid("param");
    const { reason, because } = c.req.valid("json");
    return told(c, id, policies.reject(id, reason, who(c), because));
  });
  app.openapi(change, async (c) => {
    const changed = await policies.change(c.req.valid("param").id, c.req.valid("json"), who(c));
    const found = changed.ok ? view(changed.policy.id) : undefined;
    return found ? c.json(found, 201) : conflict(c, changed.ok ? "it is gone already" : changed.reason);
  });
}
