/** Puts a twin of the demo home on the bench, in one go. */
import { partsOf } from "../../hub/energy/parts.ts";
import type { Goal, Rule } from "../../hub/model/plan.ts";
import { comfortOf, factsOf } from "../../hub/planner/facts.ts";
import { namesOf } from "../../hub/planner/names.ts";
import { preparing } from "../../hub/planner/verify.ts";
import { fitting } from "../../hub/twin/fit.ts";
import { type Bucket, layOut } from "../../hub/twin/history.ts";
import { demoHome, demoTariff } from "./demo-home.ts";

export const ZONE = "Europe/Berlin";
export const STEP = 15 * 60_000;
export const MONDAY = Date.parse("2026-10-05T00:00:00+02:00");

/** Runs a generator to its end. */
export function run<T>(work: Generator<number, T>): T {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

export const gridOf = (from: number, days: number) => ({ from, stepMs: STEP, steps: days * 96, timeZone: ZONE });

export function benchOf(
  buckets: ReadonlyMap<string, readonly Bucket[]>,
  days: number,
  goals: readonly Goal[] = [{ kind: "minimise", what: "cost" }],
  running: readonly Rule[] = [],
) {
  const home = demoHome();
  const parts = partsOf(home);
  const history = layOut(buckets, gridOf(MONDAY, days));
  const twin = run(fitting(history, parts));
  const prices = { tariff: demoTariff, timeZone: ZONE, at: MONDAY };
  const facts = factsOf(parts, goals, prices, twin);
  const comfort = comfortOf(goals, parts);
  const bench = run(preparing(twin, demoTariff, comfort, running));
  return { home, parts, history, twin, facts, comfort, bench, names: namesOf(parts), goals };
}
