/**
 * What surplus is worth in a house with more than a battery: what the battery leaves, a car, a tank or a room takes instead of the grid later.
 * A battery that knew only what export pays would keep room for sun that others use as well.
 */
import { mostIn } from "../../schedule/devices/stepped.ts";
import type { Device, Problem, Runner } from "../../schedule/problem.ts";
import type { Schedule } from "../../schedule/schedule.ts";
import { importCost } from "../../schedule/weigh.ts";

/** Warmth that is stored is in part lost until it is needed. */
const KEPT = { car: 1, tank: 0.9, room: 0.8 } as const;

export interface Absorbed {
  /** kWh that are planned to come from the grid after a slot, and could be taken in it. */
  readonly kwh: number;
  /** What they would cost then, currency per kWh. */
  readonly price: number;
}

const isRunner = (d: Device): d is Runner => d.kind === "car" || d.kind === "tank" || d.kind === "room";

/** By slot. */
export function absorbedBy(problem: Problem, schedule: Schedule): Absorbed[] {
  const absorbed = problem.slots.map(() => ({ kwh: 0, paid: 0 }));
  for (const device of problem.devices.filter(isRunner)) {
    const planned = schedule.devices.find((d) => d.id === device.id)?.slots ?? [];
    let [kwh, paid] = [0, 0];
    for (let t = problem.slots.length - 1; t >= 0; t--) {
      const sum = absorbed[t];
      if (sum && mostIn({ problem }, device, t) > 0) {
        sum.kwh += kwh;
        sum.paid += paid;
      }
      const slot = problem.slots[t];
      const fromGrid = Math.max(0, Math.min(planned[t]?.kwh ?? 0, schedule.importKwh[t] ?? 0));
      kwh += fromGrid;
      paid += slot ? fromGrid * importCost(problem, slot) * KEPT[device.kind] : 0;
    }
  }
  return absorbed.map(({ kwh, paid }) => ({ kwh, price: kwh > 0 ? paid / kwh : 0 }));
}
