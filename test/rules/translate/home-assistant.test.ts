import { describe, expect, test } from "vitest";
import { type Meant, translateFiles } from "../../../hub/rules/translate/home-assistant/index.ts";

const device = (node: string, capabilities: readonly string[], types: readonly string[] = []): Meant => ({
  ...{ kind: "device", node, endpoint: 1, capabilities, types },
});

const home = new Map<string, Meant>([
  ["light.hall", device("hall", ["onOff", "levelControl"])],
  ["switch.pump", device("pump", ["onOff"])],
  ["binary_sensor.hall_motion", device("motion", ["occupancySensing"])],
  ["binary_sensor.door", device("door", ["booleanState"], ["contactSensor"])],
  ["binary_sensor.leak", device("leak", ["booleanState"], ["waterLeakDetector"])],
  ["sensor.attic_temperature", device("attic", ["temperatureMeasurement"])],
  ["climate.bath", device("bath", ["thermostat"])],
  ["person.anna", { kind: "person", who: "Anna" }],
]);

function one(text: string) {
  const file = translateFiles([{ name: "a.yaml", text }], (entity) => home.get(entity));
  if (!file.ok) throw new Error(`line ${file.line}: ${file.text}`);
  const [first] = file.things;
  if (!first) throw new Error("no automation");
  return first;
}

const missed = (text: string) => one(text).misses.filter((m) => m.level === "missed");

describe("automations of Home Assistant", () => {
  test("a lamp that follows the motion sensor comes over whole, in the old words as in the new", () => {
    const old = one(`
- alias: Hall
  trigger: { platform: state, entity_id: binary_sensor.hall_motion, to: "on", for: "00:02:00" }
  action: { service: light.turn_on, entity_id: light.hall, data: { brightness: 128 } }
`);
    const now = one(`
- alias: Hall
  triggers: [{ trigger: state, entity_id: binary_sensor.hall_motion, to: "on", for: { minutes: 2 } }]
  actions: [{ action: light.turn_on, target: { entity_id: light.hall }, data: { brightness_pct: 50 } }]
`);
    expect(old.misses).toEqual([]);
    expect(now.draft).toEqual(old.draft);
    expect(now.draft).toMatchObject({
      ...{ form: "when", enabled: true, mode: "single" },
      on: [
        { kind: "becomes", target: { nodes: ["motion"] }, of: "occupancySensing.occupancy", to: true, forMinutes: 2 },
      ],
      do: [{ capability: "levelControl", command: "moveToLevel", args: { level: 50 } }],
    });
  });

  test("an open door is on there and no contact here; water is on in both", () => {
    const draft = one(`
- trigger:
    - { platform: state, entity_id: binary_sensor.door, to: "on" }
    - { platform: state, entity_id: binary_sensor.leak, to: "on" }
  action: { service: switch.turn_off, target: { entity_id: switch.pump } }
`).draft;
    expect(draft).toMatchObject({
      on: [
        { of: "booleanState.stateValue", to: false },
        { of: "booleanState.stateValue", to: true },
      ],
    });
  });

  test("one limit is crossed; two limits mean between them, not out of them", () => {
    const draft = one(`
- trigger:
    - { platform: numeric_state, entity_id: sensor.attic_temperature, above: 30 }
    - { platform: numeric_state, entity_id: sensor.attic_temperature, above: 5, below: 10 }
  action: { service: climate.set_temperature, target: { entity_id: climate.bath }, data: { temperature: 21 } }
`).draft;
    expect(draft).toMatchObject({
      on: [
        { kind: "crosses", above: 30 },
        {
          kind: "holds",
          condition: {
            kind: "all",
            of: [
              { op: ">", value: 5 },
              { op: "<", value: 10 },
            ],
          },
        },
      ],
      do: [{ command: "set", args: { occupiedHeatingSetpoint: 21 } }],
    });
  });

  test("after sunset is until midnight, and a condition among the steps guards what follows", () => {
    const draft = one(`
- triggers: [{ trigger: zone, entity_id: person.anna, zone: zone.home, event: enter }]
  conditions: [{ condition: sun, after: sunset }]
  actions:
    - { action: light.turn_on, target: { entity_id: light.hall } }
    - { condition: state, entity_id: switch.pump, state: "on" }
    - { delay: "00:01:30" }
    - { action: switch.turn_off, target: { entity_id: switch.pump } }
`).draft;
    expect(draft).toMatchObject({
      on: [{ kind: "presence", who: "Anna", does: "comes" }],
      if: {
        kind: "sunBetween",
        from: { event: "sunset" },
      },
      do: [
        { capability: "onOff", command: "on" },
        {
          kind: "choose",
          options: [{ if: { kind: "state", value: true }, do: [{ kind: "wait", minutes: 1.5 }, { command: "off" }] }],
        },
      ],
    });
  });

  test("what can't be translated is listed by its line, and the rule comes switched off and says so", () => {
    const text = `
- alias: Half
  trigger: { platform: time, at: "07:00:00" }
  condition: "{{ anything() }}"
  action:
    - service: light.turn_on
      entity_id: light.hall
      data:
        effect: rainbow
    - service: script.wake
    - wait_template: "{{ nothing_known }}"
    - service: switch.turn_on
      entity_id: switch.unheard_of
`;
    const half = one(text);
    expect(missed(text).map((m) => m.line)).toEqual([4, 9, 10, 11, 13]);
    expect(half.draft).toMatchObject({ enabled: false, do: [{ command: "on" }] });
    expect(half.draft?.description).toMatch(/Switched off.*line 4: .*line 10: script\.wake is not in the files/);
  });

  test("a choice of which the condition is not whole is left out, not made always true", () => {
    const half = one(`
- trigger: { platform: time, at: "07:00" }
  action:
    - choose:
        - conditions: ["{{ anything() }}", { condition: state, entity_id: switch.pump, state: "on" }]
          sequence: [{ service: switch.turn_off, entity_id: switch.pump }]
      default: [{ service: light.turn_on, entity_id: light.hall }]
    - service: light.turn_off
      entity_id: light.hall
`);
    expect(half.draft).toMatchObject({ enabled: false, do: [{ capability: "onOff", command: "off" }] });
  });

  test("secrets and other files are named and never followed", () => {
    const found = missed(`
- trigger: { platform: state, entity_id: !secret sensor_name, to: "on" }
  action: !include actions.yaml
`);
    expect(found.map((m) => m.text).join(" ")).toMatch(
      /"!secret sensor_name" is not in this file.*"!include actions.yaml"/,
    );
  });

  test("an alias bomb and a bottomless file are refused with a line", () => {
    const bomb = ["a0: &a0 [x,x,x,x,x,x,x,x,x,x]"];
    for (let i = 1; i < 9; i++)
      bomb.push(
        `a${i}: &a${i} [${Array(10)
          .fill(`*a${i - 1}`)
          .join(",")}]`,
      );
    for (const text of [bomb.join("\n"), `x: ${"[".repeat(200)}${"]".repeat(200)}`])
      expect(translateFiles([{ name: "", text }], () => undefined)).toMatchObject({
        ok: false,
        line: expect.any(Number),
      });
  });
});
