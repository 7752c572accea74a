/** One store of warmth in slots: T = keep T' + gain kWh + drift, with a band that people wish for. Tanks and rooms are made of it. */
import type { Problem, Runner, Wish } from "../problem.ts";
import type { BrokenWish } from "../schedule.ts";
import { laterPrice, ratesOf } from "../weigh.ts";
import type { Build, Followed, Kwh, Reader, Surroundings } from "./device.ts";
import { energies, mostIn, reading } from "./stepped.ts";

/** All by slot; temperatures in degC. */
export interface Warmth {
  readonly device: Runner;
  readonly start: number;
  readonly keep: Kwh;
  /** Kelvin per electric kWh. */
  readonly gain: Kwh;
  readonly drift: Kwh;
  readonly low: Kwh;
  readonly high: Kwh;
  /** Its own thermostat ends heating there; else being above is a broken wish. */
  readonly hardHigh: boolean;
  readonly wish: Wish;
  /** Weight of a kelvin-hour beside a kWh that is missing. */
  readonly unit: number;
  readonly cold: "warmWater" | "tooCold";
}

/**
 * The store's exact course over a slot at constant power, for T' = rate (outer - T) + kPerKwh kW + freeK with the rate in 1/h:
 * what is kept of the start, kelvin per kWh, and what is added.
 */
export function course(hours: number, rate: number, outer: number, kPerKwh: number, freeK: number) {
  const keep = Math.exp(-rate * hours);
  const hoursWorth = rate > 1e-9 ? (1 - keep) / rate : hours;
  return { keep, gain: (kPerKwh * hoursWorth) / hours, drift: (1 - keep) * outer + freeK * hoursWorth };
}

const at = (list: Kwh, t: number): number => list[t] ?? 0;

/** The course with no power at all: never above this bound is more than any thermostat can do. */
function untouched(w: Warmth): number[] {
  let now = w.start;
  return w.keep.map((keep, t) => {
    now = keep * now + at(w.drift, t);
    return now;
  });
}

/** Each temperature is low + within + over - under, so that one row a slot is enough. */
export function buildWarmth(w: Warmth, b: Build): Reader {
  const { model, problem } = b;
  const energy = energies(b, w.device);
  const rate = b.rates(w.wish) * w.unit;
  const idle = w.hardHigh ? untouched(w) : [];
  const left = leftPerKelvin(w, b.laterPrice);
  let last: readonly (readonly [number, number])[] = [];
  let lastLow = w.start;
  problem.slots.forEach((slot, t) => {
    const [low, keep] = [at(w.low, t), at(w.keep, t)];
    const span = Math.max(0, at(w.high, t) - low);
    const end = t === problem.slots.length - 1 ? left : 0;
    const within = model.column(-end, 0, w.hardHigh ? Math.max(span, (idle[t] ?? 0) - low) : span);
    const under = model.column(rate * slot.hours + end);
    const terms: [number, number][] = [
      [within, 1],
      [under, -1],
    ];
    if (!w.hardHigh) terms.push([model.column(rate * slot.hours), 1]);
    const row = model.row(keep * lastLow + at(w.drift, t) - low, keep * lastLow + at(w.drift, t) - low, terms);
    const { column, factor } = energy[t] ?? { column: 0, factor: 0 };
    model.term(row, column, -at(w.gain, t) * factor);
    for (const [c, f] of last) model.term(row, c, -keep * f);
    last = terms;
    lastLow = low;
  });
  return reading(b, energy);
}

/** Currency that a kelvin at the end is worth: what it would cost to bring it back later. Cooling has no store of worth. */
function leftPerKelvin(w: Warmth, price: number): number {
  const gain = w.gain.at(-1) ?? 0;
  return gain > 1e-6 ? price / gain : 0;
}

/** Least and most energy so that the temperature at the slot's end stays in [low, high], within what the device can. */
function kept(w: Warmth, problem: Problem, t: number, now: number, wanted: number, guarded: boolean): number {
  const most = mostIn({ problem }, w.device, t);
  const gain = at(w.gain, t);
  const idle = at(w.keep, t) * now + at(w.drift, t);
  let kwh = Math.min(most, Math.max(0, wanted));
  if (Math.abs(gain) < 1e-9) return kwh;
  if (w.hardHigh) kwh = Math.min(kwh, Math.max(0, (at(w.high, t) - idle) / gain));
  if (guarded) {
    const edges = [(at(w.low, t) - idle) / gain, (at(w.high, t) - idle) / gain].sort((a, c) => a - c);
    kwh = Math.min(most, Math.max(0, Math.min(Math.max(kwh, edges[0] ?? 0), Math.max(0, edges[1] ?? most))));
  }
  return kwh;
}

interface Miss {
  k: number;
  at: number;
}

export function followWarmth(w: Warmth, problem: Problem, wanted: Kwh, guarded = false): Followed {
  const rate = ratesOf(problem)(w.wish) * w.unit;
  const [cold, warm]: [Miss, Miss] = [
    { k: 0, at: 0 },
    { k: 0, at: 0 },
  ];
  const kwh: number[] = [];
  const level: number[] = [];
  let now = w.start;
  let penalty = 0;
  const note = (miss: Miss, k: number, t: number) => {
    penalty += Math.max(0, k) * rate * (problem.slots[t]?.hours ?? 0);
    if (k > miss.k) Object.assign(miss, { k, at: problem.slots[t]?.from ?? 0 });
  };
  problem.slots.forEach((_, t) => {
    const taken = kept(w, problem, t, now, wanted[t] ?? 0, guarded);
    now = at(w.keep, t) * now + at(w.gain, t) * taken + at(w.drift, t);
    kwh.push(taken);
    level.push(now);
    note(cold, at(w.low, t) - now, t);
    if (!w.hardHigh) note(warm, now - at(w.high, t), t);
  });
  const broken = [brokenBy(w, w.cold, cold), brokenBy(w, "tooWarm", warm)].flat();
  const above = (w.hardHigh ? now : Math.min(now, w.high.at(-1) ?? now)) - (w.low.at(-1) ?? now);
  return { kwh, level, broken, penalty, wear: 0, leftOver: above * leftPerKelvin(w, laterPrice(problem)) };
}

/** Less than what a thermometer shows is no broken wish. */
const SHOWN_K = 0.05;

function brokenBy(w: Warmth, kind: BrokenWish["kind"], { k, at: when }: Miss): BrokenWish[] {
  if (k < SHOWN_K) return [];
  return [{ kind, device: w.device.id, goal: w.wish.goal, by: k, unit: "K", at: when }];
}

/** A thermostat at the lower edge of the band; a tank's own goes to its upper edge once it is cold. */
export function plainWarmth(w: Warmth, problem: Problem): Kwh {
  const kwh: number[] = [];
  let now = w.start;
  let heating = false;
  problem.slots.forEach((_, t) => {
    const most = mostIn({ problem }, w.device, t);
    const idle = at(w.keep, t) * now + at(w.drift, t);
    if (w.hardHigh) heating = idle < at(w.low, t) || (heating && now < at(w.high, t) - 1);
    const taken = kept(w, problem, t, now, heating ? most : 0, !w.hardHigh);
    kwh.push(taken);
    now = idle + at(w.gain, t) * taken;
  });
  return kwh;
}

/**
 * Goes through the slots; where it gets too cold, the cheapest earlier slots since are filled, sun first. What is lost on the way is
 * taken into account by playing it again.
 */
export function greedyWarmth(w: Warmth, problem: Problem, around: Surroundings): Kwh {
  const want = problem.slots.map(() => 0);
  const cost = (t: number) => (at(around.rest, t) < 0 ? (problem.slots[t]?.exportPrice ?? 0) : at(around.price, t));
  const limit = 4 * problem.slots.length;
  for (let round = 0; round < limit; round++) {
    const { level = [] } = followWarmth(w, problem, want);
    const cold = level.findIndex((c, t) => (at(w.gain, t) < 0 ? c - at(w.high, t) : at(w.low, t) - c) > 0.01);
    if (cold < 0) break;
    let best = -1;
    for (let t = cold; t >= 0 && cold - t < 48; t--) {
      const room = mostIn({ problem }, w.device, t) - (want[t] ?? 0);
      const edge = at(w.gain, t) < 0 ? at(level, t) - at(w.low, t) : at(w.high, t) - at(level, t);
      if (room > 1e-6 && edge > 0.05 && (best < 0 || cost(t) < cost(best) - 1e-9)) best = t;
    }
    if (best < 0) break;
    want[best] = mostIn({ problem }, w.device, best);
  }
  return followWarmth(w, problem, want, true).kwh;
}
