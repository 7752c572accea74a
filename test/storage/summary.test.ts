import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { equalSlots, slotsBetween } from "../../hub/storage/slots.ts";
import { HOLD, MINUTE, merge, type Summary, summarise, toBuckets } from "../../hub/storage/summary.ts";
import { bruteForce } from "./brute-force.ts";

const points = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 3 * 60 * MINUTE }), fc.integer({ min: -5000, max: 5000 })), {
    maxLength: 60,
  })
  .map((list) => list.sort(([a], [b]) => a - b));

const whole = (
  list: readonly (readonly [number, number])[],
  bucketMs: number,
  from: number,
  to: number,
  now = Infinity,
) => {
  const into = new Map<number, Summary>();
  const window = { slots: equalSlots(0, bucketMs), from, to, now };
  summarise({ ats: list.map(([at]) => at), values: list.map(([, v]) => v) }, window, into);
  return into;
};

const hours = equalSlots(0, 60 * MINUTE);
const fives = equalSlots(0, 5 * MINUTE);

describe("a bucket of history", () => {
  test("weighs a value by the time it held", () => {
    const list = [
      [0, 100],
      [4 * MINUTE, 0],
      [5 * MINUTE, 7],
    ] as const;
    expect(toBuckets(whole(list, 5 * MINUTE, 0, 5 * MINUTE), fives, 5 * MINUTE)).toEqual([
      { at: 0, min: 0, mean: 80, max: 100, last: 0, count: 2, coverage: 1 },
    ]);
  });

  test("is not filled by a value that nobody has confirmed for 15 minutes", () => {
    const list = [
      [0, 100],
      [45 * MINUTE, 0],
    ] as const;
    const [bucket] = toBuckets(whole(list, 60 * MINUTE, 0, 60 * MINUTE), hours, 60 * MINUTE);
    // 15 minutes of 100, 30 unknown, 15 of 0.
    expect(bucket).toMatchObject({ mean: 50, count: 2, coverage: 0.5 });
  });

  test("counts the value of the present only until now", () => {
    const list = [
      [0, 100],
      [MINUTE, 0],
    ] as const;
    const [bucket] = toBuckets(whole(list, 5 * MINUTE, 0, 5 * MINUTE, 2 * MINUTE), fives, 2 * MINUTE);
    expect(bucket).toMatchObject({ mean: 50, coverage: 1 });
  });

  test("is what a second-by-second look at the readings gives, and its mean lies between its extremes", () => {
    fc.assert(
      fc.property(points, fc.constantFrom(MINUTE, 5 * MINUTE, 17 * MINUTE, 60 * MINUTE), (list, bucketMs) => {
        const to = 4 * 60 * MINUTE;
        const got = toBuckets(whole(list, bucketMs, 0, to), equalSlots(0, bucketMs), to);
        expect(got).toEqual(bruteForce(list, { from: 0, to, buckets: bucketMs, now: Infinity }));
        for (const b of got) expect(b.mean >= b.min && b.mean <= b.max).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test("lies between any edges, whatever order the times come in", () => {
    const rising = fc
      .uniqueArray(fc.integer({ min: 0, max: 1000 }), { minLength: 2, maxLength: 30 })
      .map((list) => list.sort((a, b) => a - b));
    fc.assert(
      fc.property(rising, fc.array(fc.integer({ min: 0, max: 1000 })), (edges, times) => {
        const slots = slotsBetween(edges);
        for (const at of times) {
          const wanted = edges.slice(1, -1).filter((edge) => edge <= at).length;
          expect(slots.of(at)).toBe(wanted);
        }
      }),
    );
  });

  test("follows exactly from smaller buckets of any division of the time", () => {
    fc.assert(
      fc.property(points, fc.integer({ min: 1, max: 200 }), (list, cut) => {
        const middle = cut * MINUTE;
        const to = 200 * MINUTE + HOLD;
        const parts = new Map<number, Summary>();
        for (const [from, until] of [
          [0, middle],
          [middle, to],
        ] as const)
          for (const [bucket, part] of whole(list, 5 * MINUTE, from, until))
            merge(parts, Math.floor(bucket / 12), part);
        const got = toBuckets(parts, hours, to);
        const wanted = toBuckets(whole(list, 60 * MINUTE, 0, to), hours, to);
        expect(got.map((b) => ({ ...b, mean: 0 }))).toEqual(wanted.map((b) => ({ ...b, mean: 0 })));
        for (const [i, b] of got.entries()) expect(b.mean).toBeCloseTo(wanted[i]?.mean ?? Number.NaN, 6);
      }),
      { numRuns: 300 },
    );
  });
});
