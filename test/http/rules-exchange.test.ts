import { expect, test } from "vitest";
import type { IncomingRules, ProblemDetails } from "../../hub/http/schemas.ts";
import { house } from "./support/house.ts";

const automations = `
- alias: Morning lamp
  trigger: { platform: time, at: "07:00:00" }
  action: { service: light.turn_on, entity_id: light.any_name }
- alias: Half of it
  trigger: { platform: time, at: "08:00" }
  action:
    - { service: light.turn_off, entity_id: light.any_name }
    - { service: script.more }
`;

async function desk() {
  const { ask, signedIn } = house();
  const cookie = await signedIn();
  const read = async (body: object) => {
    const answer = await ask("POST", "/api/home-rules/import", { cookie, body });
    return { status: answer.status, body: (await answer.json()) as IncomingRules & ProblemDetails };
  };
  const file = async () => (await ask("GET", "/api/home-rules/export", { cookie })).text();
  return { read, file };
}

const meant = { "light.any_name": "device:mqtt-lamp/1" };

test("a file of Home Assistant is looked at first; only what a person chose is kept, and half of a rule stays off", async () => {
  const { read, file } = await desk();
  const before = await file();
  const asked = (await read({ text: automations })).body;
  expect(asked.entities).toMatchObject([{ entity: "light.any_name", line: 4, rules: 2, meant: "" }]);
  expect(asked.entities[0]?.offers).toContain("device:mqtt-lamp/1");
  expect(asked.rules.every((rule) => rule.draft === undefined)).toBe(true);
  const told = (await read({ text: automations, meant })).body;
  expect(told.rules.map((rule) => rule.draft?.enabled)).toEqual([true, false]);
  expect(told.rules[1]?.misses).toMatchObject([{ line: 9, level: "missed" }]);
  expect(await file()).toBe(before);
  const kept = (await read({ text: automations, meant, keep: { places: [1], sure: true } })).body;
  expect(kept.rules.map((rule) => rule.kept?.id !== undefined)).toEqual([false, true]);
  expect(await file()).toMatch(/title: Half of it\n\s+description: .*Switched off/s);
});

test("the rules of this home go out as a file and come back the same", async () => {
  const { read, file } = await desk();
  await read({ text: automations, meant, keep: { places: [0], sure: true } });
  const out = await file();
  expect(out).toMatch(/^# Rules of .*written by Inglenook/);
  const back = (await read({ text: out, keep: { places: [0], sure: true } })).body;
  expect(back).toMatchObject({ format: "inglenook", rules: [{ title: "Morning lamp", misses: [] }] });
  const [once, ...again] = (await file()).split("  - title: ").slice(1);
  expect(again).toEqual([once]);
});

test("what is no rule is told by its line", async () => {
  const { read } = await desk();
  const ours =
    "inglenookRules: 1\nrules:\n  - title: A\n    form: when\n    on: []\n    do: [{ kind: wiat, minutes: 1 }]\n";
  expect((await read({ text: ours })).body.rules).toMatchObject([{ line: 3, misses: [{ line: 6, level: "missed" }] }]);
  const broken = await read({ text: "- a: [1\n- b" });
  expect(broken).toMatchObject({ status: 400 });
});
