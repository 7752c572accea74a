import { describe, expect, test } from "vitest";
import { DAYS_KEPT, HourRing } from "../../hub/twin/forecast/hour-ring.ts";
import { NetPaths } from "../../hub/twin/forecast/net-paths.ts";

const FIRST = 24 * 19_000;
const sunAt = (t: number) => Math.max(0, Math.sin((((t % 24) - 6) / 12) * Math.PI)) * 2;
const loadAt = (t: number) => (t % 24 >= 18 && t % 24 < 22 ? 1.5 : 0.4);

/** Told of `hours` hours, asked before each of them, as a hub does. */
function learned(hours: number, load: (t: number) => number, sun: (t: number) => number): NetPaths {
  const net = new NetPaths(24);
  for (let t = 0; t < hours; t++) {
    net.likely(FIRST + t);
    net.put(FIRST + t, load(t), sun(t));
  }
  return net;
}

describe("the ways the next hours may go", () => {
  test("are not told before two days are known", () => {
    expect(learned(47, loadAt, sunAt).paths(FIRST + 47)).toEqual([]);
    expect(learned(48, loadAt, sunAt).paths(FIRST + 48)).toHaveLength(1);
  });

  test("are one and the same where each day is like the last", () => {
    const now = 24 * 40;
    for (const { netKwh } of learned(now, loadAt, sunAt).paths(FIRST + now))
      netKwh.forEach((kwh, k) => {
        // The hours beside an hour speak too, so an edge of the day is a little round.
        if ([10, 11, 12, 2, 3].includes(k)) expect(kwh).toBeCloseTo(loadAt(k) - sunAt(k), 1);
      });
  });

  test("keep a grey day grey: one that begins without sun is foreseen with less of it", () => {
    const grey = (t: number) => (Math.floor(t / 24) % 3 === 0 ? 0.25 : 1);
    const now = 24 * 42 + 11;
    const sun = (t: number) => sunAt(t) * grey(t);
    const bright = learned(now + 24, loadAt, sun).likely(FIRST + now + 24)?.sun;
    const dull = learned(now, loadAt, sun).likely(FIRST + now)?.sun;
    expect(dull?.[0]).toBeLessThan(0.6 * (bright?.[0] ?? 0));
  });

  test("follow a load that has just risen, and forget it the further ahead the hour is", () => {
    const guests = (t: number) => loadAt(t) + (Math.floor(t / 6) % 7 === 0 ? 1 : 0);
    const now = 42 * 24 + 2;
    const seen = learned(now, guests, () => 0).likely(FIRST + now);
    const usual = learned(now + 12, guests, () => 0).likely(FIRST + now + 12);
    expect(guests(now - 1)).toBeGreaterThan(guests(now + 11));
    expect((seen?.load[0] ?? 0) - (usual?.load[12] ?? 0)).toBeGreaterThan(0.3);
  });

  test("have no load below nothing and no sun above the clearest sky, whatever the past errors", () => {
    let state = 1;
    const chance = () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return state / 2 ** 32;
    };
    const now = 24 * 20;
    const net = learned(
      now,
      (t) => loadAt(t) * (chance() < 0.2 ? 4 : chance()),
      (t) => sunAt(t) * chance(),
    );
    for (const { netKwh, weight } of net.paths(FIRST + now)) {
      expect(weight).toBeGreaterThan(0);
      for (const kwh of netKwh) expect(kwh).toBeGreaterThanOrEqual(-2 * 1.05 - 1e-9);
      for (const k of [0, 1, 2, 3, 22, 23]) expect(netKwh[k]).toBeGreaterThanOrEqual(0);
    }
  });

  test("go on over hours nobody knows, and over a clock that jumped", () => {
    const now = 24 * 30;
    const holes = learned(now, (t) => (t % 50 < 5 ? Number.NaN : loadAt(t)), sunAt);
    for (const { netKwh } of holes.paths(FIRST + now)) expect(netKwh.every(Number.isFinite)).toBe(true);
    const later = FIRST + now + 24 * 10;
    expect(holes.likely(later)?.load.every(Number.isFinite)).toBe(true);
    expect(holes.likely(FIRST + now + 24 * 365)).toBeUndefined();
  });
});

describe("the hours that are kept", () => {
  test("are the last weeks; the future, gaps and older hours are unknown, and an hour that came twice is its mean", () => {
    const ring = new HourRing();
    ring.put(100, 1);
    ring.put(103, 2);
    ring.put(103, 4);
    ring.put(50, 9);
    expect([100, 101, 102, 103, 104, 50].map((h) => ring.at(h))).toEqual([
      1,
      Number.NaN,
      Number.NaN,
      3,
      Number.NaN,
      Number.NaN,
    ]);
    ring.put(103 + DAYS_KEPT * 24, 5);
    expect(ring.at(103)).toBeNaN();
    ring.put(103 + 10 * DAYS_KEPT * 24, 6);
    expect(ring.at(103 + DAYS_KEPT * 24 + 1)).toBeNaN();
  });
});
