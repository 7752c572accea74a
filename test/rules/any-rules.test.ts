import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { HomeRule } from "../../hub/model/rule/rule.ts";
import type { Effect } from "../../hub/step.ts";
import { anyRules, homeOf, play, START, told } from "./random-rules.ts";

const SETS = Number(process.env.INGLENOOK_RULE_SETS ?? 8);
const LAMPS = 6;
const SENSORS = 3;

/** Some minutes of a house in which rules do as they please. */
function live(rules: readonly HomeRule[], minutes: number, swap = false): Effect[] {
  const state = homeOf(LAMPS, SENSORS);
  const effects = play(state, { kind: "homeRulesSet", rules }, START);
  const lamps = Array.from({ length: LAMPS }, (_, i) => told(`lamp-${i}`, "onOff", "onOff", i % 2 === 0, START));
  for (const input of swap ? lamps.toReversed() : lamps) effects.push(...play(state, input, START));
  for (let s = 1; s <= minutes * 60; s++) {
    const now = START + s * 1000;
    if (s % 20 === 0)
      effects.push(
        ...play(
          state,
          told(`sensor-${(s / 20) % SENSORS}`, "temperatureMeasurement", "measuredValue", 18 + ((s / 20) % 5), now),
          now,
        ),
      );
    effects.push(...play(state, { kind: "tick", at: now }, now));
  }
  return effects;
}

const sends = (effects: readonly Effect[]) =>
  effects.flatMap((e) => (e.kind === "send" ? [`${e.command.target.node} ${e.command.command}`] : []));

describe("any rules that the language takes", () => {
  test("give the same effects when the same day is lived twice", () => {
    fc.assert(
      fc.property(anyRules(LAMPS, SENSORS, 40), (rules) => {
        expect(JSON.stringify(live(rules, 3))).toBe(JSON.stringify(live(rules, 3)));
      }),
      { numRuns: SETS, seed: 1, endOnFailure: true },
    );
  }, 360_000);

  test("do not make the loop run away, up to 200 of them", () => {
    fc.assert(
      fc.property(anyRules(LAMPS, SENSORS, 200, 150), (rules) => {
        // A rule that ran away once in these three minutes is left alone for ten: each has at most one minute of its own.
        const effects = live(rules, 3);
        const runs = effects.filter((e) => e.kind === "trace" && e.trace.kind === "run").length;
        expect(runs).toBeLessThanOrEqual(rules.length * 61 * 3);
        expect(sends(effects).length).toBeLessThanOrEqual(rules.length * 121 * 3);
      }),
      { numRuns: Math.max(1, Math.round(SETS / 6)), seed: 2, endOnFailure: true },
    );
  }, 360_000);

  test("do not care in which order unrelated devices speak", () => {
    fc.assert(
      fc.property(anyRules(LAMPS, SENSORS, 20), (rules) => {
        // The first word of a device starts nothing: its order among other devices' first words must not matter.
        expect(sends(live(rules, 2, true)).sort()).toEqual(sends(live(rules, 2)).sort());
      }),
      { numRuns: SETS, seed: 3, endOnFailure: true },
    );
  }, 360_000);
});
