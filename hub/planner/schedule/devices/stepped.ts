/** Power that is nothing or between two limits. */
import type { Runner } from "../problem.ts";
import { type Build, steady } from "./device.ts";

/** kWh of a slot = factor times the column. */
export interface Energy {
  readonly column: number;
  readonly factor: number;
}

/** A least power below this share of the most is no step worth a yes or no. */
const NO_STEP = 0.05;

/** Most that it takes in a slot, kWh; 0 where it may not run. */
export function mostIn(b: Pick<Build, "problem">, device: Runner, slot: number): number {
  if (device.blocked?.[slot] === true) return 0;
  if (device.kind === "tank" && device.rests?.[slot] === true) return 0;
  if (device.kind === "car" && device.present[slot] !== true) return 0;
  return Math.max(0, device.maxKw) * (b.problem.slots[slot]?.hours ?? 0);
}

/**
 * One energy a slot. Where yes and no are decided, an on-off device is one switch, a stepped one a switch beside its energy.
 * A start counts where the slot before was off; before the first slot the device is taken to be as planned.
 */
export function energies(b: Build, device: Runner): Energy[] {
  const before = b.before(device.id);
  let last: { on: number } | undefined;
  return b.problem.slots.map((slot, t) => {
    const most = mostIn(b, device, t);
    const least = Math.min(most, device.minKw * slot.hours);
    const switched = most > 0 && device.minKw > NO_STEP * device.maxKw && b.decided(t);
    const nudge = b.nudge(t);
    if (!switched) {
      last = undefined;
      const column = b.model.column(nudge, 0, most);
      if (before && most > 0) steady(b, column, 1, before[t] ?? 0, most);
      return { column, factor: 1 };
    }
    const on = b.model.switch(0);
    const energy = least >= most - 1e-9 ? { column: on, factor: most } : between(b, on, least, most);
    b.model.addCost(energy.column, nudge * energy.factor);
    if (before) steady(b, energy.column, energy.factor, before[t] ?? 0, most);
    if ((device.startCost ?? 0) > 0 && t > 0) {
      const start = b.model.column(device.startCost ?? 0, 0, 1);
      b.model.row(0, Number.POSITIVE_INFINITY, [[start, 1], [on, -1], ...(last ? [[last.on, 1] as const] : [])]);
    }
    last = { on };
    return energy;
  });
}

function between(b: Build, on: number, least: number, most: number): Energy {
  const column = b.model.column(0, 0, most);
  b.model.row(0, Number.POSITIVE_INFINITY, [
    [column, 1],
    [on, -least],
  ]);
  b.model.row(Number.NEGATIVE_INFINITY, 0, [
    [column, 1],
    [on, -most],
  ]);
  return { column, factor: 1 };
}

/** Tells the house of it, and gives what reads it. */
export function reading(b: Build, energy: readonly Energy[]): (values: Float64Array) => number[] {
  energy.forEach(({ column, factor }, t) => {
    b.uses(undefined, t, column, factor);
  });
  return (values) => energy.map(({ column, factor }) => clean((values[column] ?? 0) * factor));
}

/** Solvers leave traces of their tolerance. */
export const clean = (kwh: number): number => (Math.abs(kwh) < 1e-6 ? 0 : kwh);
