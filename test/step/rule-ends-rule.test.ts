import { expect, test } from "vitest";
import { flatTariff, newHome } from "../../hub/main/defaults.ts";
import { type HomeRule, ruleDraft } from "../../hub/model/rule/rule.ts";
import { type Effect, emptyState, type Input, step } from "../../hub/step.ts";

const NOON = Date.UTC(2026, 2, 2, 12);

const rule = (id: string, steps: readonly object[]): HomeRule => ({
  ...ruleDraft.parse({ form: "when", title: id, on: [], do: steps, mode: "restart" }),
  ...{ id, origin: "person", by: "anna", madeAt: 1, changedAt: 1 },
});

test("a rule that ends another one ends its wait, so that nothing comes of it", () => {
  const state = emptyState(newHome(), flatTariff);
  const timer = rule("timer", [
    { kind: "wait", minutes: 5 },
    { kind: "notify", title: "Too late" },
  ]);
  const effects: Effect[] = [];
  const put = (input: Input, at: number) => effects.push(...step(state, input, at));
  const cancel = rule("cancel", [{ kind: "rule", rule: "timer", does: "end" }]);
  put({ kind: "homeRulesSet", rules: [timer, cancel] }, NOON);
  put({ kind: "ruleStarted", rule: "timer", by: "anna", at: NOON }, NOON);
  const ticks = (from: number, to: number) => {
    for (let at = NOON + from * 1000; at <= NOON + to * 1000; at += 1000) put({ kind: "tick", at }, at);
  };
  ticks(0, 60);
  put({ kind: "ruleStarted", rule: "cancel", by: "anna", at: NOON + 61_000 }, NOON + 61_000);
  ticks(61, 400);
  const traces = effects.flatMap((e) => (e.kind === "trace" ? [e.trace] : []));
  expect(traces.map((t) => [t.rule, t.outcome])).toEqual(
    expect.arrayContaining([
      ["timer", expect.stringContaining("the rule cancel ended it")],
      ["cancel", "done"],
    ]),
  );
  expect(traces.flatMap((t) => t.lines.map((l) => l.text))).not.toContain('told people "Too late"');
});
