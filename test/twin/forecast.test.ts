import { describe, expect, test } from "vitest";
import { forecaster } from "../../hub/twin/forecast.ts";
import { placeOf } from "../../hub/twin/hours.ts";
import { randomFrom } from "../planner/synthetic.ts";

const HOUR = 3_600_000;
const ZONE = "Europe/Berlin";
const FROM = Date.parse("2026-09-01T00:00:00+02:00");

/** Cooking at seven in the evening, on weekends at noon; a little always. */
function household(days: number, zone = ZONE): Float64Array {
  const random = randomFrom(4);
  return Float64Array.from({ length: days * 24 }, (_, i) => {
    const { hour, weekday } = placeOf({ from: FROM, timeZone: zone }, i);
    const cooks = weekday >= 6 ? hour === 12 : hour === 19;
    return 0.2 + (cooks ? 1.5 : 0) + random() * 0.05;
  });
}

const seriesOf = (kwh: Float64Array) => ({ from: FROM, kwh, timeZone: ZONE });

describe("a household foreseen", () => {
  test("cooks in the evening on working days and at noon on weekends, by the clock on the wall after it was changed too", () => {
    const kwh = household(75);
    const made = forecaster(seriesOf(kwh));
    // 2 November 2026 is the second Monday after the clocks went back.
    for (const day of ["2026-11-02T00:00:00+01:00", "2026-11-07T00:00:00+01:00"]) {
      const at = (Date.parse(day) - FROM) / HOUR;
      const { likely } = made.ahead(at, 24);
      const hours = Array.from(likely, (v, k) => (v > 1 ? k : -1)).filter((k) => k >= 0);
      expect(hours).toEqual([day.startsWith("2026-11-07") ? 12 : 19]);
    }
  });

  test("is told with a band that holds its hours and a mean that sums up", () => {
    const kwh = household(60);
    const { likely, low, high, expected } = forecaster(seriesOf(kwh)).ahead(56 * 24, 24);
    for (let k = 0; k < 24; k++) {
      expect(low[k]).toBeLessThanOrEqual(likely[k] ?? 0);
      expect(high[k]).toBeGreaterThanOrEqual(likely[k] ?? 0);
    }
    const sum = (values: Float64Array) => values.reduce((a, b) => a + b, 0);
    expect(sum(expected)).toBeCloseTo(sum(kwh.slice(56 * 24, 57 * 24)), 0);
  });

  test("that leaves the oven on for hours is foreseen to do so for a while, not tomorrow", () => {
    const kwh = household(30);
    const noon = 28 * 24 + 12;
    for (let i = noon - 6; i < noon; i++) kwh[i] = (kwh[i] ?? 0) + 2;
    const { likely } = forecaster(seriesOf(kwh)).ahead(noon, 24);
    expect(likely[0]).toBeGreaterThan(1);
    expect(likely[23]).toBeLessThan(0.5 * (likely[0] ?? 0));
  });

  test("with days that were not recorded is foreseen from the others, and one without a past not at all", () => {
    const kwh = household(40).map((v, i) => (i > 600 && i < 800 ? Number.NaN : v));
    expect(
      forecaster(seriesOf(kwh))
        .ahead(39 * 24, 24)
        .likely.every(Number.isFinite),
    ).toBe(true);
    const nothing = forecaster(seriesOf(new Float64Array(0))).ahead(0, 24);
    expect(nothing.likely).toHaveLength(24);
    expect(nothing.likely.every(Number.isNaN)).toBe(true);
  });

  test("with a sun that is brighter than usual at noon is not foreseen to have any at night", () => {
    const random = randomFrom(6);
    const sunny = Array.from({ length: 40 }, () => random());
    const kwh = Float64Array.from({ length: 40 * 24 }, (_, i) => {
      const { day, hour } = placeOf({ from: FROM, timeZone: ZONE }, i);
      return Math.max(0, Math.sin(((hour - 6) / 12) * Math.PI)) * 3 * (day === 38 ? 1 : 0.7 * (sunny[day] ?? 0));
    });
    const { likely } = forecaster(seriesOf(kwh)).ahead(38 * 24 + 14, 12);
    expect(likely[0]).toBeGreaterThan(1);
    expect(Math.max(...likely.slice(5))).toBeLessThan(0.02);
  });

  test("is never foreseen below nothing", () => {
    const kwh = household(30);
    kwh[28 * 24 + 11] = 0;
    expect(Math.min(...forecaster(seriesOf(kwh)).ahead(28 * 24 + 12, 24).low)).toBeGreaterThanOrEqual(0);
  });
});
