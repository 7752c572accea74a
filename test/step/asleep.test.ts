import { expect, test } from "vitest";
import { flatTariff, newHome } from "../../hub/main/defaults.ts";
import type { NodeDescription } from "../../hub/model/node.ts";
import { type Effect, emptyState, step } from "../../hub/step.ts";

const NOON = Date.UTC(2026, 2, 2, 12);
const MINUTE = 60_000;

const told = (effects: readonly Effect[]): string[] =>
  effects.flatMap((e) => (e.kind === "tell" ? [e.event.type === "node" ? e.event.id : e.event.type] : []));

test("the dashboard is told once when a device falls asleep, and when it wakes", () => {
  const state = emptyState(newHome(), flatTariff);
  const attributes = { batPercentRemaining: { source: "t#battery" } };
  const node: NodeDescription = {
    ...{ id: "door", name: "Door", adapter: "mqtt", dialect: "test", addresses: [] },
    endpoints: [{ number: 1, deviceTypes: [], capabilities: { powerSource: { attributes, commands: {} } } }],
  };
  step(state, { kind: "nodeFound", node, at: NOON }, NOON);
  const says = (at: number) => {
    const path = { node: "door", endpoint: 1, capability: "powerSource", attribute: "batPercentRemaining" };
    return step(state, { kind: "readings", readings: [{ path, value: 80, at, source: "t#battery" }] }, at);
  };
  const tick = (at: number) => told(step(state, { kind: "tick", at }, at));
  expect(told(says(NOON))).toEqual(["value"]);
  expect(tick(NOON + 9 * MINUTE)).toEqual([]);
  expect(tick(NOON + 11 * MINUTE)).toEqual(["door"]);
  expect(tick(NOON + 30 * MINUTE)).toEqual([]);
  expect(told(says(NOON + 40 * MINUTE))).toEqual(["door", "value"]);
  expect(told(says(NOON + 41 * MINUTE))).toEqual(["value"]);
  expect(tick(NOON + 60 * MINUTE)).toEqual(["door"]);
});
