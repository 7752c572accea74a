import { describe, expect, test } from "vitest";
import { enoughFor, habitsOf, type Trip } from "../../hub/twin/car-habits.ts";
import type { History } from "../../hub/twin/history.ts";

const HOUR = 3_600_000;
const WEEKS = 4;
/** A Monday, 00:00 in Berlin. */
const MONDAY = Date.parse("2026-11-02T00:00:00+01:00");
const history: History = {
  ...{ from: MONDAY, stepMs: HOUR / 4, steps: WEEKS * 7 * 96, timeZone: "Europe/Berlin" },
  series: new Map(),
};
/** On a day (0 = the first Monday) from one hour to another. */
const trip = (day: number, from: number, to: number, used: number): Trip => ({
  from: day * 96 + from * 4,
  to: day * 96 + to * 4,
  used,
});
const weeks = Array.from({ length: WEEKS }, (_, k) => 7 * k);

describe("a car's habits", () => {
  // To work from Monday to Thursday, on Wednesdays for half a day; out on two Saturdays at noon.
  const worked = weeks.flatMap((w) => [trip(w, 7, 17, 20), trip(w + 1, 7, 17, 20), trip(w + 3, 7, 17, 20)]);
  const half = weeks.map((w) => trip(w + 2, 7, 12, 16));
  const out = weeks.slice(0, 2).map((w) => trip(w + 5, 11, 14, 60));
  const facts = habitsOf(
    history,
    [...worked, ...half, ...out].sort((a, b) => a.from - b.from),
  );

  test("it leaves and comes home as it does on that weekday, not as on all days", () => {
    expect([facts.leaves1, facts.arrives1]).toEqual([7 * 60, 17 * 60]);
    expect(facts.arrives3).toBe(12 * 60);
    expect([facts.leaves6, facts.arrives6]).toEqual([11 * 60, 14 * 60]);
  });

  test("a weekday with hardly any drive counts as the others of its kind", () => {
    expect(facts.arrives5).toBe(17 * 60);
    expect(facts.arrives7).toBe(14 * 60);
  });

  test("on which days it drives, and what a usual and a long drive take", () => {
    expect([facts.away1, facts.away5, facts.away6, facts.away7]).toEqual([1, 0, 0.5, 0]);
    expect(facts.usualTripPercent).toBe(20);
    expect(facts.tripPercent).toBeGreaterThan(20);
  });

  test("people leave with a spare tenth, as far as the car takes it", () => {
    expect(enoughFor(20, 90)).toBe(30);
    expect(enoughFor(85, 90)).toBe(90);
  });
});
