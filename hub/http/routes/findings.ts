import { createRoute, z } from "@hono/zod-openapi";
import { type FindingState, findingStates } from "../../model/finding.ts";
import type { App, Room } from "../context.ts";
import { makersReport } from "../finding-report.ts";
import { conflict, notFound } from "../problem.ts";
import * as schemas from "../schemas/findings.ts";
import { answer, body } from "./shape.ts";

const tags = ["Hub"];
const params = schemas.findingParam;

const list = createRoute({
  method: "get",
  path: "/api/findings",
  tags,
  summary: "What is wrong and what to do about it",
  request: { query: schemas.findingQuery },
  responses: { 200: answer(schemas.findingList, "The findings, the newest first") },
});

/** What a person can say of a finding, and the state that it then has. */
const words = [
  ["accept", "accepted", "I know: stop showing it as new"],
  ["ignore", "ignored", "Don't show it again until it changes"],
  ["reopen", "new", "Show it as new again"],
] as const;

const say = (verb: string, summary: string) =>
  createRoute({
    method: "post",
    path: `/api/findings/{key}/${verb}`,
    tags,
    summary,
    request: { params },
    responses: { 200: answer(schemas.finding, "The finding as it is now") },
  });

const fix = createRoute({
  method: "post",
  path: "/api/findings/{key}/fix",
  tags,
  summary: "Let the hub do what it can about it",
  description: "Sends the remedy as a command of the person who asks. Answers when the outcome is certain.",
  request: { params, ...body(schemas.fixRequest) },
  responses: { 200: answer(schemas.fixResult, "The finding and what became of the command") },
});

const report = createRoute({
  method: "get",
  path: "/api/findings/{key}/report",
  tags,
  summary: "A report for the device's maker",
  description: "Without addresses, serial numbers, names and secrets, as far as they can be told.",
  request: { params },
  responses: { 200: { description: "Markdown", content: { "text/markdown": { schema: z.string() } } } },
});

const none = "There is no such finding; it may be over.";

export function findingRoutes(app: App, { hub, version }: Room): void {
  const find = (key: string) => hub.findings().find((f) => f.key === key);

  app.openapi(list, (c) => {
    const { state, node, limit } = c.req.valid("query");
    const all = hub.findings();
    const count = (s: FindingState) => all.filter((f) => f.state === s).length;
    const counts = { new: 0, accepted: 0, ignored: 0, fixed: 0 };
    for (const s of findingStates) counts[s] = count(s);
    const asked = all.filter((f) => (!state || f.state === state) && (!node || f.node === node));
    return c.json({ findings: asked.slice(0, limit), counts }, 200);
  });

  for (const [verb, state, summary] of words)
    app.openapi(say(verb, summary), (c) => {
      const finding = hub.setFinding(c.req.valid("param").key, state, c.get("who").name);
      return finding ? c.json(finding, 200) : notFound(c, none);
    });

  app.openapi(fix, async (c) => {
    const { command } = c.req.valid("json");
    const fixed = await hub.fixFinding(c.req.valid("param").key, command, c.get("who").name);
    if (fixed.ok) return c.json({ finding: fixed.finding, outcome: fixed.outcome }, 200);
    if (fixed.why === "absent") return notFound(c, none);
    return fixed.why === "changed"
      ? conflict(c, "The command has changed since you read it.", "Read the finding again, then decide.")
      : conflict(c, "The hub can do nothing about this by itself.", find(c.req.valid("param").key)?.fix);
  });

  app.openapi(report, (c) => {
    const finding = find(c.req.valid("param").key);
    if (!finding) return notFound(c, none);
    const node = finding.node === undefined ? undefined : hub.home.nodes.get(finding.node);
    return c.body(makersReport(finding, node, version), 200, { "content-type": "text/markdown; charset=utf-8" });
  });
}
