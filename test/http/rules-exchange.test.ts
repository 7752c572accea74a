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
    - { service: media_player.play_media }
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

test("what is no rule of ours is told by its line and field, with what it must be", async () => {
  const { read } = await desk();
  const faultsIn = async (rule: string) => {
    const { rules } = (await read({ text: `inglenookRules: 1\nrules:\n  - title: A\n${rule}` })).body;
    expect(rules).toMatchObject([{ line: 3, words: "", problems: [] }]);
    return rules[0]?.misses;
  };
  const wait = "    form: when\n    on: []\n    do: [{ kind: wiat, minutes: 1 }]\n";
  expect(await faultsIn(wait)).toEqual([
    {
      line: 6,
      level: "wrong",
      text: expect.stringMatching(/^do\.0\.kind: must be one of command, .*, not "wiat"; write wait$/),
    },
  ]);
  const start = `    form: when
    on:
      - kind: becoms
        target: { nodes: [mqtt-lamp] }
    do: [{ kind: wait, minutes: 1 }]
`;
  expect(await faultsIn(start)).toEqual([
    {
      line: 6,
      level: "wrong",
      text: expect.stringMatching(/^on\.0\.kind: .*crosses.*cron.*, not "becoms"; write becomes$/),
    },
  ]);
  const command = "{ kind: command, target: { node: [mqtt-lamp] }, capability: onOff, command: off }";
  expect(await faultsIn(`    form: while\n    while: { kind: mode, in: away }\n    keep: [${command}]\n`)).toEqual([
    { line: 5, level: "wrong", text: 'while.in: must be a list, not "away"' },
    { line: 6, level: "wrong", text: "keep.0.target.node: is not known here" },
    {
      line: 6,
      level: "wrong",
      text: "keep.0.target: say which devices: nodes, rooms, floors, kinds or labels",
    },
  ]);
  const broken = await read({ text: "- a: [1\n- b" });
  expect(broken).toMatchObject({ status: 400 });
});

test("a wrong command, device or value in a file of ours is told by line and field, with what would mend it", async () => {
  const { read } = await desk();
  const rule = (device: string, command: string) => `  - title: Dark when away
    form: while
    while: { kind: mode, in: [away] }
    keep:
      - kind: command
        target:
          nodes: [${device}]
        capability: onOff
        command: ${command}
`;
  const text = `inglenookRules: 1\nrules:\n${rule("mqtt-lamp", "offf")}${rule("mqtt-lmap", "off")}`;
  const { rules } = (await read({ text })).body;
  expect(rules.map((one) => one.misses)).toEqual([[], []]);
  expect(rules[0]?.problems).toMatchObject([
    { line: 11, field: "keep.0.command", fix: { text: expect.stringMatching(/off/) } },
  ]);
  expect(rules[1]?.problems).toMatchObject([{ line: 18, field: "keep.0.target.nodes", fix: {} }]);
});

const scripts = `
wake:
  alias: Wake up
  sequence:
    - { service: light.turn_on, entity_id: light.any_name }
`;
const scenes = `
- name: Evening
  entities: { light.any_name: { state: "on" } }
`;
const calling = `
- alias: Calls
  trigger: { platform: time, at: "06:30" }
  action:
    - service: script.wake
    - scene: scene.evening
    - { service: timer.start, entity_id: timer.nap, data: { duration: "00:05:00" } }
- alias: After the nap
  trigger: { platform: event, event_type: timer.finished, event_data: { entity_id: timer.nap } }
  action: { service: light.turn_off, entity_id: light.any_name }
`;

test("scripts and scenes of the same upload come along, and what calls them finds them", async () => {
  const { read, file } = await desk();
  const more = [
    { name: "scripts.yaml", text: scripts },
    { name: "scenes.yaml", text: scenes },
  ];
  const all = { text: calling, name: "automations.yaml", more, meant };
  const told = (await read(all)).body;
  const byTitle = (body: IncomingRules) => Object.fromEntries(body.rules.map((rule) => [rule.title, rule]));
  expect(Object.keys(byTitle(told)).toSorted()).toEqual(["After the nap", "Calls", "Evening", "Timer nap", "Wake up"]);
  expect(told.rules.flatMap((rule) => rule.misses.filter((m) => m.level === "missed"))).toEqual([]);
  expect(byTitle(told).Calls).toMatchObject({
    ...{ file: "automations.yaml", needs: ["Wake up", "Evening", "Timer nap"] },
    words: expect.stringContaining('start the rule "Wake up"'),
  });
  const places = told.rules.map((rule) => rule.place);
  const kept = (await read({ ...all, keep: { places, sure: true } })).body;
  expect(kept.rules.every((rule) => rule.kept?.id !== undefined)).toBe(true);
  const id = (title: string) => byTitle(kept)[title]?.kept?.id ?? "";
  const out = await file();
  expect(out).not.toContain("import:");
  expect(out).toContain(`rule: ${id("Wake up")}`);
  expect(out).toContain(`scene: ${id("Evening")}`);
  expect(out).toMatch(new RegExp(`kind: wait\n\\s+minutes: 5\n\\s+- kind: rule\n\\s+rule: ${id("After the nap")}`));
});

test("what is there already is replaced or left alone, never kept a second time", async () => {
  const { read, file } = await desk();
  const keep = { places: [0], sure: true };
  const [first] = (await read({ text: automations, meant, keep })).body.rules;
  const later = automations.replace("07:00:00", "07:30:00");
  const [again] = (await read({ text: later, meant })).body.rules;
  expect(again?.same).toEqual({ id: first?.kept?.id, title: "Morning lamp" });
  expect((await read({ text: later, meant, keep })).body.rules[0]?.kept).toEqual({ why: "same" });
  expect(await file()).toMatch(/at: ?"?07:00/);
  const replaced = (await read({ text: later, meant, keep: { ...keep, replace: [0] } })).body.rules[0];
  expect(replaced?.kept).toEqual({ id: first?.kept?.id });
  const out = await file();
  expect(out.split("title: Morning lamp")).toHaveLength(2);
  expect(out).toMatch(/at: ?"?07:30/);
});

test("what is warned of is only kept once a person has seen it", async () => {
  const { read } = await desk();
  await read({ text: automations, meant, keep: { places: [0], sure: true } });
  const twin = automations.replace("Morning lamp", "Another morning").replace("turn_on", "turn_off");
  const unseen = (await read({ text: twin, meant, keep: { places: [0], sure: false } })).body.rules[0];
  expect(unseen?.problems.length).toBeGreaterThan(0);
  expect(unseen?.kept).toEqual({ why: "warned" });
  const seen = (await read({ text: twin, meant, keep: { places: [0], sure: true } })).body.rules[0];
  expect(seen?.kept?.id).toBeDefined();
});

test("a rule whose script was left out comes switched off, and ends there", async () => {
  const { read, file } = await desk();
  const all = {
    text: calling,
    more: [
      { name: "s", text: scripts },
      { name: "t", text: scenes },
    ],
    meant,
  };
  const place = (await read(all)).body.rules.find((rule) => rule.title === "Calls")?.place ?? -1;
  const needing = (await read({ ...all, keep: { places: [place], sure: false } })).body.rules[place];
  expect(needing?.kept).toEqual({ why: "needs" });
  await read({ ...all, keep: { places: [place], sure: true } });
  expect(await file()).toMatch(
    /title: Calls\n\s+description: .*script\.wake, scene\.evening, timer\.nap was not[\s\S]*enabled: false/,
  );
});

const guests = `
- alias: Guests come
  trigger: { platform: state, entity_id: input_boolean.guest_mode, to: "on" }
  condition: { condition: state, entity_id: input_boolean.lights_allowed, state: "on" }
  action:
    - { service: light.turn_on, entity_id: light.any_name }
    - { service: input_boolean.toggle, entity_id: input_boolean.guest_mode }
- alias: Bedtime
  trigger: { platform: time, at: "22:00:00" }
  action: { service: input_boolean.turn_off, entity_id: input_boolean.lights_allowed }
- alias: Mood
  trigger: { platform: time, at: "21:00:00" }
  action: { service: input_select.select_option, entity_id: input_select.mood, data: { option: Calm } }
`;

test("a switch of Home Assistant is proposed as one of the house, made with the rules that are kept, and found again", async () => {
  const { ask, signedIn } = house();
  const cookie = await signedIn();
  const read = async (body: object) =>
    (await (await ask("POST", "/api/home-rules/import", { cookie, body })).json()) as IncomingRules;
  const names = async () => {
    const answer = await (await ask("GET", "/api/house/switches", { cookie })).json();
    return answer.switches.map((one: { name: string }) => one.name);
  };
  const seen = await read({ text: guests, meant });
  expect(seen.entities.filter((one) => one.meant === "switch:new").map((one) => one.entity)).toEqual([
    "input_boolean.guest_mode",
    "input_boolean.lights_allowed",
  ]);
  expect(seen.rules.map((rule) => rule.makes)).toEqual([
    ["Guest mode", "Lights allowed"],
    ["Lights allowed"],
    undefined,
  ]);
  expect(seen.rules[0]?.words).toContain("Guest mode");
  expect(seen.rules.slice(0, 2).map((rule) => [rule.misses, rule.draft?.enabled])).toEqual([
    [[], true],
    [[], true],
  ]);
  expect(seen.rules.slice(0, 2).flatMap((rule) => rule.problems.filter((p) => p.level === "error"))).toEqual([]);
  expect(seen.rules[2]?.misses).toMatchObject([{ line: 11 }, { line: 13, level: "missed" }]);
  expect(await names()).toEqual([]);

  const said = Object.fromEntries(seen.entities.map((one) => [one.entity, one.meant]));
  const kept = await read({ text: guests, meant: said, keep: { places: [1], sure: true } });
  expect(kept.rules[1]?.kept?.id).toBeDefined();
  expect(await names()).toEqual(["Lights allowed"]);
  const again = await read({ text: guests, meant });
  expect(again.rules[0]?.makes).toEqual(["Guest mode"]);
  expect(again.entities[1]).toMatchObject({ meant: "device:house-lights-allowed/1", guessed: true });
});

const counting = `
input_number:
  target_reserve: { name: Reserve, min: 10, max: 90, step: 5, unit_of_measurement: "%" }
automation:
  - alias: Pump counts
    trigger: { platform: state, entity_id: switch.pump, to: "on" }
    action: { service: counter.increment, entity_id: counter.pump_runs }
  - alias: Cold night
    trigger: { platform: time, at: "16:00:00" }
    condition: { condition: numeric_state, entity_id: counter.pump_runs, above: 3 }
    action: { service: input_number.set_value, entity_id: input_number.target_reserve, data: { value: 60 } }
`;

test("a number of Home Assistant becomes one of the house with the range of the files, or stays a fixed value where a person says so", async () => {
  const { ask, signedIn } = house();
  const cookie = await signedIn();
  const read = async (body: object) =>
    (await (await ask("POST", "/api/home-rules/import", { cookie, body })).json()) as IncomingRules;
  const own = { ...meant, "switch.pump": "device:mqtt-lamp/1" };
  const seen = await read({ text: counting, meant: own });
  const told = seen.entities.filter((one) => /^(input_number|counter)/.test(one.entity));
  expect(told.map(({ entity, meant: as, guessed, asks }) => [entity, as, guessed, asks])).toEqual([
    ["counter.pump_runs", "number:new", true, undefined],
    ["input_number.target_reserve", "number:new", true, "number"],
  ]);
  expect(seen.rules.map((rule) => rule.makes)).toEqual([["Pump runs"], ["Pump runs", "Target reserve"]]);
  expect(seen.rules[1]?.words).toContain("Target reserve");
  expect(seen.rules[1]?.problems.filter((p) => p.level === "error")).toEqual([]);

  const fixed = await read({ text: counting, meant: { ...own, "input_number.target_reserve": "value:40" } });
  expect(fixed.rules[1]?.misses.map(({ text }) => text)).toContain(
    '"input_number.set_value": input_number.target_reserve is a fixed value here.',
  );

  const said = Object.fromEntries(seen.entities.map((one) => [one.entity, one.meant]));
  const kept = await read({ text: counting, meant: said, keep: { places: [1], sure: true } });
  expect(kept.rules[1]?.kept?.id).toBeDefined();
  const { numbers } = await (await ask("GET", "/api/house/numbers", { cookie })).json();
  expect(numbers).toMatchObject([
    { name: "Pump runs", unit: "1", min: 0, max: 1_000_000, step: 1, value: 0, usedBy: [{ title: "Cold night" }] },
    { name: "Target reserve", unit: "%", min: 10, max: 90, step: 5, value: 10 },
  ]);
  const again = await read({ text: counting, meant: own });
  expect(again.entities.find((one) => one.entity === "counter.pump_runs")).toMatchObject({
    ...{ meant: "device:house-pump-runs/1", guessed: true },
  });
});

const switching = `
- alias: Hall light
  id: hall_light
  trigger: { platform: time, at: "20:00:00" }
  action: { service: light.turn_on, entity_id: light.any_name }
- alias: Away
  trigger: { platform: time, at: "08:00:00" }
  action: { service: automation.turn_off, target: { entity_id: automation.hall_light }, data: { stop_actions: false } }
- alias: Only once
  trigger: { platform: time, at: "09:00:00" }
  action:
    - { service: homeassistant.turn_on, entity_id: automation.hall_light }
    - { service: automation.turn_off, entity_id: automation.only_once }
- alias: Stranger
  trigger: { platform: time, at: "10:00:00" }
  action: { service: automation.toggle, entity_id: automation.not_here }
`;

test("automations that switch others, or themselves, are rules that do so; one that is not in the files is listed", async () => {
  const { read } = await desk();
  const seen = (await read({ text: switching, meant })).body;
  expect(seen.rules.map((rule) => rule.misses.map((m) => [m.line, m.level]))).toEqual([
    [],
    [[8, "note"]],
    [],
    [
      [14, "missed"],
      [16, "missed"],
    ],
  ]);
  const kept = (await read({ text: switching, meant, keep: { places: [0, 1, 2], sure: true } })).body;
  const ids = kept.rules.map((rule) => rule.kept?.id);
  const after = (await read({ text: switching, meant })).body;
  expect(after.rules[1]?.words).toMatch(/switch the rule "Hall light" off/);
  expect(after.rules[2]?.words).toMatch(/switch the rule "Hall light" on, then switch the rule "Only once" off/);
  expect(ids.slice(0, 3).every((id) => id !== undefined)).toBe(true);
});
