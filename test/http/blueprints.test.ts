import { expect, test } from "vitest";
import type {
  BlueprintFilled,
  BlueprintPlaces,
  BlueprintRead,
  BlueprintRevision,
  BlueprintView,
  HomeRuleStatus,
  ProblemDetails,
  RuleSaveAnswer,
} from "../../hub/http/schemas.ts";
import { house } from "./support/house.ts";

const first = `inglenookBlueprint: 1
id: evening-lamp
version: 1
title: Lamp in the evening
description: Turns a lamp on in the evening.
about: light
inputs:
  lamp: { kind: device, label: Lamp, kinds: [light], has: [onOff.on, levelControl.moveToLevel] }
  at: { kind: time, label: At, default: "19:00" }
rule:
  form: when
  on: [{ kind: time, at: { input: at } }]
  do: [{ kind: command, target: { input: lamp }, capability: onOff, command: on }]
  mode: single
`;
const second = `${first
  .replace("version: 1", "version: 2\nchanges: [{ version: 2, text: It can be dimmed. }]")
  .replace("rule:", "  level: { kind: number, label: How bright, unit: '%', min: 1, max: 100 }\nrule:")
  .replace(
    "command: on }]",
    "command: on }, { kind: command, target: { input: lamp }, capability: levelControl, command: moveToLevel, args: { level: { input: level } } }]",
  )}`;

async function desk() {
  const { ask, signedIn } = house();
  const cookie = await signedIn();
  const call = async <T>(method: string, path: string, body?: object) => {
    const answer = await ask(method, `/api${path}`, { cookie, ...(body ? { body } : {}) });
    const text = await answer.text();
    return { status: answer.status, text, body: (text.startsWith("{") ? JSON.parse(text) : {}) as T & ProblemDetails };
  };
  const view = async (id: string) =>
    (await call<{ blueprints: BlueprintView[] }>("GET", "/blueprints")).body.blueprints.find((b) => b.id === id);
  const ruleOf = async (id: string) =>
    (await call<{ rules: HomeRuleStatus[] }>("GET", "/home-rules")).body.rules.find((s) => s.rule.id === id)?.rule;
  const made = async () => {
    await call("POST", "/blueprints", { text: first });
    const answers = { lamp: { nodes: ["mqtt-lamp"] }, at: "20:00" };
    const saved = await call<RuleSaveAnswer>("POST", "/blueprints/evening-lamp/rules", { answers });
    return saved.body.status?.rule.id ?? "";
  };
  return { call, view, ruleOf, made };
}

test("ready-made rules say what they ask, what this home has for it, and what it lacks", async () => {
  const { view, call } = await desk();
  const night = await view("night-mode");
  expect(night).toMatchObject({ isShipped: true, lacks: [], rules: [] });
  expect(night?.questions.find((q) => q.name === "lights")).toMatchObject({
    proposed: { kinds: ["light"] },
    offers: [{ value: { nodes: ["mqtt-lamp"] } }],
  });
  expect((await view("water-leak"))?.lacks).toEqual(["There is no leak detector in this home."]);
  const file = await call("GET", "/blueprints/night-mode/file");
  expect(file.text).toContain("inglenookBlueprint: 1");
  expect((await call<BlueprintRead>("POST", "/blueprints/read", { text: file.text })).body.stands).toBe("same");
  expect((await call("GET", "/blueprints/no-such/file")).status).toBe(404);
});

test("a rule is looked at, made, and remembers what it was made of", async () => {
  const { call, view, ruleOf, made } = await desk();
  const id = await made();
  expect(await ruleOf(id)).toMatchObject({
    origin: "blueprint",
    title: "Lamp in the evening",
    on: [{ kind: "time", at: "20:00" }],
    blueprint: { id: "evening-lamp", version: 1, inputs: { at: "20:00" } },
  });
  expect((await view("evening-lamp"))?.rules).toEqual([id]);
  const empty = (await call<BlueprintFilled>("POST", "/blueprints/evening-lamp/fill", { answers: {} })).body;
  expect(empty.faults).toEqual([{ field: "inputs.lamp", text: "choose a device" }]);
  const wrong = await call("POST", "/blueprints/evening-lamp/rules", {
    answers: { lamp: { nodes: ["x"] }, at: "25:00" },
  });
  expect(wrong.status).toBe(400);
  expect(wrong.body.errors).toMatchObject([{ field: "answers.at" }]);
  const gone = await call<RuleSaveAnswer>("POST", "/blueprints/evening-lamp/rules", {
    answers: { lamp: { nodes: ["x"] } },
  });
  expect(gone.body).toMatchObject({ saved: false, problems: [{ code: "unknown-device" }] });
});

test("a later version is offered with what it changes; answers are kept, new ones asked, and nothing done by hand is lost", async () => {
  const { call, ruleOf, made } = await desk();
  const id = await made();
  const {
    id: _id,
    origin: _o,
    by: _b,
    madeAt: _m,
    changedAt: _c,
    blueprint: _of,
    ...draft
  } = (await ruleOf(id)) ?? { id };
  const byHand = { ...draft, title: "Hall in the evening", if: { kind: "mode", in: ["home"] } };
  await call("PUT", `/home-rules/${id}`, { draft: byHand });
  expect((await call<BlueprintRead>("POST", "/blueprints", { text: second })).body.stands).toBe("newer");
  const look = (answers?: object) =>
    call<BlueprintRevision>("POST", `/home-rules/${id}/blueprint/look`, answers ? { answers } : {});
  const asked = (await look()).body;
  expect(asked).toMatchObject({
    from: 1,
    to: 2,
    changes: ["It can be dimmed."],
    asks: ["level"],
    answers: { at: "20:00" },
  });
  expect(asked.faults).toEqual([{ field: "inputs.level", text: "write a number" }]);
  const answers = { ...asked.answers, level: 40 };
  const told = (await look(answers)).body;
  expect(told.byHand.map((b) => b.field).sort()).toEqual(["if", "title"]);
  expect(told.words.after).toContain("set level");
  expect(told.diff.filter((d) => d.sign === "in").map((d) => d.text.trim())).toContain("level: 40");
  expect(told.diff.some((d) => d.sign === "out")).toBe(false);
  const stale = await call("POST", `/home-rules/${id}/blueprint`, { answers, seen: told.seen - 1, to: 2 });
  expect(stale.body.errors).toMatchObject([{ field: "seen" }]);
  const saved = await call<RuleSaveAnswer>("POST", `/home-rules/${id}/blueprint`, { answers, seen: told.seen, to: 2 });
  expect(saved.body.saved).toBe(true);
  expect(await ruleOf(id)).toMatchObject({
    title: "Hall in the evening",
    if: { kind: "mode" },
    do: [{ command: "on" }, { command: "moveToLevel", args: { level: 40 } }],
    blueprint: { version: 2, inputs: { level: 40, at: "20:00" } },
  });
  expect((await look()).body).toMatchObject({
    from: 2,
    to: 2,
    asks: [],
    byHand: [{ field: "title" }, { field: "if" }],
  });
});

test("a broken file names line and field, and one that is not newer is not taken for another", async () => {
  const { call } = await desk();
  const read = async (text: string) => (await call<BlueprintRead>("POST", "/blueprints", { text })).body.faults;
  expect(await read("- alias: x")).toMatchObject([{ line: 1, field: "inglenookBlueprint" }]);
  expect(await read(first.replace("input: lamp", "input: lmap"))).toMatchObject([
    { line: 13, field: "rule.do.0.target", text: 'there is no input "lmap"' },
    { line: 8, field: "inputs.lamp", text: "the rule does not use it" },
  ]);
  expect(await read(first.replace("target: { input: lamp }", "target: { input: at }"))).toMatchObject([
    { line: 8, field: "inputs.lamp" },
  ]);
  expect(await read(first.replace("at: { input: at }", "at: { input: lamp }, id: { input: at }"))).toMatchObject([
    { line: 12, field: "rule.on.0.at" },
  ]);
  expect(await read(first.replace("version: 1", "version: one"))).toMatchObject([{ line: 3, field: "version" }]);
  expect(await read(first.replace("title: Lamp", "title: !include Lamp"))).toMatchObject([{ line: 4 }]);
  expect(await read(`${first}#${"x".repeat(50_000)}`)).toMatchObject([{ line: 1, field: "" }]);
  expect(await read(first)).toEqual([]);
  expect(await read(first)).toMatchObject([{ field: "version", text: "exactly this one is here already" }]);
  expect(await read(first.replace("the evening", "the night"))).toMatchObject([{ field: "version" }]);
  expect(await read(first.replace("evening-lamp", "night-mode"))).toMatchObject([{ field: "id" }]);
});

test("a rule of one's own becomes a ready-made one, without the ids of this home in it", async () => {
  const { call, made, view } = await desk();
  const id = await made();
  const { places } = (await call<BlueprintPlaces>("GET", `/home-rules/${id}/blueprint/places`)).body;
  expect(places.map((p) => [p.input.kind, p.isNeeded])).toEqual([
    ["device", true],
    ["time", false],
  ]);
  const time = places.find((p) => p.input.kind === "time")?.name ?? "";
  const wish = { title: "My lamp", description: "As I like it.", about: "light", inputs: { [time]: "When" } };
  const kept = (await call<BlueprintRead>("POST", `/home-rules/${id}/blueprint/wrap`, wish)).body;
  expect(kept.faults).toEqual([]);
  const own = kept.blueprint?.id ?? "";
  const file = (await call("GET", `/blueprints/${own}/file`)).text;
  expect(file).not.toContain("mqtt-lamp");
  expect((await view(own))?.questions).toMatchObject([
    { input: { kind: "device", has: ["onOff.on"] }, proposed: { nodes: ["mqtt-lamp"] } },
    { input: { kind: "time", label: "When", default: "20:00" } },
  ]);
  expect((await call("DELETE", `/blueprints/${own}`)).status).toBe(200);
  expect((await call("DELETE", "/blueprints/night-mode")).status).toBe(404);
});
