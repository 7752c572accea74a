import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { emptyTotals } from "../../hub/energy/totals.ts";
import { bandOf, mostSaved } from "../../hub/planner/measure-bounds.ts";
import { summedUp } from "../../hub/planner/measure-sum.ts";
import type { Model } from "../../hub/twin/device.ts";
import { layOut } from "../../hub/twin/history.ts";
import type { ReplayedDay } from "../../hub/twin/replay.ts";
import { gridOf, MONDAY } from "./bench.ts";

const since = layOut(new Map(), gridOf(MONDAY, 14));

const modelOf = (kind: Model["kind"]): Model => ({
  node: kind,
  name: kind,
  kind,
  fit: { ok: true, note: "" },
  recorded: new Float64Array(),
  facts: {},
  start: () => {
    throw new Error("not run here");
  },
  onto: () => modelOf(kind),
});

/** One day of a device in hours: kWh without and with the plan. */
const dayOf = (without: readonly number[], used: readonly number[]): ReplayedDay => ({
  day: "2026-11-01",
  totals: emptyTotals,
  recorded: emptyTotals,
  stored: 0,
  coverage: 1,
  devices: [
    {
      replayedKwh: without.reduce((sum, v) => sum + Math.abs(v), 0),
      recordedKwh: used.reduce((sum, v) => sum + Math.abs(v), 0),
      movedKwh: without.reduce((sum, v, k) => sum + Math.abs(v - (used[k] ?? 0)) / 2, 0),
    },
  ],
});

const HOURS = 12;
const hours = (from: number, to: number) =>
  fc.array(fc.double({ min: from, max: to, noNaN: true }), { minLength: HOURS, maxLength: HOURS });

describe("the most that can have been saved", () => {
  test("is never less than what any shift or saving of a device could really give, at any prices, negative ones too", () => {
    fc.assert(
      fc.property(hours(0, 4), hours(0, 4), hours(-0.3, 0.6), (without, used, prices) => {
        const worth = { low: Math.min(...prices), high: Math.max(...prices) };
        const saved = without.reduce((sum, v, k) => sum + (v - (used[k] ?? 0)) * (prices[k] ?? 0), 0);
        const most = mostSaved([modelOf("car")], [dayOf(without, used)], worth);
        expect(saved).toBeLessThanOrEqual(most + 1e-9);
      }),
      { numRuns: 2000 },
    );
  });

  test("is nought where nothing was moved and all prices are one", () => {
    const flat = { low: 0.3, high: 0.3 };
    expect(mostSaved([modelOf("tank")], [dayOf([1, 2, 3], [3, 2, 1])], flat)).toBe(0);
    expect(mostSaved([modelOf("battery")], [dayOf([2, -2], [-2, 2])], flat)).toBe(0);
    expect(mostSaved([modelOf("corner")], [dayOf([1, 1], [1, 0])], flat)).toBeCloseTo(0.3);
  });

  test("cuts what goes beyond it, all days alike, and says so", () => {
    const daily = [2, 5, -1, 4].map((savedCost, k) => ({ day: `2026-11-0${k + 1}`, savedCost }));
    const counted = { daily, savedKwh: 1, band: 0.5, most: 4, coverage: 1, method: "", note: "as tested" };
    const m = summedUp(since, counted);
    expect(m.savedCost).toBeCloseTo(4);
    expect(m.daily?.map((d) => d.savedCost)).toEqual([0.8, 2, -0.4, 1.6]);
    expect(m.note).toContain("cut to the most that these devices can have saved");
    const within = summedUp(since, { ...counted, most: 40 });
    expect(within.savedCost).toBeCloseTo(10);
    expect(within.note).not.toContain("cut");
  });
});

describe("the band", () => {
  const quiet = Array.from({ length: 10 }, (_, k) => (k % 2 === 0 ? 0.1 : -0.1));
  const day = dayOf([1, 0], [1, 0]);
  const worth = { low: 0.2, high: 0.4 };
  const band = (errors: readonly number[], days: number) =>
    bandOf(errors, [modelOf("tank")], new Array<ReplayedDay>(days).fill(day), [day], worth);

  test("widens with the days, with days that are alike, and with few of them to test on", () => {
    expect(band(quiet, 14)).toBeGreaterThan(band(quiet, 7));
    const alike = [...quiet].sort((a, b) => a - b);
    expect(band(alike, 14)).toBeGreaterThan(1.5 * band(quiet, 14));
    expect(band(quiet.slice(0, 4), 14)).toBeGreaterThan(band(quiet, 14));
  });

  test("is not known where the twin was hardly tested, and then no figure is given", () => {
    expect(band([0.1, 0.2], 14)).toBe(Number.POSITIVE_INFINITY);
    const counted = { savedKwh: 1, band: Number.POSITIVE_INFINITY, most: 9, coverage: 1, method: "", note: "" };
    const m = summedUp(since, { ...counted, daily: [{ day: "2026-11-01", savedCost: 3 }] });
    expect(m).toMatchObject({ savedCost: 0, band: 0 });
    expect(m.refused).toContain("too few days");
  });
});
