/** A machine whose programme runs once in one piece: each possible start is a yes or no. */
import { type Appliance, endOf, type Problem } from "../problem.ts";
import type { BrokenWish } from "../schedule.ts";
import { ratesOf, unitWeights } from "../weigh.ts";
import type { DeviceModel, Followed, Kwh, Surroundings } from "./device.ts";

const HOUR = 3_600_000;
const MINUTE = 60_000;

/** A start at a slot's begin that ends within the slots. */
export interface Start {
  readonly slot: number;
  /** By slot from `slot` on. */
  readonly kwh: Kwh;
  readonly lateH: number;
}

export const cycleKwh = (d: Appliance): number => d.cycle.reduce((sum, part) => sum + (part.kw * part.minutes) / 60, 0);
const cycleMs = (d: Appliance): number => d.cycle.reduce((sum, part) => sum + part.minutes * MINUTE, 0);

/** The programme's energy in each slot if it begins at `begin`. */
function energyFrom(d: Appliance, problem: Problem, first: number, begin: number): number[] {
  const kwh: number[] = [];
  const end = begin + cycleMs(d);
  for (let t = first; t < problem.slots.length; t++) {
    const slot = problem.slots[t];
    if (!slot || slot.from >= end) break;
    let from = begin;
    let sum = 0;
    for (const part of d.cycle) {
      const to = from + part.minutes * MINUTE;
      sum += (part.kw * Math.max(0, Math.min(to, endOf(slot)) - Math.max(from, slot.from))) / HOUR;
      from = to;
    }
    kwh.push(sum);
  }
  return kwh;
}

/** All starts that may be, late ones too. */
export function startsOf(d: Appliance, problem: Problem): Start[] {
  const last = problem.slots.at(-1);
  const end = last ? endOf(last) : 0;
  return problem.slots.flatMap((slot, t) => {
    const begin = Math.max(slot.from, t === 0 ? problem.at : slot.from);
    const done = begin + cycleMs(d);
    if (begin < d.earliest || done > end) return [];
    const kwh = energyFrom(d, problem, t, begin);
    if (kwh.some((_, k) => d.blocked?.[t + k] === true)) return [];
    return [{ slot: t, kwh, lateH: Math.max(0, done - d.by) / HOUR }];
  });
}

/** Where it can still be done in time after the last slot, leaving it out costs what its energy costs then. */
function leftOut(d: Appliance, problem: Problem, rate: number): { cost: number; broken: boolean } {
  const last = problem.slots.at(-1);
  const later = d.by - cycleMs(d) >= (last ? endOf(last) : 0);
  const mean = problem.slots.reduce((sum, s) => sum + s.importPrice, 0) / Math.max(1, problem.slots.length);
  if (later) return { cost: Math.max(0, mean) * cycleKwh(d), broken: false };
  return { cost: rate * unitWeights.notRun * Math.max(1, cycleKwh(d)), broken: true };
}

/** Later than this counts no more, so that late is always better than never. */
const MOST_LATE_H = 12;
const lateness = (d: Appliance, lateH: number, rate: number): number =>
  rate * unitWeights.lateH * Math.min(MOST_LATE_H, lateH) * Math.max(1, cycleKwh(d));

/** The start whose course is nearest to wanted energies; undefined: it is not to run. */
function startIn(starts: readonly Start[], wanted: Kwh, whole: number): Start | undefined {
  if (wanted.reduce((a, b) => a + b, 0) < whole / 10) return undefined;
  let best: { start: Start; away: number } | undefined;
  for (const start of starts) {
    const away = wanted.reduce((sum, kwh, t) => sum + Math.abs(kwh - (start.kwh[t - start.slot] ?? 0)), 0);
    if (!best || away < best.away - 1e-9) best = { start, away };
  }
  return best?.start;
}

function follow(d: Appliance, problem: Problem, wanted: Kwh): Followed {
  const rate = ratesOf(problem)(d.wish);
  const start = startIn(startsOf(d, problem), wanted, cycleKwh(d));
  const kwh = problem.slots.map((_, t) => (start ? (start.kwh[t - start.slot] ?? 0) : 0));
  const of = { device: d.id, goal: d.wish.goal, at: d.by };
  const none = { kwh, wear: 0, leftOver: 0 };
  if (!start) {
    const { cost, broken } = leftOut(d, problem, rate);
    const wish: BrokenWish = { kind: "notRun", ...of, by: cycleKwh(d), unit: "kWh" };
    return { ...none, penalty: cost, broken: broken ? [wish] : [] };
  }
  const late: BrokenWish = { kind: "late", ...of, by: start.lateH * 60, unit: "min" };
  return { ...none, penalty: lateness(d, start.lateH, rate), broken: start.lateH > 1 / 60 ? [late] : [] };
}

/** Starts where its energy costs least, in time if it can be. */
function greedy(d: Appliance, problem: Problem, { rest, price }: Surroundings): Kwh {
  const rate = ratesOf(problem)(d.wish);
  const costOf = (start: Start) =>
    start.kwh.reduce(
      (sum, kwh, k) => {
        const t = start.slot + k;
        const sun = Math.min(kwh, Math.max(0, -(rest[t] ?? 0)));
        return sum + sun * (problem.slots[t]?.exportPrice ?? 0) + (kwh - sun) * (price[t] ?? 0);
      },
      lateness(d, start.lateH, rate),
    );
  const best = startsOf(d, problem).reduce<Start | undefined>(
    (a, b) => (a && costOf(a) <= costOf(b) ? a : b),
    undefined,
  );
  const free = leftOut(d, problem, rate);
  const runs = best && costOf(best) < free.cost ? best : undefined;
  return problem.slots.map((_, t) => runs?.kwh[t - runs.slot] ?? 0);
}

export const appliance: DeviceModel<Appliance> = {
  build(d, b) {
    const { model, problem } = b;
    const rate = b.rates(d.wish);
    const starts = startsOf(d, problem);
    const before = b.before(d.id);
    const planned = before && startIn(starts, before, cycleKwh(d))?.slot;
    const stay = problem.weights.steadiness * cycleKwh(d);
    const left = model.column(leftOut(d, problem, rate).cost, 0, 1);
    const once = model.row(1, 1, [[left, 1]]);
    const parts = problem.slots.map(() => [] as [column: number, kwh: number][]);
    for (const start of starts) {
      const nudge = b.nudge(start.slot) * cycleKwh(d) - (start.slot === planned ? stay : 0);
      const column = model.switch(lateness(d, start.lateH, rate) + nudge);
      model.term(once, column, 1);
      start.kwh.forEach((kwh, k) => {
        parts[start.slot + k]?.push([column, kwh]);
        b.uses(undefined, start.slot + k, column, kwh);
      });
    }
    return (values) =>
      parts.map((part) => part.reduce((sum, [column, kwh]) => sum + Math.round(values[column] ?? 0) * kwh, 0));
  },
  follow,
  plain: (d, problem) => {
    const first = startsOf(d, problem)[0];
    return problem.slots.map((_, t) => first?.kwh[t - first.slot] ?? 0);
  },
  greedy,
};
