import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  bestPause,
  bestStart,
  costOf,
  endOf,
  energyOf,
  type Run,
  ratesOf,
  restOf,
  type Slot,
  startsOf,
  within,
} from "../../hub/energy/flexible.ts";
import { priceAt } from "../../hub/energy/tariff.ts";
import type { Tariff } from "../../hub/model/tariff.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const zone = "Europe/Berlin";
const noon = Date.parse("2026-11-22T12:00:00Z");

const clock = fc.integer({ min: 0, max: 95 }).map((q) => {
  const minutes = q * 15;
  return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
});
const price = fc.integer({ min: -5, max: 60 }).map((cents) => cents / 100);
const tariff: fc.Arbitrary<Tariff> = fc.record({
  name: fc.constant("any"),
  importBands: fc.array(fc.record({ from: clock, to: clock, perKwh: price }), { maxLength: 6 }),
  importPerKwh: price,
  exportPerKwh: fc.constant(0.08),
  standingPerDay: fc.constant(0),
  co2Bands: fc.constant([]),
  co2GPerKwh: fc.constant(300),
});
const slots: fc.Arbitrary<Slot[]> = fc.array(
  fc.record({ seconds: fc.integer({ min: 1, max: 7200 }), watts: fc.integer({ min: 0, max: 11_000 }) }),
  { minLength: 1, maxLength: 10 },
);
const span = (most: number) => fc.integer({ min: 0, max: most });

/** A run as any appliance may say it: sensible or not. */
const run: fc.Arbitrary<Run> = fc
  .record({ slots, start: span(20 * 3600), earliest: span(24 * 3600), room: span(30 * 3600), breaks: span(1800) })
  .map(({ slots, start, earliest, room, breaks }) => ({
    slots,
    startAt: noon + start * 1000,
    earliestAt: noon + (earliest - 3600) * 1000,
    latestEndAt: noon + room * 1000,
    lengthMs: (slots.reduce((sum, s) => sum + s.seconds, 0) + breaks) * 1000,
  }));

/** Another way to the same sum: second by second would be slow, minute by minute of the tariff itself is exact for quarter hours. */
function paid(list: readonly Slot[], at: number, rate: (at: number) => number): number {
  let from = at;
  let sum = 0;
  for (const { seconds, watts } of list) {
    const end = from + seconds * 1000;
    while (from < end) {
      const next = Math.min(end, (Math.floor(from / MINUTE) + 1) * MINUTE);
      sum += (watts / 3.6e9) * (next - from) * rate(from);
      from = next;
    }
  }
  return sum;
}

describe("when an appliance that can wait should run", () => {
  test("a start is never before the earliest, its end never after the latest, and never dearer than without control", () => {
    let moved = 0;
    fc.assert(
      fc.property(run, tariff, (run, tariff) => {
        const rate = (at: number) => priceAt(tariff, at, zone);
        const found = bestStart(run, noon, ratesOf(rate, noon, endOf(run)));
        if (!found) return;
        moved += 1;
        expect(found.at).toBeGreaterThanOrEqual(run.earliestAt ?? 0);
        expect(found.at).toBeGreaterThan(noon);
        expect(found.at + run.lengthMs).toBeLessThanOrEqual(run.latestEndAt ?? 0);
        expect(found.at % 1000).toBe(0);
        const [now, without] = [paid(run.slots, found.at, rate), paid(run.slots, run.startAt, rate)];
        expect(now).toBeLessThanOrEqual(without + 1e-6);
        expect(found.cost).toBeCloseTo(now, 6);
      }),
      { numRuns: 1000 },
    );
    expect(moved).toBeGreaterThan(100);
  });

  test("no other start that is allowed would be cheaper", () => {
    fc.assert(
      fc.property(run, tariff, fc.double({ min: 0, max: 1, noNaN: true }), (run, tariff, share) => {
        const rates = ratesOf((at) => priceAt(tariff, at, zone), noon, endOf(run));
        const may = startsOf(run, noon);
        if (!may) return;
        const other = may.from + share * (may.to - may.from);
        const best = bestStart(run, noon, rates)?.cost ?? costOf(run.slots, run.startAt, rates);
        const slack = Math.max(1e-6, 0.011 * Math.abs(costOf(run.slots, run.startAt, rates)));
        expect(best).toBeLessThanOrEqual(costOf(run.slots, other, rates) + slack);
      }),
      { numRuns: 1000 },
    );
  });

  test("a pause is as long as the appliance allows, ends in time and never makes the rest dearer", () => {
    let paused = 0;
    fc.assert(
      fc.property(slots, tariff, span(3600), span(20_000), span(40_000), (rest, tariff, leastS, mostS, endS) => {
        const rate = (at: number) => priceAt(tariff, at, zone);
        const latestEndAt = noon + endS * 1000;
        const found = bestPause({ leastS, mostS, rest, latestEndAt }, noon, ratesOf(rate, noon, latestEndAt));
        if (!found) return;
        paused += 1;
        expect(found.seconds).toBeGreaterThanOrEqual(leastS);
        expect(found.seconds).toBeLessThanOrEqual(mostS);
        const left = rest.reduce((sum, s) => sum + s.seconds * 1000, 0);
        expect(noon + found.seconds * 1000 + left).toBeLessThanOrEqual(latestEndAt);
        expect(paid(rest, noon + found.seconds * 1000, rate)).toBeLessThanOrEqual(paid(rest, noon, rate) + 1e-6);
      }),
      { numRuns: 1000 },
    );
    expect(paused).toBeGreaterThan(20);
  });

  test("an adjustment stays within what is offered, or there is none", () => {
    const number = fc.integer({ min: -5000, max: 5000 });
    fc.assert(
      fc.property(number, number, span(3600), span(3600), number, span(9999), (leastW, mostW, leastS, mostS, w, s) => {
        const found = within({ leastW, mostW, leastS, mostS }, w, s);
        if (leastW > mostW || leastS > mostS) {
          expect(found).toBeUndefined();
          return;
        }
        expect(found?.watts).toBeGreaterThanOrEqual(leastW);
        expect(found?.watts).toBeLessThanOrEqual(mostW);
        expect(found?.seconds).toBeGreaterThanOrEqual(leastS);
        expect(found?.seconds).toBeLessThanOrEqual(mostS);
      }),
    );
  });
});

describe("a dishwasher of two hours on a tariff with a cheap night", () => {
  const night = (at: number) => (new Date(at).getUTCHours() >= 21 || new Date(at).getUTCHours() < 5 ? 0.18 : 0.34);
  const wash = [
    { seconds: 1800, watts: 2000 },
    { seconds: 3600, watts: 60 },
    { seconds: 1800, watts: 2000 },
  ];
  const planned: Run = {
    slots: wash,
    startAt: noon + 7 * HOUR,
    earliestAt: noon + HOUR,
    latestEndAt: noon + 18 * HOUR,
    lengthMs: 2 * HOUR,
  };

  test("begins when the night does", () => {
    const rates = ratesOf(night, noon, noon + 18 * HOUR);
    const found = bestStart(planned, noon, rates);
    expect(found && new Date(found.at).toISOString()).toBe("2026-11-22T21:00:00.000Z");
    expect(found?.cost).toBeCloseTo(0.18 * 2.06, 6);
    expect(found?.otherwise).toBeCloseTo(0.34 * 2.06, 6);
  });

  test("stays where it is when it is as cheap there, when it has begun, and when it can't be moved", () => {
    const rates = ratesOf(night, noon, noon + 18 * HOUR);
    expect(bestStart({ ...planned, startAt: noon + 10 * HOUR }, noon, rates)).toBeUndefined();
    expect(bestStart({ ...planned, startAt: noon - MINUTE }, noon, rates)).toBeUndefined();
    expect(bestStart({ ...planned, latestEndAt: undefined }, noon, rates)).toBeUndefined();
    expect(bestStart({ ...planned, latestEndAt: noon + 2 * HOUR }, noon, rates)).toBeUndefined();
  });

  test("is paused over the last dear half hour, though not for longer than it allows", () => {
    const now = noon + 8.5 * HOUR;
    const rest = restOf(wash, 2, 1200);
    expect(energyOf(rest)).toBeCloseTo(2 / 3, 6);
    const rates = ratesOf(night, now, now + 10 * HOUR);
    const pause = { leastS: 60, mostS: 3600, rest, latestEndAt: noon + 18 * HOUR };
    expect(bestPause(pause, now, rates)?.seconds).toBe(1800);
    // Ten minutes do not reach the night, but the last minute of the run comes no cheaper by them either.
    expect(bestPause({ ...pause, mostS: 300 }, now, rates)).toBeUndefined();
    expect(bestPause({ ...pause, latestEndAt: now + 1500 * 1000 }, now, rates)).toBeUndefined();
  });

  test("a band that begins at any minute counts from that minute", () => {
    const rates = ratesOf((at) => (at >= noon + 67 * MINUTE ? 0.1 : 0.3), noon, noon + 3 * HOUR);
    expect(rates.map((r) => [(r.from - noon) / MINUTE, r.rate])).toEqual([
      [0, 0.3],
      [67, 0.1],
    ]);
  });
});
