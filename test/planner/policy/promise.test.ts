import { describe, expect, test } from "vitest";
import type { Measured } from "../../../hub/model/plan.ts";
import type { PolicyWeek } from "../../../hub/model/policy-kept.ts";
import { brokenPromiseOf, promiseOf, weekOf } from "../../../hub/planner/policy/promise.ts";
import { weeksSince } from "../../../hub/planning/policies/measuring.ts";

const DAY = 86_400_000;
const verdict = (mean: number, band: number, daily: readonly number[] = []) => ({
  perDay: { mean, band, overPlain: mean, overPlainBand: band },
  daily: daily.map((savedCost, k) => ({ day: `2026-11-0${k + 1}`, savedCost })),
});
const measured = (savedCost: number, band: number, more: Partial<Measured> = {}): Measured => ({
  ...{ from: 0, to: 7 * DAY, days: 7, savedCost, savedKwh: 0, band, coverage: 1, note: "as the twin says" },
  ...more,
});
const span = { from: 0, to: 7 * DAY, whole: true };
const week = (mean: number, band: number, total: number, doubt: number, more: Partial<Measured> = {}): PolicyWeek =>
  weekOf(span, verdict(mean, band), measured(total, doubt, more), "EUR");

describe("a policy's week", () => {
  test("is told with its promise, what was measured, and how sure that is", () => {
    expect(week(2.1, 0.3, 12.6, 4.2).words).toBe("promised 2.10 EUR a day, measured 1.80, give or take 0.60: kept");
    expect(week(2.1, 0.3, 12.6, 4.2)).toMatchObject({ outcome: "kept", measured: { mean: 1.8, band: 0.6 } });
  });

  test("is missed only when all of the measured band lies below all of the promised one", () => {
    expect(week(2.1, 0.3, 7, 4.9).outcome).toBe("missed");
    expect(week(2.1, 0.3, 7, 5.7).outcome).toBe("short");
    expect(week(2.1, 0.3, 21, 2.1).outcome).toBe("beaten");
  });

  test("can't be told where the meters are too poor, and the reason is said", () => {
    expect(week(2.1, 0.3, 7, 14).outcome).toBe("cantTell");
    expect(week(2.1, 0.3, 7, 1, { coverage: 0.4, days: 3 }).words).toContain("only 3 of its days are known");
    const refused = week(2.1, 0.3, 0, 0, { days: 0, coverage: 0, refused: "too little of the time since is recorded" });
    expect(refused).toMatchObject({ outcome: "cantTell", note: "too little of the time since is recorded" });
    expect(refused.measured).toBeUndefined();
  });

  test("is held to no closer a promise than the days' own ups and downs allow", () => {
    const uneven = verdict(2, 0.2, [0, 4, 0, 4, 0, 4, 0, 4]);
    expect(promiseOf(uneven, 7).band).toBeGreaterThan(promiseOf(uneven, 28).band);
    expect(promiseOf(verdict(2, 0.2, [2, 2, 2]), 7).band).toBeCloseTo(0.2);
  });
});

describe("a broken promise", () => {
  const missed = (k: number): PolicyWeek => ({ ...week(2, 0.2, 3.5, 1), from: k * 7 * DAY, to: (k + 1) * 7 * DAY });
  const kept = (k: number): PolicyWeek => ({ ...week(2, 0.2, 14, 1), from: k * 7 * DAY, to: (k + 1) * 7 * DAY });

  test("is one of two weeks in a row, of the time since it runs", () => {
    expect(brokenPromiseOf([missed(0), missed(1)], 0, "EUR")).toContain(
      "2.00 EUR a day promised, 0.50 and 0.50 measured",
    );
    expect(brokenPromiseOf([missed(0)], 0, "EUR")).toBeUndefined();
    expect(brokenPromiseOf([missed(0), kept(1)], 0, "EUR")).toBeUndefined();
    expect(brokenPromiseOf([missed(0), kept(1), missed(2)], 0, "EUR")).toBeUndefined();
    expect(brokenPromiseOf([missed(0), missed(1)], DAY, "EUR"), "resumed in between").toBeUndefined();
    expect(brokenPromiseOf([missed(0), { ...missed(1), whole: false }], 0, "EUR")).toBeUndefined();
  });
});

describe("the weeks of a policy", () => {
  test("begin at the first midnight after it began, keep to the clock, and end with the last midnight", () => {
    const since = Date.parse("2026-10-20T15:00:00+02:00");
    const spans = weeksSince(since, Date.parse("2026-10-30T09:00:00+01:00"), "Europe/Berlin");
    expect(spans.map((s) => [new Date(s.from).toISOString(), new Date(s.to).toISOString(), s.whole])).toEqual([
      ["2026-10-20T22:00:00.000Z", "2026-10-27T23:00:00.000Z", true],
      ["2026-10-27T23:00:00.000Z", "2026-10-29T23:00:00.000Z", false],
    ]);
    expect(weeksSince(since, since + 3_600_000, "Europe/Berlin")).toEqual([]);
  });
});
