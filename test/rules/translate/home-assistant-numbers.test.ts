/** Numbers and counters that Home Assistant keeps, where the house keeps them. */
import { expect, test } from "vitest";
import { type Meant, translateFiles } from "../../../hub/rules/translate/home-assistant/index.ts";

const device = (node: string, capability: string): Meant => ({
  ...{ kind: "device", node, endpoint: 1, capabilities: [capability], types: [] },
});
const home = new Map<string, Meant>([
  ["input_number.reserve", device("reserve", "houseNumber")],
  ["input_number.limit", device("limit", "houseNumber")],
  ["input_number.fixed", { kind: "value", value: 20 }],
  ["counter.runs", device("runs", "houseNumber")],
  ["number.boost", device("boost", "houseNumber")],
  ["number.valve", device("valve", "onOff")],
  ["sensor.attic_temperature", device("attic", "temperatureMeasurement")],
]);

const MADE = {
  input_number: { reserve: { min: 10, max: 90, step: 5, unit_of_measurement: "%" } },
  counter: { runs: null },
};

function translated(automation: object, more: object = {}) {
  const whole = { trigger: { platform: "time", at: "12:00" }, action: [], ...automation };
  const file = { name: "a.yaml", text: JSON.stringify({ automation: [whole], ...more }) };
  const read = translateFiles([file], (entity) => home.get(entity));
  if (!read.ok) throw new Error(read.text);
  const [one] = read.things;
  const draft = one?.draft?.form === "when" ? one.draft : undefined;
  const told = one?.misses.map(({ level, text }) => `${level}: ${text}`) ?? [];
  return { on: draft?.on, if: draft?.if, do: draft?.do, told };
}

const calls = (service: string, entity: string, data: object = {}, more: object = {}) =>
  translated({ action: { service, target: { entity_id: entity }, data } }, more);
const read = (node: string) => ({ read: "houseNumber.value", target: { nodes: [node], endpoint: 1 } });
const sets = (node: string, value: unknown) => [
  {
    kind: "command",
    target: { nodes: [node], endpoint: 1 },
    capability: "houseNumber",
    command: "set",
    args: { value },
  },
];

test("they are set, also to what a template comes to", () => {
  expect(calls("input_number.set_value", "input_number.reserve", { value: 30 })).toMatchObject({
    ...{ do: sets("reserve", 30), told: [] },
  });
  const more = { value: "{{ states('input_number.reserve') | float + 2 * states('counter.runs') | int }}" };
  expect(calls("number.set_value", "number.boost", more).do).toMatchObject(
    sets("boost", { op: "+", of: [read("reserve"), { op: "*", of: [2, { op: "floor", of: [read("runs")] }] }] }),
  );
});

test("they are counted by their own step, and stay at the ends that the files say", () => {
  const up = calls("input_number.increment", "input_number.reserve", {}, MADE);
  expect(up).toMatchObject({
    ...{ do: sets("reserve", { op: "min", of: [{ op: "+", of: [read("reserve"), 5] }, 90] }), told: [] },
  });
  const down = calls("input_number.decrement", "input_number.reserve", {}, MADE);
  expect(down.do).toMatchObject(sets("reserve", { op: "max", of: [{ op: "-", of: [read("reserve"), 5] }, 10] }));
  expect(calls("counter.increment", "counter.runs", {}, MADE)).toMatchObject({
    ...{ do: sets("runs", { op: "+", of: [read("runs"), 1] }), told: [] },
  });
  expect(calls("counter.reset", "counter.runs", {}, { counter: { runs: { initial: 4 } } }).do).toMatchObject(
    sets("runs", 4),
  );
});

test("what the files don't say is taken, and noted", () => {
  expect(calls("counter.decrement", "counter.runs").told).toEqual([
    "note: How far counter.runs goes is not in the files: 1 was taken.",
  ]);
  expect(calls("counter.reset", "counter.runs").told).toEqual([
    "note: Where counter.runs begins is not in the files: 0 was taken.",
  ]);
});

test("they start rules and are asked for, as figures and as limits of figures", () => {
  const found = translated({
    trigger: [
      { platform: "numeric_state", entity_id: "counter.runs", above: 10, for: "00:05:00" },
      { platform: "numeric_state", entity_id: "sensor.attic_temperature", above: "input_number.limit" },
      { platform: "state", entity_id: "counter.runs" },
      { platform: "state", entity_id: "counter.runs", to: "3" },
    ],
    condition: [
      { condition: "numeric_state", entity_id: "input_number.reserve", above: 20, below: "input_number.limit" },
      { condition: "state", entity_id: "counter.runs", state: "0" },
    ],
    action: { service: "counter.reset", entity_id: "counter.runs" },
  });
  expect(found.told.filter((one) => !one.startsWith("note"))).toEqual([]);
  const target = { nodes: ["runs"], endpoint: 1 };
  const of = "houseNumber.value";
  const warm = { read: "temperatureMeasurement.measuredValue", target: { nodes: ["attic"], endpoint: 1 } };
  expect(found.on).toMatchObject([
    { kind: "crosses", target, of, above: 10, forMinutes: 5 },
    { kind: "holds", condition: { kind: "formula", is: { op: ">", of: [warm, read("limit")] } } },
    { kind: "becomes", target, of },
    { kind: "becomes", target, of, to: 3 },
  ]);
  expect(found.if).toMatchObject({
    kind: "all",
    of: [
      {
        kind: "all",
        of: [
          { kind: "formula", is: { op: "<", of: [read("reserve"), read("limit")] } },
          { kind: "state", of, op: ">", value: 20 },
        ],
      },
      { kind: "state", target, of, op: "=", value: 0 },
    ],
  });
});

test("in a house that measures in degrees Fahrenheit a limit stays in them", () => {
  const found = translated({
    condition: [
      { condition: "numeric_state", entity_id: "sensor.attic_temperature", below: "input_number.limit" },
      "{{ '20 °F' == '20 °F' }}",
    ],
    action: { service: "counter.reset", entity_id: "counter.runs" },
  });
  expect(JSON.stringify(found.if)).toContain('{"op":"+","of":[{"op":"/","of":[{"read":"temperatureMeasurement');
});

test("what can't be done is listed", () => {
  for (const [service, entity, data, text] of [
    [
      "input_number.set_value",
      "input_number.fixed",
      { value: 3 },
      `"input_number.set_value": input_number.fixed is a fixed value here.`,
    ],
    [
      "number.set_value",
      "number.valve",
      { value: 3 },
      `"number.set_value": number.valve is no number that can be set here.`,
    ],
    ["input_number.set_value", "input_number.reserve", {}, `"value" is not written in the file.`],
    [
      "input_number.set_value",
      "input_number.other",
      { value: 1 },
      "It is not said what input_number.other is in this home.",
    ],
    [
      "counter.configure",
      "counter.runs",
      { step: 2 },
      `"counter.configure": a setting of Home Assistant is a fixed value here.`,
    ],
    ["counter.increment", "counter.runs", { amount: 2 }, `"amount" of counter.increment is not translated.`],
  ] as const)
    expect(calls(service, entity, data).told).toContain(`missed: ${text}`);
});
