/** Random homes, rules and days, for what must hold of any of them. */
import fc from "fast-check";
import type { Value } from "../../hub/model/capability.ts";
import type { NodeDescription } from "../../hub/model/node.ts";
import { type HomeRule, ruleDraft } from "../../hub/model/rule/rule.ts";
import { type CoreState, type Effect, emptyState, type Input, step } from "../../hub/step.ts";

export const START = Date.UTC(2026, 2, 2, 10);

const tariff = {
  ...{ name: "flat", importBands: [], importPerKwh: 0.3, exportPerKwh: 0.08, standingPerDay: 0 },
  ...{ co2Bands: [], co2GPerKwh: 400 },
};

const device = (id: string, capability: string, attribute: string, commands: readonly string[]): NodeDescription => ({
  ...{ id, name: id, adapter: "mqtt", dialect: "test", addresses: [] },
  endpoints: [
    {
      ...{ number: 1, deviceTypes: [] },
      capabilities: {
        [capability]: {
          attributes: { [attribute]: { source: "t" } },
          commands: Object.fromEntries(commands.map((c) => [c, { source: "t" }])),
        },
      },
    },
  ],
});

/** Lamps that can be switched, and sensors. */
export function homeOf(lamps: number, sensors: number): CoreState {
  const state = emptyState(
    { name: "H", timeZone: "Europe/Berlin", latitude: 52, longitude: 13, currency: "EUR" },
    tariff,
  );
  const nodes = [
    ...Array.from({ length: lamps }, (_, i) => device(`lamp-${i}`, "onOff", "onOff", ["on", "off", "toggle"])),
    ...Array.from({ length: sensors }, (_, i) => device(`sensor-${i}`, "temperatureMeasurement", "measuredValue", [])),
  ];
  for (const node of nodes) step(state, { kind: "nodeFound", node, at: START }, START);
  for (const { id } of nodes) step(state, { kind: "reachable", node: id, reachable: true, at: START }, START);
  return state;
}

export const told = (node: string, capability: string, attribute: string, value: Value, at: number): Input => ({
  kind: "readings",
  readings: [{ path: { node, endpoint: 1, capability, attribute }, value, at, source: "t" }],
});

const lamp = (n: number) => fc.nat(n - 1).map((i) => ({ nodes: [`lamp-${i}`] }));
const lampIs = (n: number) =>
  fc.record({
    kind: fc.constant("state"),
    target: lamp(n),
    of: fc.constant("onOff.onOff"),
    op: fc.constant("="),
    value: fc.boolean(),
  });

const command = (n: number) =>
  fc.record({
    ...{ kind: fc.constant("command"), target: lamp(n), capability: fc.constant("onOff") },
    command: fc.constantFrom("on", "off", "toggle"),
  });

const condition = (n: number) =>
  fc.oneof(
    lampIs(n),
    fc.constant({ kind: "between", from: "00:00", to: "00:00" }),
    lampIs(n).map((of) => ({ kind: "not", of })),
  );

const trigger = (n: number, sensors: number) =>
  fc.oneof(
    fc.record({ kind: fc.constant("becomes"), target: lamp(n), of: fc.constant("onOff.onOff"), to: fc.boolean() }),
    fc.record({ kind: fc.constant("becomes"), target: lamp(n), of: fc.constant("onOff.onOff") }),
    fc.record({ kind: fc.constant("holds"), condition: lampIs(n) }),
    fc.nat(sensors - 1).map((i) => ({
      kind: "crosses",
      target: { nodes: [`sensor-${i}`] },
      of: "temperatureMeasurement.measuredValue",
      above: 20,
    })),
    fc.constant({ kind: "every", minutes: 1 }),
  );

const steps = (n: number, rules: number) =>
  fc.array(
    fc.oneof(
      { weight: 5, arbitrary: command(n) },
      { weight: 1, arbitrary: fc.constant({ kind: "wait", minutes: 0.5 }) },
      { weight: 1, arbitrary: fc.nat(rules - 1).map((i) => ({ kind: "rule", rule: `rule-${i}` })) },
      {
        weight: 1,
        arbitrary: fc.record({
          kind: fc.constant("repeat"),
          while: condition(n),
          do: fc.array(command(n), { minLength: 1, maxLength: 3 }),
        }),
      },
      {
        weight: 1,
        arbitrary: fc.record({
          kind: fc.constant("ask"),
          title: fc.constant("Now?"),
          atMostMinutes: fc.constantFrom(0.5, 5),
          answers: fc.array(command(n), { maxLength: 2 }).map((list) => [
            { name: "Yes", do: list },
            { name: "No", do: [] },
          ]),
          otherwise: fc.array(command(n), { maxLength: 2 }),
        }),
      },
      {
        weight: 1,
        arbitrary: fc.record({
          kind: fc.constant("choose"),
          options: fc.array(fc.record({ if: condition(n), do: fc.array(command(n), { maxLength: 2 }) }), {
            minLength: 1,
            maxLength: 2,
          }),
        }),
      },
    ),
    { minLength: 1, maxLength: 5 },
  );

const draft = (n: number, sensors: number, rules: number) =>
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record(
        {
          ...{
            form: fc.constant("when"),
            on: fc.array(trigger(n, sensors), { minLength: 1, maxLength: 3 }),
            do: steps(n, rules),
          },
          ...{
            if: condition(n),
            mode: fc.constantFrom("single", "restart", "queued", "parallel"),
            rank: fc.integer({ min: -2, max: 2 }),
          },
        },
        { requiredKeys: ["form", "on", "do", "mode"] },
      ),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        form: fc.constant("while"),
        while: condition(n),
        keep: fc.array(command(n), { minLength: 1, maxLength: 2 }),
      }),
    },
  );

/** Up to `most` rules over some lamps and sensors; whatever the language takes. */
export const anyRules = (lamps: number, sensors: number, most: number, least = 1): fc.Arbitrary<readonly HomeRule[]> =>
  fc.array(draft(lamps, sensors, most), { minLength: least, maxLength: most, size: "max" }).map((list) =>
    list.map((written, i) => ({
      ...ruleDraft.parse({ title: `rule ${i}`, ...written }),
      ...{ id: `rule-${i}`, origin: "person" as const, by: "anna", madeAt: START, changedAt: START },
    })),
  );

/** The devices obey: each command that is sent is answered and echoed. Returns all effects. */
export function play(state: CoreState, input: Input, now: number, depth = 0): Effect[] {
  const effects = step(state, input, now);
  const echoes = effects.flatMap((e) => {
    if (e.kind !== "send" || depth > 50) return [];
    const { node } = e.command.target;
    const held = state.home.nodes.get(node)?.values.get(`${node}/1/onOff.onOff`)?.value;
    const value = e.command.command === "toggle" ? held !== true : e.command.command === "on";
    return [
      ...play(state, { kind: "answered", id: e.id, result: { ok: true }, at: now }, now, depth + 1),
      ...play(state, told(node, "onOff", "onOff", value, now), now, depth + 1),
    ];
  });
  return [...effects, ...echoes];
}
