/** Small made-up homes whose days are known, for tests of the battery's planning. */
import type { HomeHours } from "../../hub/cli/energy-bench/home.ts";
import type { Prices } from "../../hub/cli/energy-bench/prices.ts";
import type { BatteryFacts } from "../../hub/planner/storage/battery.ts";

export const battery = (capacityKwh: number, kw: number, roundTrip: number): BatteryFacts => ({
  capacityKwh,
  chargeKw: kw,
  dischargeKw: kw,
  chargeEfficiency: Math.sqrt(roundTrip),
  dischargeEfficiency: Math.sqrt(roundTrip),
});

/** Numbers 0..1 that are the same in every run. */
export function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** 2024-01-01T00:00 as local day * 24. */
const FIRST = Date.UTC(2024, 0, 1) / 3_600_000;

/** A home that cooks in the evening and has sun at noon; `restless` 0 is the same each day, 1 is like a real one. */
export function madeUpHome(days: number, restless: number, seed = 1, sunKw = 2): HomeHours {
  const next = chance(seed);
  const count = days * 24;
  const load = new Float64Array(count);
  const sun = new Float64Array(count);
  let sky = 1;
  for (let t = 0; t < count; t++) {
    const clock = t % 24;
    if (clock === 0) sky = 1 - restless * 0.8 * next();
    const usual = clock >= 17 && clock < 22 ? 1.6 : clock >= 6 && clock < 9 ? 0.8 : 0.3;
    load[t] = usual * (1 + restless * 1.2 * (next() - 0.5)) + (next() < 0.1 * restless ? 2 : 0);
    sun[t] = Math.max(0, Math.sin(((clock - 6) / 12) * Math.PI)) * sunKw * sky;
  }
  return {
    starts: Array.from({ length: count }, (_, t) => new Date((FIRST + t) * 3_600_000).toISOString().slice(0, 16)),
    hours: Int32Array.from({ length: count }, (_, t) => FIRST + t),
    load,
    sun,
    price: undefined,
    carbon: undefined,
    notes: [],
  };
}

/** The same price at the same hour of each day, known for a week. */
export function tariff(home: HomeHours, perKwh: (clock: number) => number, exportPrice = 0): Prices {
  const count = home.starts.length;
  return {
    price: Float64Array.from({ length: count }, (_, t) => perKwh(t % 24)),
    exportPrice: new Float64Array(count).fill(exportPrice),
    published: (t) => Math.min(count - t, 168),
  };
}

export const evening = (clock: number): number => (clock >= 16 && clock < 21 ? 0.5 : 0.2);

/** Prices that differ from day to day, published at 13 h for the next day. */
export function dayAhead(home: HomeHours, seed = 7): Prices {
  const next = chance(seed);
  const count = home.starts.length;
  return {
    price: Float64Array.from({ length: count }, (_, t) => evening(t % 24) * (0.5 + next())),
    exportPrice: new Float64Array(count),
    published: (t) => Math.min(count - t, (t % 24 >= 13 ? 48 : 24) - (t % 24)),
  };
}
