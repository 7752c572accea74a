/**
 * Savings of measured homes whose truth is known: real loads and sun, with a change of the load put in (measured by the house meter, IPMVP
 * option C) or a battery that is filled at night (option D). The data lie beside the project (../shared/data/energy); without
 * them the test says so and is skipped. All windows: MEASURE_STRIDE=5 npx vitest run --config vitest.long.config.ts test/planner/measure-real
 */
import { describe, expect, test } from "vitest";
import { partsOf } from "../../hub/energy/parts.ts";
import type { Measured } from "../../hub/model/plan.ts";
import { comfortOf } from "../../hub/planner/facts.ts";
import { measuring } from "../../hub/planner/measure.ts";
import { measuredByHouse } from "../../hub/planner/measure-house.ts";
import { fitting, type Twin } from "../../hub/twin/fit.ts";
import { run } from "./bench.ts";
import { demoHome, demoTariff } from "./demo-home.ts";
import { CHANGES, costOver, historyOf, type RealHome, realHomes, realThere, withBattery } from "./real-homes.ts";

const STRIDE = Number(process.env.MEASURE_STRIDE ?? 13);
const BEFORE = 60;
const SPANS = [7, 14, 28] as const;
const parts = partsOf(demoHome());
if (!realThere) console.warn("SKIPPED: no measured homes, so the bands of savings are not checked on them");

interface Window {
  readonly twin: Twin;
  readonly days: number;
  readonly begin: number;
  readonly to: number;
}

interface Found {
  readonly what: string;
  readonly days: number;
  readonly truth: number;
  readonly measured: Measured;
}

const inputOf = (twin: Twin, since: ReturnType<typeof historyOf>) => ({
  twin,
  since,
  tariff: demoTariff,
  comfort: comfortOf([], parts),
  otherRules: [],
  rulesBefore: [],
});

/** Every window of the year: what was before is learned from, the days since are measured. */
const windows = (home: RealHome): number[] =>
  Array.from({ length: 365 }, (_, d) => d).filter(
    (d) => d >= BEFORE && (d + SPANS[0]) * 24 <= home.load.length && (d - BEFORE) % STRIDE === 0,
  );

/** Each window is learned from once and measured over each span that the year still holds. */
function overSpans(home: RealHome, before: Parameters<typeof historyOf>[0], measure: (w: Window) => Found[]): Found[] {
  return windows(home).flatMap((d) => {
    const twin = run(fitting(historyOf(before, (d - BEFORE) * 24, d * 24), parts));
    const spans = SPANS.filter((days) => (d + days) * 24 <= home.load.length);
    return spans.flatMap((days) => measure({ twin, days, begin: d * 24, to: (d + days) * 24 }));
  });
}

function byHouse(home: RealHome): Found[] {
  const net = (load: Float64Array) => load.map((kwh, i) => kwh - (home.sun[i] ?? 0));
  const before = net(home.load);
  return overSpans(home, { net: before, sun: home.sun }, ({ twin, days, begin, to }) =>
    Object.entries(CHANGES).map(([what, change]) => {
      const steered = net(change(home.load));
      const since = historyOf({ net: steered, sun: home.sun }, begin, to);
      const truth = costOver(before, begin, to) - costOver(steered, begin, to);
      return { what, days, truth, measured: measuredByHouse(inputOf(twin, since), "no model") };
    }),
  );
}

/** Energy left in the battery at the end is worth what the twin's settling says: the mean price of the window. */
function byBattery(home: RealHome, atNight: boolean): Found[] {
  const steered = new Set(parts.batteries.map((b) => b.node));
  const free = withBattery(home, false, 0);
  return overSpans(home, free, ({ twin, days, begin, to }) => {
    const lived = withBattery(home, atNight, begin);
    const measured = run(measuring({ ...inputOf(twin, historyOf(lived, begin, to)), steered }));
    const left = (s: typeof free) => ((s.battery?.percent[to - 1] ?? 0) / 100) * 6.4 * 0.94 * 0.31;
    const truth = costOver(free.net, begin, to) - costOver(lived.net, begin, to) - (left(free) - left(lived));
    return [{ what: atNight ? "battery filled at night" : "battery left alone", days, truth, measured }];
  });
}

const known = (list: readonly Found[]) => list.filter((f) => f.measured.refused === undefined);
const within = (f: Found): boolean => Math.abs(f.measured.savedCost - f.truth) <= f.measured.band;
const share = (list: readonly Found[]): number => known(list).filter(within).length / known(list).length;
const middle = (values: number[]): string => (values.sort((a, b) => a - b)[values.length >> 1] ?? 0).toFixed(2);

function table(list: readonly Found[]): string {
  const kinds = [...new Set(list.map((f) => `${f.what}, ${f.days} days`))];
  return kinds
    .map((kind) => {
      const mine = list.filter((f) => `${f.what}, ${f.days} days` === kind);
      const of = (pick: (f: Found) => number) => middle(known(mine).map(pick));
      const off = of((f) => Math.abs(f.measured.savedCost - f.truth));
      return `${kind.padEnd(54)} ${(share(mine) * 100).toFixed(0)} % of ${known(mine).length} in band, ${mine.length - known(mine).length} refused; truth ${of((f) => f.truth)}, off ${off}, band ${of((f) => f.measured.band)}`;
    })
    .join("\n");
}

describe.runIf(realThere)("savings of measured homes whose truth is known", () => {
  const homes = realThere ? realHomes() : [];

  test("by the house meter are the truth within the band, and nought where nobody steered", () => {
    const all = homes.flatMap(byHouse);
    console.log(table(all));
    for (const what of Object.keys(CHANGES))
      expect(share(all.filter((f) => f.what === what)), what).toBeGreaterThan(0.9);
  });

  test("of a battery filled at night are the truth within the band, and nought where it was left alone", () => {
    const all = homes.flatMap((home) => [...byBattery(home, false), ...byBattery(home, true)]);
    console.log(table(all));
    expect(all.filter((f) => f.measured.refused).length).toBeLessThan(0.2 * all.length);
    for (const what of ["battery left alone", "battery filled at night"])
      expect(share(all.filter((f) => f.what === what)), what).toBeGreaterThan(0.9);
  });
});
