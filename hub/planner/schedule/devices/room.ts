/** A room that is heated or cooled, as one store of warmth. */
import type { Problem, Room } from "../problem.ts";
import { unitWeights } from "../weigh.ts";
import type { DeviceModel } from "./device.ts";
import { buildWarmth, course, followWarmth, greedyWarmth, plainWarmth, type Warmth } from "./warm.ts";

function warmthOf(d: Room, problem: Problem): Warmth {
  const courses = problem.slots.map((slot, t) =>
    course(slot.hours, d.lossPerHour, d.outsideC[t] ?? 0, d.kPerKwh[t] ?? 0, d.freeK[t] ?? 0),
  );
  return {
    device: d,
    start: d.temperatureC,
    keep: courses.map((c) => c.keep),
    gain: courses.map((c) => c.gain),
    drift: courses.map((c) => c.drift),
    low: problem.slots.map((_, t) => d.lowC[t] ?? 0),
    high: problem.slots.map((_, t) => Math.max(d.lowC[t] ?? 0, d.highC[t] ?? 0)),
    hardHigh: false,
    wish: d.wish,
    unit: unitWeights.roomKh,
    cold: "tooCold",
  };
}

export const room: DeviceModel<Room> = {
  build: (d, b) => buildWarmth(warmthOf(d, b.problem), b),
  follow: (d, problem, wanted, guarded) => followWarmth(warmthOf(d, problem), problem, wanted, guarded),
  plain: (d, problem) => plainWarmth(warmthOf(d, problem), problem),
  greedy: (d, problem, around) => greedyWarmth(warmthOf(d, problem), problem, around),
};
