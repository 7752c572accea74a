/** A car at its charger: what it has by the times people leave, and what driving takes. */
import { type Car, type CarNeed, endOf, type Problem, type Wish } from "../problem.ts";
import type { BrokenWish } from "../schedule.ts";
import { laterPrice, ratesOf } from "../weigh.ts";
import type { Build, DeviceModel, Followed, Kwh, Surroundings } from "./device.ts";
import { energies, mostIn, reading } from "./stepped.ts";

interface Due {
  /** Slot at whose end it counts; -1: at once. */
  readonly slot: number;
  readonly kwh: number;
  readonly need: CarNeed;
}

const HOUR = 3_600_000;

/** Needs by the slots that have ended by then. What is due after the last slot can in part still be charged later. */
function duesOf(d: Car, problem: Problem): Due[] {
  const { slots } = problem;
  const last = slots.at(-1);
  const end = last ? endOf(last) : 0;
  return d.needs.flatMap((need) => {
    if (need.by <= problem.at) return [];
    const later = Math.max(0, need.by - end) / HOUR;
    const kwh = Math.min(need.storedKwh, ceilingOf(d)) - later * d.maxKw * d.efficiency;
    const next = slots.findIndex((s) => endOf(s) > need.by);
    return kwh > 0 ? [{ slot: next < 0 ? slots.length - 1 : next - 1, kwh, need }] : [];
  });
}

const ceilingOf = (d: Car): number => Math.max(d.fullKwh, d.storedKwh);
const endValueOf = (d: Car, price: number): number => d.endValue ?? d.efficiency * price;
/** A drive that its charge is not enough for breaks the first wish. */
const driving = (d: Car): Wish => d.needs[0]?.wish ?? { goal: "", priority: 1 };

function follow(d: Car, problem: Problem, wanted: Kwh): Followed {
  const rates = ratesOf(problem);
  const [kwh, level]: [number[], number[]] = [[], []];
  let stored = d.storedKwh;
  let penalty = 0;
  const broken: BrokenWish[] = [];
  problem.slots.forEach((slot, t) => {
    const used = d.usedKwh?.[t] ?? 0;
    const room = Math.max(0, (ceilingOf(d) - stored + used) / d.efficiency);
    const taken = Math.min(Math.max(0, wanted[t] ?? 0), mostIn({ problem }, d, t), room);
    const after = stored + taken * d.efficiency - used;
    if (after < -0.01)
      broken.push({ kind: "ready", device: d.id, goal: driving(d).goal, by: -after, unit: "kWh", at: slot.from });
    penalty += Math.max(0, -after) * rates(driving(d));
    stored = Math.max(0, after);
    kwh.push(taken);
    level.push(stored);
  });
  for (const { slot, kwh: due, need } of duesOf(d, problem)) {
    const short = Math.max(0, due - (level[slot] ?? d.storedKwh));
    penalty += short * rates(need.wish);
    if (short > 0.01)
      broken.push({ kind: "ready", device: d.id, goal: need.wish.goal, by: short, unit: "kWh", at: need.by });
  }
  return { kwh, level, broken, penalty, wear: 0, leftOver: stored * endValueOf(d, laterPrice(problem)) };
}

/** As evcc does: what is over from the sun, and until each departure the cheapest slots that are enough. */
function greedy(d: Car, problem: Problem, { rest, price }: Surroundings): Kwh {
  const least = (t: number) => d.minKw * (problem.slots[t]?.hours ?? 0);
  const want = problem.slots.map((_, t) => {
    const over = Math.max(0, -(rest[t] ?? 0));
    return over >= least(t) ? Math.min(over, mostIn({ problem }, d, t)) : 0;
  });
  for (const { slot, kwh } of duesOf(d, problem).sort((a, b) => a.slot - b.slot)) {
    const cheapest = problem.slots
      .map((_, t) => t)
      .filter((t) => t <= slot && mostIn({ problem }, d, t) > (want[t] ?? 0));
    cheapest.sort((a, b) => (price[a] ?? 0) - (price[b] ?? 0) || a - b);
    for (const t of cheapest) {
      const missing = kwh - (follow(d, problem, want).level?.[slot] ?? 0);
      if (missing <= 1e-6) break;
      want[t] = Math.min(mostIn({ problem }, d, t), Math.max(least(t), (want[t] ?? 0) + missing / d.efficiency));
    }
  }
  return follow(d, problem, want).kwh;
}

/** Currency per kWh and hour: enough that at an even price nothing is bought long before it is needed, too little to cost a cheaper hour. */
const ROOM = 2e-4;

/** What is in the car beyond its next need takes the room of sun that nobody foresaw, and may never be needed if plans change. */
function keepRoom({ model, problem }: Build, levels: readonly number[], dues: readonly Due[]): void {
  problem.slots.forEach(({ hours }, t) => {
    const [next] = dues.filter(({ slot }) => slot >= t).sort((a, b) => a.slot - b.slot);
    const level = levels[t];
    if (!next || level === undefined) return;
    model.row(Number.NEGATIVE_INFINITY, next.kwh, [
      [level, 1],
      [model.column(ROOM * hours), -1],
    ]);
  });
}

export const car: DeviceModel<Car> = {
  build(d, b) {
    const { model, problem } = b;
    const energy = energies(b, d);
    const levels: number[] = [];
    const worth = endValueOf(d, b.laterPrice);
    problem.slots.forEach((_, t) => {
      const used = d.usedKwh?.[t] ?? 0;
      const level = model.column(t === problem.slots.length - 1 ? -worth : 0, 0, ceilingOf(d));
      const before = levels.at(-1);
      const from = (before === undefined ? d.storedKwh : 0) - used;
      const { column, factor } = energy[t] ?? { column: 0, factor: 0 };
      const row = model.row(from, from, [
        [level, 1],
        [column, -factor * d.efficiency],
      ]);
      if (before !== undefined) model.term(row, before, -1);
      if (used > 0) model.term(row, model.column(b.rates(driving(d))), -1);
      levels.push(level);
    });
    const dues = duesOf(d, problem);
    keepRoom(b, levels, dues);
    for (const { slot, kwh, need } of dues) {
      const level = levels[slot];
      if (level === undefined) continue;
      const short = model.column(b.rates(need.wish));
      model.row(kwh, Number.POSITIVE_INFINITY, [
        [level, 1],
        [short, 1],
      ]);
    }
    return reading(b, energy);
  },
  follow,
  plain: (d, problem) =>
    follow(
      d,
      problem,
      problem.slots.map((_, t) => mostIn({ problem }, d, t)),
    ).kwh,
  greedy,
};
