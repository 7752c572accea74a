import { createRoute } from "@hono/zod-openapi";
import type { PolicyAnswer } from "../../ports/policies.ts";
import type { App, Ctx, Room } from "../context.ts";
import { conflict, notFound } from "../problem.ts";
import { idParam } from "../schemas/common.ts";
import { approval, refusal } from "../schemas/plans.ts";
import { newPolicy, policyList, policyView } from "../schemas/policies.ts";
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
  summary: "Refuse a proposed policy",
  request: { params: idParam, ...body(refusal) },
  responses: one,
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
  app.openapi(resume, (c) => told(c, c.req.valid("param").id, policies.resume(c.req.valid("param").id, who(c))));
  app.openapi(end, (c) => told(c, c.req.valid("param").id, policies.end(c.req.valid("param").id, who(c))));
  app.openapi(approve, (c) => {
    const { id } = c.req.valid("param");
    return told(c, id, policies.approve(id, c.req.valid("json").hash, who(c)));
  });
  app.openapi(refuse, (c) => {
    const { id } = c.req.valid("param");
    return told(c, id, policies.reject(id, c.req.valid("json").reason, who(c)));
  });
}
