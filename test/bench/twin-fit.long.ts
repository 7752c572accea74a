/**
 * How long the twin takes to learn a home, and the longest stretch of it in one piece: the hub's loop waits no longer than that. A home with a
 * year of readings is learned from its last 60 days; a whole year is measured as well.
 */
import { describe, expect, test } from "vitest";
import { partsOf } from "../../hub/energy/parts.ts";
import { fitting, type Twin } from "../../hub/twin/fit.ts";
import { daysOf, layOut, seriesOf } from "../../hub/twin/history.ts";
import { studying } from "../../hub/twin/loads/study.ts";
import { reporting } from "../../hub/twin/report.ts";
import { gridOf, MONDAY, ZONE } from "../planner/bench.ts";
import { demoHome } from "../planner/demo-home.ts";
import { synthetic } from "../planner/synthetic.ts";
import { ownClock } from "../support/own-time.ts";
import { FIVE, lived, PLUGS } from "../twin/plugs.ts";

/** This thread alone: the engine's helpers and others on the machine hold no loop. */
const spent = ownClock();

/** Each round is the same work: what one has more than another is the machine's. */
const ROUNDS = 3;

/** Runs a generator to its end; total and longest piece, ms of processor time. */
function timed<T>(work: Generator<number, T>) {
  const began = spent();
  let longest = 0;
  for (let since = began; ; ) {
    const step = work.next();
    const now = spent();
    longest = Math.max(longest, now - since);
    since = now;
    if (step.done) return { value: step.value, all: now - began, longest };
  }
}

/** The round with the shortest longest piece. */
const calmest = <T extends { readonly longest: number }>(work: () => T): T =>
  Array.from({ length: ROUNDS }, work).reduce((best, one) => (one.longest < best.longest ? one : best));

const words = (what: string, t: { readonly all: number; readonly longest: number }) =>
  `${what.padEnd(34)} ${t.all.toFixed(0)} ms, longest piece ${t.longest.toFixed(1)} ms`;

describe("learning a home", () => {
  test.each([60, 365])("from %i days does not hold the loop", (days) => {
    const buckets = synthetic({ seed: 3, from: MONDAY, days });
    const history = layOut(buckets, gridOf(MONDAY, days));
    const learn = (): { twin: Twin; lines: string[]; longest: number } => {
      const fit = timed(fitting(history, partsOf(demoHome())));
      const told = timed(reporting(fit.value));
      return {
        twin: fit.value,
        lines: [words(`${days} days: fitted and tested`, fit), words(`${days} days: day ahead, in words`, told)],
        longest: Math.max(fit.longest, told.longest),
      };
    };
    learn();
    const second = calmest(learn);
    expect(second.twin.models.length).toBeGreaterThan(5);
    const key = "p/1/electricalPowerMeasurement.activePower";
    const grid = { from: MONDAY, stepMs: FIVE, steps: days * 288, timeZone: ZONE };
    const plugs = Object.values(PLUGS).map((plug) => layOut(new Map([[key, lived(plug, days, 1).buckets]]), grid));
    const study = () => {
      const studied = plugs.map((h) =>
        timed(studying(h, key, daysOf(h)[Math.floor(daysOf(h).length * 0.75)]?.from ?? h.steps)),
      );
      return { all: Math.max(...studied.map((s) => s.all)), longest: Math.max(...studied.map((s) => s.longest)) };
    };
    study();
    const most = calmest(study);
    console.log([...second.lines, words(`${days} days: the slowest of ten plugs`, most)].join("\n"));
    expect(seriesOf(plugs[0] ?? history, key).length).toBe(days * 288);
    // Twice what it takes on a quiet machine: with others beside it the caches and the core's other half are shared.
    if (days === 60) expect(Math.max(second.longest, most.longest)).toBeLessThan(40);
  });
});
