import { expect, test } from "vitest";
import { ApiError } from "../../dashboard/api.ts";
import { FRESH, STARTERS } from "../../dashboard/views/rules/draft.ts";
import { isWhole } from "../../dashboard/views/rules/guided/whole.ts";
import { refusal, wantedBy, whereOf } from "../../dashboard/views/rules/reading.ts";
import { attributesOf, commandsOf, kindsOf, meantBy, nameOf, type RuleHome } from "../../dashboard/words/rule-home.ts";
import type { RuleDraft } from "../../hub/http/schemas.ts";
import { deviceTypes } from "../../hub/model/device-types/index.ts";
import { ruleDraft } from "../../hub/model/rule/rule.ts";
import { kindNames, typesOfKind } from "../../hub/rules/kinds.ts";
import { fakeNodes } from "./support/fake-home.ts";

const home: RuleHome = { nodes: fakeNodes(0), floors: { Upstairs: ["Bedroom"] } };
const names = (list: readonly { readonly capability: string; readonly attribute: string }[]) => list.map(nameOf);

test("a target means what its lists say together, and nothing as long as it says nothing", () => {
  expect(meantBy({}, home)).toEqual([]);
  const inBedroom = meantBy({ floors: ["Upstairs"] }, home);
  expect(inBedroom.length).toBeGreaterThan(0);
  expect(inBedroom).toEqual(meantBy({ rooms: ["Bedroom"] }, home));
  const lights = meantBy({ kinds: ["light"] }, home);
  expect(lights.every((e) => e.deviceTypes.some((t) => t.name.endsWith("Light")))).toBe(true);
  expect(meantBy({ kinds: ["light"], rooms: ["Bedroom"] }, home).length).toBeLessThan(lights.length);
  expect(meantBy({ kinds: ["light"], except: ["lamp"] }, home)).toHaveLength(lights.length - 1);
});

test("only what the meant devices have is offered, once each; figures where a figure is asked for", () => {
  const motion = meantBy({ nodes: ["motion"] }, home);
  expect(names(attributesOf(motion, "any"))).toEqual([
    "occupancySensing.occupancy",
    "illuminanceMeasurement.measuredValue",
  ]);
  expect(names(attributesOf(motion, "figure"))).toEqual(["illuminanceMeasurement.measuredValue"]);
  const lights = commandsOf(meantBy({ kinds: ["light"] }, home)).map((c) => `${c.capability}.${c.command}`);
  expect(lights).toContain("onOff.on");
  expect(new Set(lights).size).toBe(lights.length);
  expect(commandsOf(motion)).toEqual([]);
});

test("the groups of kinds are the hub's own, with the same device types", () => {
  const every = Object.entries(deviceTypes).map(([name, t]) => ({ name, label: t.label, icon: "" }));
  const all: RuleHome = {
    floors: {},
    nodes: home.nodes.slice(0, 1).map((n) => ({
      ...n,
      endpoints: every.map((t, number) => ({ number, deviceTypes: [t], attributes: [], commands: [] })),
    })),
  };
  const offered = kindsOf(all).map((k) => k.value);
  for (const kind of kindNames) {
    expect(offered).toContain(kind);
    expect(
      meantBy({ kinds: [kind] }, all)
        .map((e) => e.deviceTypes[0]?.name)
        .sort(),
    ).toEqual([...(typesOfKind(kind) ?? [])].sort());
  }
});

test("the examples are rules of the language; what was written as text and is no whole rule is not shown as a form", () => {
  for (const { draft } of STARTERS) expect(ruleDraft.safeParse(draft).success).toBe(true);
  for (const draft of [...STARTERS.map((s) => s.draft), FRESH.when, FRESH.while]) expect(isWhole(draft)).toBe(true);
  const written = (text: string): RuleDraft => JSON.parse(text);
  for (const text of [
    '{"form":"when","title":"x","on":"sunset","do":[]}',
    '{"form":"when","title":"x","on":[null],"do":[]}',
    '{"form":"when","title":"x","on":[],"do":[{"kind":"command"}]}',
    '{"form":"when","title":"x","on":[],"do":[{"kind":"choose","options":[{"if":{"kind":"all"},"do":[]}]}]}',
    '{"form":"while","title":"x","keep":[]}',
  ])
    expect(isWhole(written(text)), text).toBe(false);
});

test("what is missing is said in the form's words, and where", () => {
  const errors = [
    { field: "draft.title", message: "Too small: expected string to have >=1 characters" },
    { field: "draft.do.1.capability", message: "Too small: expected string to have >=1 characters" },
    { field: "draft.do.1.command", message: "Too small: expected string to have >=1 characters" },
    { field: "draft.if.of", message: "Too small: expected array to have >=1 items" },
    { field: "draft.if.of.0.of", message: "write it as capability.attribute, for example onOff.onOff" },
    { field: "draft.if.of.1.to", message: "write a time of day as HH:MM, for example 07:30" },
    { field: "draft.do.0.title", message: "Too small: expected string to have >=1 characters" },
  ];
  const { gaps } = refusal(new ApiError(400, "", { errors }));
  expect(wantedBy(gaps).map((g) => `${whereOf(g.field)}: ${g.message}`)).toEqual([
    "name: give the rule a name",
    "step 2: choose what is asked for",
    "condition: add a condition",
    "condition, part 1: choose what is looked at",
    "condition, part 2, to: write a time of day as HH:MM, for example 07:30",
    "step 1: say what to tell",
  ]);
});
