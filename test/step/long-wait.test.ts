import { expect, test } from "vitest";
import { flatTariff, newHome } from "../../hub/main/defaults.ts";
import type { HomeRule } from "../../hub/model/rule/rule.ts";
import { type Effect, emptyState, type Input, step } from "../../hub/step.ts";

const NOON = Date.UTC(2026, 2, 2, 12);
const HOUR = 3_600_000;

test("a wait of six hours ends when it is over, is kept once and is no going round in circles", () => {
  const state = emptyState(newHome(), flatTariff);
  const rule: HomeRule = {
    ...{ id: "r", title: "Much later", form: "when", enabled: true, mode: "single", on: [] },
    ...{ origin: "person", by: "anna", madeAt: 1, changedAt: 1 },
    do: [
      { kind: "wait", minutes: 360 },
      { kind: "notify", title: "Now" },
    ],
  };
  const effects: Effect[] = [];
  const put = (input: Input, at: number) => effects.push(...step(state, input, at));
  put({ kind: "homeRulesSet", rules: [rule] }, NOON);
  put({ kind: "ruleStarted", rule: "r", by: "anna", at: NOON }, NOON);
  for (let at = NOON; at <= NOON + 6 * HOUR + 3000; at += 1000) put({ kind: "tick", at }, at);
  expect(effects.filter((e) => e.kind === "keepRun")).toHaveLength(1);
  expect(effects.filter((e) => e.kind === "dropRun")).toHaveLength(1);
  const traces = effects.flatMap((e) => (e.kind === "trace" ? [e.trace] : []));
  expect(traces.map((t) => [t.outcome, t.lines.map((l) => l.text)])).toEqual([
    ["done", [expect.stringMatching(/^waited/), 'told people "Now"']],
  ]);
});
