import { createRoute } from "@hono/zod-openapi";
import type { Saved } from "../../ports.ts";
import type { App, Ctx, Room } from "../context.ts";
import { badInput, notFound } from "../problem.ts";
import { done, idParam } from "../schemas/common.ts";
import { ruleChange } from "../schemas/plans.ts";
import { draftRequest, homeRuleList, homeRuleStatus, ruleReading, saveAnswer, saveRequest } from "../schemas/rules.ts";
import { answer, body } from "./shape.ts";

const tags = ["Rules"];
const path = "/api/home-rules";
const saving =
  "Nothing is saved while something speaks against it as an error, or as a warning that was not seen (`sure`): then `saved` is false and `problems` says what and how to mend it.";

const list = createRoute({
  ...{ method: "get", path, tags, responses: { 200: answer(homeRuleList, "The rules") } },
  summary: "The rules of people, in words, with what they do now",
});
const check = createRoute({
  ...{ method: "post", path: `${path}/check`, tags, responses: { 200: answer(ruleReading, "What it would be") } },
  summary: "Read a rule without saving it: in words, what speaks against it, and when it would come",
  request: body(draftRequest),
});
const add = createRoute({
  ...{ method: "post", path, tags, responses: { 200: answer(saveAnswer, "What came of it") } },
  summary: "Make a rule",
  description: saving,
  request: body(saveRequest),
});
const change = createRoute({
  ...{ method: "put", path: `${path}/{id}`, tags, responses: { 200: answer(saveAnswer, "What came of it") } },
  summary: "Reword a rule; runs of the old wording end",
  description: saving,
  request: { params: idParam, ...body(saveRequest) },
});
const patch = createRoute({
  ...{ method: "patch", path: `${path}/{id}`, tags, responses: { 200: answer(homeRuleStatus, "The rule") } },
  summary: "Switch a rule on or off",
  request: { params: idParam, ...body(ruleChange) },
});
const remove = createRoute({
  ...{ method: "delete", path: `${path}/{id}`, tags, responses: { 200: answer(done, "Deleted") } },
  summary: "Delete a rule; what it has set stays as it is",
  request: { params: idParam },
});
const start = createRoute({
  ...{ method: "post", path: `${path}/{id}/start`, tags, responses: { 200: answer(done, "Started") } },
  summary: "Start a rule of the form when by hand; its condition and all ranks count as ever",
  request: { params: idParam },
});
const cancel = createRoute({
  ...{ method: "delete", path: "/api/runs/{id}", tags, responses: { 200: answer(done, "Ended") } },
  summary: "End a run of a rule",
  request: { params: idParam },
});

const gone = (c: Ctx, id: string) => notFound(c, `There is no rule ${id}.`);

export function homeRuleRoutes(app: App, { hub }: Room): void {
  const { homeRules: rules } = hub;
  const ok = { ok: true as const };
  const told = (saved: Exclude<Saved, { why: "absent" | "full" }>) =>
    saved.ok ? { saved: true, status: saved.status, problems: [] } : { saved: false, problems: saved.problems };
  const full = (c: Ctx) =>
    badInput(c, [{ field: "draft", message: "there are as many rules as fit; delete one first" }]);

  app.openapi(list, (c) => c.json({ rules: rules.list() }, 200));
  app.openapi(check, async (c) => {
    const { draft, id } = c.req.valid("json");
    return c.json(await rules.read(draft, id), 200);
  });
  app.openapi(add, async (c) => {
    const { draft, sure } = c.req.valid("json");
    const saved = await rules.save(draft, c.get("who").name, { sure });
    if (!saved.ok && saved.why !== "problems") return full(c);
    return c.json(told(saved), 200);
  });
  app.openapi(change, async (c) => {
    const { id } = c.req.valid("param");
    const { draft, sure } = c.req.valid("json");
    const saved = await rules.save(draft, c.get("who").name, { id, sure });
    if (!saved.ok && saved.why !== "problems") return saved.why === "absent" ? gone(c, id) : full(c);
    return c.json(told(saved), 200);
  });
  app.openapi(patch, (c) => {
    const { id } = c.req.valid("param");
    const status = rules.setEnabled(id, c.req.valid("json").enabled, c.get("who").name);
    return status ? c.json(status, 200) : gone(c, id);
  });
  app.openapi(remove, (c) => {
    const { id } = c.req.valid("param");
    return rules.remove(id, c.get("who").name) ? c.json(ok, 200) : gone(c, id);
  });
  app.openapi(start, (c) => {
    const { id } = c.req.valid("param");
    return rules.start(id, c.get("who").name)
      ? c.json(ok, 200)
      : notFound(c, `There is no rule ${id} that can be started.`);
  });
  app.openapi(cancel, (c) => {
    const { id } = c.req.valid("param");
    return rules.cancel(id, c.get("who").name) ? c.json(ok, 200) : notFound(c, `There is no run ${id}.`);
  });
}
