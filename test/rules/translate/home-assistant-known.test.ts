import { describe, expect, test } from "vitest";
import { type Meant, type Translated, translateFiles } from "../../../hub/rules/translate/home-assistant/index.ts";

const device = (node: string, capabilities: readonly string[], types: readonly string[] = []): Meant => ({
  ...{ kind: "device", node, endpoint: 1, capabilities, types },
});

const home = new Map<string, Meant>([
  ["light.hall", device("hall", ["onOff", "levelControl", "colorControl"])],
  ["light.attic", device("attic light", ["onOff", "levelControl"])],
  ["switch.pump", device("pump", ["onOff"])],
  ["switch.fan", device("fan", ["onOff"])],
  ["binary_sensor.door", device("door", ["booleanState"], ["contactSensor"])],
  ["binary_sensor.window", device("window", ["booleanState"], ["contactSensor"])],
  ["climate.bath", device("bath", ["thermostat"])],
  ["climate.hall", device("hall heat", ["thermostat"])],
  ["media_player.tv", device("tv", ["onOff", "mediaPlayback"])],
  ["input_select.house", { kind: "house", modes: ["home", "night"] }],
]);

function all(...texts: readonly string[]): readonly Translated[] {
  const read = translateFiles(
    texts.map((text, i) => ({ name: `${i}.yaml`, text })),
    (entity) => home.get(entity),
  );
  if (!read.ok) throw new Error(`line ${read.line}: ${read.text}`);
  return read.things;
}

const missed = (of: Translated) => of.misses.filter((m) => m.level === "missed").map((m) => m.text);
const noted = (of: Translated) => of.misses.filter((m) => m.level === "note").map((m) => m.text);

/** The steps of the first automation, and what is missing of it. */
function doing(...texts: readonly string[]) {
  const [first] = all(...texts);
  const draft = first?.draft;
  return { steps: draft?.form === "when" ? draft.do : [], missed: first ? missed(first) : [] };
}

/** An automation of one step, in JSON, which is YAML too. */
const does = (...steps: readonly object[]) =>
  JSON.stringify([{ trigger: { platform: "state", entity_id: "switch.pump" }, action: steps }]);

const SCRIPT = `
tell:
  sequence:
    - variables:
        words: "{{ [title | default('Home'), message] | join(': ') }}"
        way: "{% if who | default('all') == 'anna' %}notify.anna{% else %}notify.family{% endif %}"
    - if: "{{ level is defined and level > 2 }}"
      then: [{ service: switch.turn_on, entity_id: switch.pump }]
      else: [{ service: "{{ way }}", data: { message: "{{ words }}" } }]
`;

describe("what is known before a rule runs", () => {
  test("a script that is told something does what it would do with that alone", () => {
    const quiet = does({ service: "script.tell", data: { message: "Hello" } });
    expect(doing(quiet, SCRIPT)).toEqual({ steps: [{ kind: "notify", title: "Home: Hello" }], missed: [] });
    const loud = does({ service: "script.tell", data: { message: "Hello", level: 3 } });
    expect(doing(loud, SCRIPT)).toMatchObject({ steps: [{ command: "on", target: { nodes: ["pump"] } }], missed: [] });
  });

  test("a figure in what a script is told stays a figure", () => {
    const text = does({ service: "script.tell", data: { message: "It is {{ now().hour }} o'clock" } });
    const { steps } = doing(text, SCRIPT);
    expect(steps).toMatchObject([{ title: "Home: It is … o'clock", values: [{ value: { now: "hour" } }] }]);
  });

  test("a script sees no name of those that call it, and what it calls so is none of theirs", () => {
    const text = JSON.stringify([
      {
        trigger: { platform: "state", entity_id: "switch.pump" },
        variables: { level: 9 },
        action: { service: "script.tell", data: { message: "Hello" } },
      },
    ]);
    expect(doing(text, SCRIPT).steps).toMatchObject([{ kind: "notify" }]);
  });

  test("what a template for a caller asks is not taken for a number", () => {
    const script = `
lamp:
  sequence: [{ service: light.turn_on, entity_id: light.hall, data: { brightness_pct: "{{ level | int + 1 }}" } }]
`;
    const text = does({ service: "script.lamp", data: { level: "{{ states('sensor.nothing') }}" } });
    expect(doing(text, script).missed).not.toEqual([]);
  });

  test("what a branch may have given another value is not known after it", () => {
    const { missed: left } = doing(
      does({
        service: "script.go",
        data: { lamp: "light.hall" },
      }),
      `
go:
  sequence:
    - if: "{{ is_state('switch.pump', 'on') }}"
      then: [{ variables: { lamp: light.attic } }]
    - { service: light.turn_on, target: { entity_id: "{{ lamp }}" } }
`,
    );
    expect(left).toEqual(["Which device is meant is worked out by a template."]);
  });

  test("names that are made of names do not blow up", () => {
    const sets = Array.from({ length: 60 }, (_, i) => `{% set a${i + 1} = a${i} + a${i} %}`).join("");
    const began = process.cpuUsage().user;
    for (const first of ["now().hour", "'ab'", "is_state('switch.pump', 'on')"])
      all(does({ condition: "template", value_template: `{% set a0 = ${first} %}${sets}{{ a60 > 1 }}` }));
    expect((process.cpuUsage().user - began) / 1e6).toBeLessThan(5);
  });

  test("scripts in scripts do not blow up, and what is left out is listed", () => {
    const calls = (n: number) => Array.from({ length: 40 }, () => `    - { service: script.s${n}, data: { x: 1 } }\n`);
    const scripts = [1, 2, 3, 4].map((n) => `s${n - 1}:\n  sequence:\n${calls(n).join("")}`).join("");
    const { missed: left } = doing(does({ service: "script.s0", data: { x: 1 } }), scripts);
    expect(left.some((text) => text.startsWith("It has more than"))).toBe(true);
  });
});

describe("a call that says now this, now that", () => {
  const on = { kind: "state", target: { nodes: ["pump"] }, op: "=", value: true };

  test.each([
    ["{% if is_state('switch.pump', 'on') %}switch.turn_on{% else %}switch.turn_off{% endif %}"],
    ["switch.turn_{% if is_state('switch.pump', 'on') %}on{% else %}off{% endif %}"],
    ["switch.turn_{{ 'on' if is_state('switch.pump', 'on') else 'off' }}"],
  ])("%s is a choice", (service) => {
    const { steps, missed: left } = doing(does({ service, entity_id: "switch.fan" }));
    expect(left).toEqual([]);
    expect(steps).toMatchObject([
      { kind: "choose", options: [{ if: on, do: [{ command: "on" }] }], otherwise: [{ command: "off" }] },
    ]);
  });

  test("by what started it, and nothing for what is left", () => {
    const { steps } = doing(does({ service: "switch.turn_{{ trigger.to_state.state }}", entity_id: "switch.fan" }));
    expect(steps).toMatchObject([
      {
        options: [
          { if: { is: { op: "=", of: [{ trigger: "value" }, true] } }, do: [{ command: "on" }] },
          { if: { is: { op: "=", of: [{ trigger: "value" }, false] } }, do: [{ command: "off" }] },
        ],
      },
    ]);
    expect(steps[0]).not.toHaveProperty("otherwise");
  });

  test("of three ways the first that is so", () => {
    const option =
      "{% if is_state('switch.pump', 'on') %}night{% elif is_state('switch.fan', 'on') %}away{% else %}home{% endif %}";
    const call = { service: "input_select.select_option", data: { entity_id: "input_select.house" } };
    expect(doing(does({ ...call, data_template: { option } })).steps).toMatchObject([
      {
        options: [{ do: [{ to: "night" }] }, { do: [{ to: "away" }] }],
        otherwise: [{ kind: "mode", to: "home" }],
      },
    ]);
  });

  test("where a condition can't be said, nothing is done by it", () => {
    const service = "{% if is_state('switch.unheard', 'on') %}switch.turn_on{% else %}switch.turn_off{% endif %}";
    const { steps, missed: left } = doing(does({ service, entity_id: "switch.fan" }));
    expect(steps).toEqual([]);
    expect(left[0]).toContain("worked out by a template");
  });
});

describe("the entity that started it", () => {
  test("each is asked for itself", () => {
    const text = JSON.stringify([
      {
        trigger: { platform: "state", entity_id: ["switch.pump", "switch.fan"], to: "on", for: "01:00:00" },
        action: [
          { service: "switch.turn_off", target: { entity_id: "{{ trigger.entity_id }}" } },
          { service: "notify.all", data: { message: "{{ trigger.to_state.name }} was on for an hour" } },
        ],
      },
    ]);
    const [one] = all(text);
    expect(one && missed(one)).toEqual([]);
    expect(one?.draft).toMatchObject({
      on: [{ id: "trigger 1" }, { id: "trigger 2" }],
      do: [
        {
          options: [
            { if: { kind: "trigger", id: "trigger 1" }, do: [{ target: { nodes: ["pump"] } }] },
            { if: { kind: "trigger", id: "trigger 2" }, do: [{ target: { nodes: ["fan"] } }] },
          ],
        },
        { options: [{ do: [{ title: "pump was on for an hour" }] }, { do: [{ title: "fan was on for an hour" }] }] },
      ],
    });
  });

  test("a name that several share stands for each of them", () => {
    const text = JSON.stringify([
      {
        trigger: [
          { platform: "state", entity_id: ["switch.pump", "switch.fan"], to: "on", id: "runs" },
          { platform: "state", entity_id: "binary_sensor.door", to: "on", id: "door" },
        ],
        condition: { condition: "trigger", id: "runs" },
        action: { service: "notify.all", data: { message: "{{ trigger.to_state.name }} runs now" } },
      },
    ]);
    const [one] = all(text);
    if (one?.draft?.form !== "when") return expect.fail("no rule");
    const [pump, fan] = one.draft.on.map(({ id }) => id);
    expect(new Set(one.draft.on.map(({ id }) => id)).size).toBe(3);
    expect(one.draft.if).toEqual({ kind: "any", of: [pump, fan].map((id) => ({ kind: "trigger", id })) });
    expect(one.draft.do).toMatchObject([
      { options: [{ do: [{ title: "pump runs now" }] }, { do: [{ title: "fan runs now" }] }, {}] },
    ]);
  });
});

describe("what says the same as in Home Assistant", () => {
  test("any change of a light is a change of its level as well; with a state it is not", () => {
    const of = (more: object) => {
      const trigger = { platform: "state", entity_id: "light.attic", ...more };
      const [one] = all(JSON.stringify([{ trigger, action: { service: "switch.turn_on", entity_id: "switch.fan" } }]));
      return one?.draft?.form === "when" ? one.draft.on.map((t) => ("of" in t ? t.of : t.kind)) : [];
    };
    expect(of({})).toEqual(["onOff.onOff", "levelControl.currentLevel"]);
    expect(of({ to: null })).toEqual(["onOff.onOff"]);
    expect(of({ to: "on" })).toEqual(["onOff.onOff"]);
  });

  test("in a house that cools, one temperature is set for what the thermostat does", () => {
    const warm = { service: "climate.set_temperature", entity_id: "climate.bath", data: { temperature: 21 } };
    const cool = { service: "climate.set_hvac_mode", entity_id: "climate.hall", data: { hvac_mode: "cool" } };
    expect(doing(does(warm)).steps).toMatchObject([{ args: { occupiedHeatingSetpoint: 21 } }]);
    expect(doing(does(warm, cool)).steps[0]).toMatchObject({
      options: [{ if: { value: "cool" }, do: [{ args: { occupiedCoolingSetpoint: 21 } }] }],
      otherwise: [{ args: { occupiedHeatingSetpoint: 21 } }],
    });
  });

  test("rounds are counted, and each thing of a list has its own", () => {
    const turn = { service: "switch.toggle", entity_id: "switch.fan" };
    const counted = does({ repeat: { while: ["{{ repeat.index <= 6 }}"], sequence: [turn] } });
    expect(doing(counted).steps).toMatchObject([{ kind: "repeat", times: 6 }]);
    const each = { service: "switch.turn_on", target: { entity_id: "{{ repeat.item }}" } };
    const listed = does({ repeat: { for_each: ["switch.pump", "switch.fan"], sequence: [each] } });
    expect(doing(listed).steps).toMatchObject([{ target: { nodes: ["pump"] } }, { target: { nodes: ["fan"] } }]);
  });

  test("the choice that is left where nothing else is so is not done where a choice is missing", () => {
    const choose = [{ conditions: "{{ is_state('switch.unheard', 'on') }}", sequence: [] }];
    expect(doing(does({ choose, default: [{ service: "switch.turn_on", entity_id: "switch.fan" }] })).steps).toEqual(
      [],
    );
  });

  test("the state that started a rule is asked of what told it, and else as it is now", () => {
    const of = (trigger: object) => {
      const condition = "{{ trigger.to_state.state == 'on' }}";
      const action = { service: "switch.turn_on", entity_id: "switch.fan" };
      const [one] = all(JSON.stringify([{ trigger: { platform: "state", ...trigger }, condition, action }]));
      return one?.draft?.form === "when" ? one.draft.if : undefined;
    };
    expect(of({ entity_id: "switch.pump" })).toEqual({
      ...{ kind: "formula", is: { op: "=", of: [{ trigger: "value" }, true] } },
    });
    // The trigger's own value is the level here.
    expect(of({ entity_id: "light.attic", attribute: "brightness" })).toMatchObject({
      ...{ kind: "state", of: "onOff.onOff", op: "=", value: true },
    });
  });

  test("a message that only a phone's app understands is no news for people", () => {
    expect(doing(does({ service: "notify.phone", data: { message: "clear_notification" } }))).toEqual({
      ...{ steps: [], missed: ["Nothing of what it does could be translated."] },
    });
    expect(doing(does({ service: "notify.phone", data: { message: "command_dnd" } })).missed[0]).toContain("phone");
  });

  test("play or pause, by what it is doing", () => {
    expect(doing(does({ service: "media_player.media_play_pause", entity_id: "media_player.tv" })).steps).toMatchObject(
      [{ options: [{ if: { value: "playing" }, do: [{ command: "pause" }] }], otherwise: [{ command: "play" }] }],
    );
  });

  test("what a call is told under two names is all told", () => {
    const call = {
      service: "light.turn_on",
      data: { entity_id: "light.attic" },
      data_template: { brightness_pct: 40 },
    };
    expect(doing(does(call)).steps).toMatchObject([{ args: { level: 40 } }]);
  });

  test("anchors are merged, and of a key that is written twice the last counts and is noted", () => {
    const [one] = all(`
base: &base { service: switch.turn_on, entity_id: switch.pump }
automation:
  - trigger: { platform: time, at: "07:00" }
    trigger: { platform: time, at: "08:00" }
    action: [{ <<: *base, entity_id: switch.fan }]
`);
    expect(one?.draft).toMatchObject({ on: [{ at: "08:00" }], do: [{ command: "on", target: { nodes: ["fan"] } }] });
    expect(one && noted(one)).toEqual(['"trigger" is written again further down: that counts, as in Home Assistant.']);
  });
});
