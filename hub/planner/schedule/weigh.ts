/** What things count in currency: one place for the solver's costs and for the bookkeeping that judges its answer. */
import type { Problem, Slot, Wish } from "./problem.ts";

/** A broken wish of priority 1 counts this many times one of priority 2, and so on. */
const STEP = 3;
const LEAST_SCALE = 0.4;
/** The fuse stands above every wish. */
const FUSE = 10 * STEP ** 4;
/** Worth of what is stored at the end, as a share of the lowest price: less than it costs, so that nothing is bought for it. */
const LEFT_OVER = 0.9;

/** Weights of one broken unit beside one missing kWh. */
export const unitWeights = { kwh: 1, roomKh: 1, tankKh: 0.25, reserveKwhH: 0.25, lateH: 0.25, notRun: 4 } as const;

/** Currency that a kWh at most costs or brings here; twice, so that a wish of the lowest priority still beats every price. */
const scaleOf = (problem: Problem): number =>
  2 *
  problem.slots.reduce(
    (most, s) => Math.max(most, Math.abs(importCost(problem, s)), Math.abs(s.exportPrice)),
    LEAST_SCALE / 2,
  );

/** Currency that one unit (a kWh missing) of a broken wish counts. */
export type Rates = (wish: Wish | "fuse") => number;

/** Rates of a problem: the more its energy can cost, the more wishes count. */
export function ratesOf(problem: Problem): Rates {
  const scale = scaleOf(problem);
  const rates = [0, 4, 3, 2, 1, 0].map((power) => scale * problem.weights.comfort * STEP ** power);
  return (wish) => (wish === "fuse" ? scale * FUSE : (rates[wish.priority] ?? scale));
}

const co2Of = (problem: Problem, slot: Slot): number => ((slot.co2GramsPerKwh ?? 0) / 1000) * problem.weights.co2PerKg;

/** Currency that an imported kWh counts, CO2 included. */
export const importCost = (problem: Problem, slot: Slot): number => slot.importPrice + co2Of(problem, slot);

/** Currency that an exported kWh counts, the wish to use it oneself taken off. */
export const exportWorth = (problem: Problem, slot: Slot): number => slot.exportPrice - problem.weights.ownUse;

/** Currency that a kWh to be had after the last slot is worth: below the lowest price there is, never below zero. */
export const laterPrice = (problem: Problem): number =>
  Math.max(0, LEFT_OVER * Math.min(...problem.slots.map((s) => importCost(problem, s))));

export const kgOf = (problem: Problem, slot: Slot, kwh: number): number => kwh * co2Of(problem, slot);
