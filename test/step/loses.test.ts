/** What is told of a rule that does not have its way: whether its condition holds, and who stands above it, in the home's own time. */
import { expect, test } from "vitest";
import { parsePath } from "../../hub/model/path.ts";
import type { HomeRule } from "../../hub/model/rule/rule.ts";
import { ALWAYS, act, rule } from "../../hub/planner/strategies/strategy.ts";
import { type CoreState, emptyState, step } from "../../hub/step.ts";
import { demoHome, demoTariff, idOf, pathOf } from "../planner/demo-home.ts";

/** 09:00 in Berlin. */
const NOW = Date.parse("2026-11-23T08:00:00Z");
const BATTERY = idOf("Home battery");
const MODE = pathOf("Home battery", "batteryControl.mode");

const set = (mode: string) => ({
  kind: "command" as const,
  target: { nodes: [BATTERY] },
  capability: "batteryControl",
  command: "set",
  args: { mode },
});
/** Holds the battery while the house is away, else lets it follow; nobody has set a mode, so it wants the other way. */
const own: HomeRule = {
  ...{ id: "own", title: "Kept while away", form: "while", enabled: true, origin: "person", by: "Anna" },
  ...{ madeAt: 0, changedAt: 0, while: { kind: "mode", in: ["away"] } },
  ...{ keep: [set("hold")], otherwise: [set("followLoad")] },
};

function house(): CoreState {
  const state = emptyState(demoHome().settings, demoTariff);
  const node = demoHome().nodes.get(BATTERY);
  const path = parsePath(MODE);
  if (!node || !path) throw new Error("there is no battery");
  step(state, { kind: "nodeFound", node: node.description, at: NOW }, NOW);
  step(state, { kind: "readings", readings: [{ path, value: "chargeFromGrid", at: NOW, source: "test" }] }, NOW);
  step(state, { kind: "homeRulesSet", rules: [own] }, NOW);
  return state;
}

test("a rule that would do the other way and gives way to a plan is not said to hold", () => {
  const state = house();
  const part = { node: BATTERY, endpoint: parsePath(MODE)?.endpoint ?? 1 };
  const planned = rule("p-1", "Filled while it is cheap", ALWAYS, [
    act(part, "batteryControl", "set", { mode: "chargeFromGrid" }),
  ]);
  step(state, { kind: "policyRulesSet", rules: [{ ...planned, plan: "p", rank: 1 }] }, NOW);
  step(state, { kind: "tick", at: NOW + 1000 }, NOW + 1000);
  expect(state.verdicts.get("own")).toMatchObject({ holds: false, lost: "gives way to Filled while it is cheap" });
});

test("a hand that stands above it is told with the home's own clock", () => {
  const state = house();
  const path = parsePath(MODE);
  const command = { ...set("hold"), target: { node: BATTERY, endpoint: parsePath(MODE)?.endpoint ?? 1 } };
  const origin = { rank: "person" as const, by: "Anna", reason: "by hand" };
  step(state, { kind: "asked", id: "1", command, origin, at: NOW }, NOW);
  if (path) step(state, { kind: "readings", readings: [{ path, value: "hold", at: NOW, source: "test" }] }, NOW);
  step(state, { kind: "tick", at: NOW + 60_000 }, NOW + 60_000);
  expect(state.verdicts.get("own")).toMatchObject({ holds: false, lost: "Anna set it by hand until 10:00" });
});
