import { createRoute, z } from "@hono/zod-openapi";
import type { BlueprintFault, Saved } from "../../ports.ts";
import type { App, Ctx, Room } from "../context.ts";
import { badInput, notFound } from "../problem.ts";
import {
  blueprintFilled,
  blueprintList,
  blueprintPlaces,
  blueprintRead,
  blueprintRevision,
  blueprintText,
  fillRequest,
  lookRequest,
  makeRequest,
  reviseRequest,
  wrapRequest,
} from "../schemas/blueprints.ts";
import { done, idParam } from "../schemas/common.ts";
import { saveAnswer } from "../schemas/rules.ts";
import { answer, body } from "./shape.ts";

const tags = ["Ready-made rules"];
const path = "/api/blueprints";
const ofRule = "/api/home-rules/{id}/blueprint";

const list = createRoute({
  ...{ method: "get", path, tags, responses: { 200: answer(blueprintList, "Ready-made rules") } },
  summary: "Ready-made rules: what they ask, what this home has for it, and what it lacks",
});
const file = createRoute({
  ...{ method: "get", path: `${path}/{id}/file`, tags },
  summary: "A ready-made rule as a file (YAML)",
  request: { params: idParam },
  responses: { 200: { description: "The file", content: { "application/yaml": { schema: z.string() } } } },
});
const read = createRoute({
  ...{ method: "post", path: `${path}/read`, tags, responses: { 200: answer(blueprintRead, "What is in the file") } },
  summary: "Read a ready-made rule from a file; nothing is kept",
  request: body(blueprintText),
});
const keep = createRoute({
  ...{ method: "post", path, tags, responses: { 200: answer(blueprintRead, "What came of it") } },
  summary: "Keep a ready-made rule from a file",
  description:
    "A later version takes the place of an earlier one, and rules made of that are offered it. Nothing is kept while `faults` holds any.",
  request: body(blueprintText),
});
const remove = createRoute({
  ...{ method: "delete", path: `${path}/{id}`, tags, responses: { 200: answer(done, "Removed") } },
  summary: "Remove a ready-made rule that a person brought in; rules made of it stay",
  request: { params: idParam },
});
const fill = createRoute({
  ...{ method: "post", path: `${path}/{id}/fill`, tags, responses: { 200: answer(blueprintFilled, "The rule") } },
  summary: "The rule that these answers make, in words, with what speaks against it; nothing is saved",
  request: { params: idParam, ...body(fillRequest) },
});
const make = createRoute({
  ...{ method: "post", path: `${path}/{id}/rules`, tags, responses: { 200: answer(saveAnswer, "What came of it") } },
  summary: "Make a rule of a ready-made one",
  request: { params: idParam, ...body(makeRequest) },
});
const look = createRoute({
  ...{
    method: "post",
    path: `${ofRule}/look`,
    tags,
    responses: { 200: answer(blueprintRevision, "What would change") },
  },
  summary: "What a rule would be by the newest version of its ready-made one, or by other answers; nothing is saved",
  request: { params: idParam, ...body(lookRequest) },
});
const revise = createRoute({
  ...{ method: "post", path: ofRule, tags, responses: { 200: answer(saveAnswer, "What came of it") } },
  summary: "Take what was looked at; what a person changed by hand stays",
  request: { params: idParam, ...body(reviseRequest) },
});
const places = createRoute({
  ...{ method: "get", path: `${ofRule}/places`, tags, responses: { 200: answer(blueprintPlaces, "The values") } },
  summary: "The values of a rule that may become inputs of a ready-made one",
  request: { params: idParam },
});
const wrap = createRoute({
  ...{ method: "post", path: `${ofRule}/wrap`, tags, responses: { 200: answer(blueprintRead, "What came of it") } },
  summary: "Make a ready-made rule of a rule, and keep it",
  request: { params: idParam, ...body(wrapRequest) },
});

const gone = (c: Ctx, id: string) => notFound(c, `There is no ready-made rule ${id}.`);
const fullOwn = (c: Ctx) =>
  badInput(c, [{ field: "text", message: "there are as many ready-made rules as fit; remove one first" }]);
const faulty = (c: Ctx, faults: readonly BlueprintFault[]) =>
  badInput(
    c,
    faults.map(({ field, text }) => ({ field: field.replace(/^inputs\./, "answers."), message: text })),
  );

export function blueprintRoutes(app: App, room: Room): void {
  library(app, room);
  ofRules(app, room);
}

function library(app: App, { hub }: Room): void {
  const { blueprints } = hub;
  app.openapi(list, async (c) => c.json({ blueprints: await blueprints.list() }, 200));
  app.openapi(file, (c) => {
    const { id } = c.req.valid("param");
    const text = blueprints.file(id);
    if (text === undefined) return gone(c, id);
    return c.body(text, 200, {
      "content-type": "application/yaml; charset=utf-8",
      "content-disposition": `attachment; filename="${id}.yaml"`,
      "cache-control": "no-store",
    });
  });
  app.openapi(read, (c) => c.json(readAnswer(blueprints.read(c.req.valid("json").text)), 200));
  app.openapi(keep, (c) => {
    const kept = blueprints.keep(c.req.valid("json").text, c.get("who").name);
    return kept === "full" ? fullOwn(c) : c.json(readAnswer(kept), 200);
  });
  app.openapi(remove, (c) => {
    const { id } = c.req.valid("param");
    return blueprints.remove(id, c.get("who").name) ? c.json({ ok: true as const }, 200) : gone(c, id);
  });
  app.openapi(fill, async (c) => {
    const { id } = c.req.valid("param");
    const { answers, title } = c.req.valid("json");
    const made = await blueprints.fill(id, answers, title);
    if (!made) return gone(c, id);
    return c.json(made.ok ? { faults: [], draft: made.draft, reading: made.reading } : { faults: made.faults }, 200);
  });
  app.openapi(make, async (c) => {
    const { id } = c.req.valid("param");
    const saved = await blueprints.make(id, c.req.valid("json"), c.get("who").name);
    if (!saved) return gone(c, id);
    return saved.ok || saved.why === "problems" ? c.json(told(saved), 200) : refused(c, saved, id);
  });
}

function ofRules(app: App, { hub }: Room): void {
  const { blueprints } = hub;
  const none = (c: Ctx, id: string) => notFound(c, `There is no rule ${id} that was made of a ready-made one.`);
  app.openapi(look, async (c) => {
    const { id } = c.req.valid("param");
    const found = await blueprints.look(id, c.req.valid("json").answers);
    return found ? c.json(found, 200) : none(c, id);
  });
  app.openapi(revise, async (c) => {
    const { id } = c.req.valid("param");
    const saved = await blueprints.revise(id, c.req.valid("json"), c.get("who").name);
    if (!saved) return none(c, id);
    return saved.ok || saved.why === "problems" ? c.json(told(saved), 200) : refused(c, saved, id);
  });
  app.openapi(places, (c) => {
    const { id } = c.req.valid("param");
    const found = blueprints.places(id);
    return found ? c.json({ places: found }, 200) : notFound(c, `There is no rule ${id}.`);
  });
  app.openapi(wrap, (c) => {
    const { id } = c.req.valid("param");
    const made = blueprints.wrap(id, c.req.valid("json"), c.get("who").name);
    if (made === undefined) return notFound(c, `There is no rule ${id}.`);
    return made === "full" ? fullOwn(c) : c.json(readAnswer(made), 200);
  });
}

type Kept = Exclude<ReturnType<Room["hub"]["blueprints"]["keep"]>, "full">;
const readAnswer = (kept: Kept) =>
  kept.ok ? { faults: [], blueprint: kept.blueprint, stands: kept.stands } : { faults: kept.faults };

const told = (saved: Extract<Saved, { ok: true } | { why: "problems" }>) =>
  saved.ok ? { saved: true, status: saved.status, problems: [] } : { saved: false, problems: saved.problems };

type Refused =
  | { readonly why: "absent" | "full" | "changed" }
  | { readonly why: "faults"; readonly faults: readonly BlueprintFault[] };

function refused(c: Ctx, saved: Refused, id: string) {
  if (saved.why === "faults") return faulty(c, saved.faults);
  if (saved.why === "absent") return notFound(c, `There is no rule ${id}.`);
  const message =
    saved.why === "full"
      ? "there are as many rules as fit; delete one first"
      : "the rule or its ready-made one has changed since; look again";
  return badInput(c, [{ field: saved.why === "full" ? "answers" : "seen", message }]);
}
