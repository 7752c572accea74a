import { createRoute } from "@hono/zod-openapi";
import type { App, Room } from "../context.ts";
import { notFound } from "../problem.ts";
import { idParam } from "../schemas/common.ts";
import { ruleChange, ruleList, ruleStatus } from "../schemas/plans.ts";
import { answer, body } from "./shape.ts";

const tags = ["Rules"];

const list = createRoute({
  method: "get",
  path: "/api/rules",
  tags,
  summary: "The rules, whether each holds, and why",
  responses: { 200: answer(ruleList, "The rules") },
});
const patch = createRoute({
  method: "patch",
  path: "/api/rules/{id}",
  tags,
  summary: "Switch a rule on or off",
  request: { params: idParam, ...body(ruleChange) },
  responses: { 200: answer(ruleStatus, "The rule") },
});

export function ruleRoutes(app: App, { hub }: Room): void {
  app.openapi(list, (c) => c.json({ rules: hub.rules() }, 200));

  app.openapi(patch, (c) => {
    const { id } = c.req.valid("param");
    const done = hub.setRuleEnabled(id, c.req.valid("json").enabled, c.get("who").name);
    const status = done ? hub.rules().find((r) => r.rule.id === id) : undefined;
    return status ? c.json(status, 200) : notFound(c, `There is no rule ${id}.`);
  });
}
