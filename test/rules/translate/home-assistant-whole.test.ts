import { describe, expect, test } from "vitest";
import { type Meant, type Translated, translateFiles } from "../../../hub/rules/translate/home-assistant/index.ts";

const device = (node: string, capabilities: readonly string[]): Meant => ({
  ...{ kind: "device", node, endpoint: 1, capabilities, types: [] },
});

const home = new Map<string, Meant>([
  ["light.hall", device("hall", ["onOff", "levelControl", "colorControl"])],
  ["switch.pump", device("pump", ["onOff"])],
  ["binary_sensor.motion", device("motion", ["occupancySensing"])],
  ["sensor.attic_temperature", device("attic", ["temperatureMeasurement"])],
  ["climate.bath", device("bath", ["thermostat"])],
  ["cover.blind", device("blind", ["windowCovering"])],
  ["input_number.target", device("target", ["houseNumber"])],
  ["counter.visits", device("visits", ["houseNumber"])],
  ["device/remote/button 1", device("remote", ["switch"])],
  ["person.anna", { kind: "person", who: "anna" }],
  ["scene.evening", { kind: "scene", scene: "evening" }],
]);

const read = (...files: readonly { readonly name: string; readonly text: string }[]) =>
  translateFiles(files, (entity) => home.get(entity));

function all(text: string): readonly Translated[] {
  const file = read({ name: "a.yaml", text });
  if (!file.ok) throw new Error(`line ${file.line}: ${file.text}`);
  return file.things;
}

/** What a person is told, and what would be done; not what was copied from the file into the description. */
const outcome = (automation: unknown): string => {
  const [one] = all(JSON.stringify([automation]));
  const told = one?.misses.map((m) => m.text);
  return JSON.stringify([one?.draft && { ...one.draft, description: "" }, told]);
};

/** One of nearly all that comes over whole. */
const AUTOMATION = {
  triggers: [
    { trigger: "state", entity_id: ["binary_sensor.motion"], from: "off", to: "on", for: { minutes: 5 }, id: "moves" },
    { trigger: "numeric_state", entity_id: "sensor.attic_temperature", above: 25, for: "00:10:00" },
    { trigger: "numeric_state", entity_id: "sensor.attic_temperature", above: "input_number.target" },
    { trigger: "time", at: "07:30:00", weekday: ["mon"] },
    { trigger: "time_pattern", minutes: "/15" },
    { trigger: "sun", event: "sunset", offset: "-00:30:00" },
    { trigger: "zone", entity_id: "person.anna", zone: "zone.home", event: "leave" },
    { trigger: "template", value_template: "{{ is_state('switch.pump', 'on') }}" },
    { trigger: "event", event_type: "deconz_event", event_data: { id: "remote", event: 1002 } },
  ],
  conditions: [
    { condition: "state", entity_id: "switch.pump", state: "off", for: "00:01:00" },
    { condition: "numeric_state", entity_id: "sensor.attic_temperature", below: 30 },
    { condition: "numeric_state", entity_id: "counter.visits", above: 3, below: "input_number.target" },
    { condition: "state", entity_id: "counter.visits", state: "7" },
    { condition: "time", after: "08:00:00", before: "22:00:00", weekday: ["tue"] },
    { condition: "sun", after: "sunset", after_offset: "-00:30:00", before: "sunset", before_offset: { hours: 2 } },
    { or: [{ condition: "trigger", id: "moves" }, "{{ now().hour > 6 }}"] },
  ],
  actions: [
    {
      action: "light.turn_on",
      target: { entity_id: "light.hall" },
      data: { brightness_pct: 40, transition: 2, rgb_color: [255, 0, 10] },
    },
    { action: "climate.set_temperature", target: { entity_id: "climate.bath" }, data: { temperature: 21 } },
    { action: "cover.set_cover_position", target: { entity_id: "cover.blind" }, data: { position: 30 } },
    { action: "input_number.set_value", target: { entity_id: "input_number.target" }, data: { value: 21.5 } },
    { action: "counter.increment", target: { entity_id: "counter.visits" } },
    { action: "counter.reset", entity_id: "counter.visits" },
    { delay: { minutes: 2 } },
    { wait_template: "{{ is_state('switch.pump', 'off') }}", timeout: "00:05:00", continue_on_timeout: false },
    {
      choose: [{ conditions: [{ condition: "trigger", id: "moves" }], sequence: [{ scene: "scene.evening" }] }],
      default: [{ action: "notify.anna", data: { title: "Hello you", message: "Nobody moves here" } }],
    },
    { if: "{{ is_state('switch.pump', 'on') }}", then: [{ action: "switch.toggle", entity_id: "switch.pump" }] },
    { repeat: { count: 3, sequence: [{ action: "light.toggle", target: { entity_id: "light.hall" } }] } },
    { stop: "That is all" },
  ],
  mode: "queued",
  max: 3,
};

/** Says nothing about what is done, in the language itself. */
const SILENT = new Set(["id"]);

type Put = (value: unknown) => void;

/** Every place of a value, with how to change it. */
function* places(value: unknown, path: string, put: Put): Generator<readonly [string, unknown, Put]> {
  yield [path, value, put];
  if (Array.isArray(value))
    for (const [i, one] of value.entries()) yield* places(one, path, (v) => value.splice(i, 1, v));
  else if (typeof value === "object" && value !== null)
    for (const [key, one] of Object.entries(value))
      yield* places(one, `${path}.${key}`, (v) => Object.assign(value, { [key]: v }));
}

describe("nothing is dropped silently", () => {
  const copy = structuredClone(AUTOMATION);
  const usual = outcome(AUTOMATION);
  const found = [...places(copy, "", () => undefined)];

  test("the automation itself comes over whole", () => {
    const [one] = all(JSON.stringify([AUTOMATION]));
    expect(one?.misses.filter((m) => m.level === "missed")).toEqual([]);
    expect(one?.draft).toBeDefined();
  });

  test("a key that is not known is listed, wherever it stands", () => {
    const silent: string[] = [];
    for (const [path, value] of found) {
      if (typeof value !== "object" || value === null || Array.isArray(value)) continue;
      Object.assign(value, { odd_key: "odd" });
      if (outcome(copy) === usual) silent.push(path);
      Reflect.deleteProperty(value, "odd_key");
    }
    expect(silent).toEqual([]);
  });

  test("each word and each number counts, or is listed", () => {
    const silent: string[] = [];
    for (const [path, value, put] of found) {
      if (typeof value === "object" || SILENT.has(path.split(".").at(-1) ?? "")) continue;
      put(typeof value === "number" ? value + 7 : typeof value === "boolean" ? !value : "odd");
      if (outcome(copy) === usual) silent.push(`${path}: ${String(value)}`);
      put(value);
    }
    expect(silent).toEqual([]);
  });

  test("what is of another kind than it should be is listed, and throws nothing", () => {
    for (const odd of [[[]], { a: { b: [1] } }, null, "{{"])
      for (const [path, value, put] of found) {
        if (path === "") continue;
        put(odd);
        expect(() => outcome(copy), path).not.toThrow();
        put(value);
      }
  }, 60_000);

  test("what stands under automations and is none is listed", () => {
    const things = all("automation:\n  - alias: Half\n    triggerr: { platform: time }\n  - !include others.yaml\n");
    expect(things.map((one) => one.misses.some((m) => m.level === "missed"))).toEqual([true, true]);
  });

  test("a second document is refused with its line", () => {
    const text = '- trigger: { platform: time, at: "07:00" }\n  action: { stop: "" }\n---\n- 5\n';
    expect(read({ name: "a", text })).toMatchObject({ ok: false, line: 3 });
  });
});

describe("blueprints", () => {
  const blueprint = `
blueprint:
  name: Light by motion
  domain: automation
  input:
    sensor: { name: Sensor }
    more: { input: { minutes: { default: 2 } } }
    lamp: { name: Lamp }
    after: { default: [] }
mode: restart
trigger: { platform: state, entity_id: !input sensor, from: "off", to: "on" }
action:
  - { service: light.turn_on, target: !input lamp }
  - { delay: { minutes: !input minutes } }
  - { service: light.turn_off, target: !input lamp }
  - !input after
`;
  const use = (input: object) =>
    JSON.stringify([{ alias: "Hall", use_blueprint: { path: "homeassistant/motion.yaml", input } }]);

  test("one that was opened as well is filled in", () => {
    const input = { sensor: "binary_sensor.motion", lamp: { entity_id: "light.hall" } };
    const more = { ...input, after: [{ service: "switch.turn_on", entity_id: "switch.pump" }] };
    const file = read({ name: "motion.yaml", text: blueprint }, { name: "a.yaml", text: use(more) });
    expect(file.ok && file.things).toMatchObject([
      {
        ...{ title: "Hall", misses: [] },
        draft: {
          mode: "restart",
          on: [{ kind: "becomes", target: { nodes: ["motion"] }, to: true }],
          do: [{ command: "on" }, { kind: "wait", minutes: 2 }, { command: "off" }, { target: { nodes: ["pump"] } }],
        },
      },
    ]);
  });

  test("an input that nobody filled in is listed; so is a blueprint that was not opened", () => {
    const bare = read({ name: "motion.yaml", text: blueprint }, { name: "a.yaml", text: use({}) });
    expect(JSON.stringify(bare)).toContain("!input lamp");
    const alone = read({ name: "a.yaml", text: use({}) });
    expect(JSON.stringify(alone)).toContain("open it together with this one");
  });
});
