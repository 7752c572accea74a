/** Hot water: warm enough at each hour people want it, however much is drawn. */
import type { Problem, Tank } from "../problem.ts";
import { unitWeights } from "../weigh.ts";
import type { DeviceModel } from "./device.ts";
import { buildWarmth, course, followWarmth, greedyWarmth, plainWarmth, type Warmth } from "./warm.ts";

function warmthOf(d: Tank, problem: Problem): Warmth {
  const courses = problem.slots.map((slot, t) => {
    const kPerKwh = (d.cop[t] ?? 1) / d.kwhPerK;
    const drawn = (d.drawKwh[t] ?? 0) / d.kwhPerK / slot.hours;
    return course(slot.hours, d.lossKwPerK / d.kwhPerK, d.surroundingsC, kPerKwh, -drawn);
  });
  return {
    device: d,
    start: d.temperatureC,
    keep: courses.map((c) => c.keep),
    gain: courses.map((c) => c.gain),
    drift: courses.map((c) => c.drift),
    low: problem.slots.map((_, t) => Math.min(d.lowC[t] ?? 0, d.highC)),
    high: problem.slots.map(() => d.highC),
    hardHigh: true,
    wish: d.wish,
    unit: unitWeights.tankKh,
    cold: "warmWater",
  };
}

export const tank: DeviceModel<Tank> = {
  build: (d, b) => buildWarmth(warmthOf(d, b.problem), b),
  follow: (d, problem, wanted, guarded) => followWarmth(warmthOf(d, problem), problem, wanted, guarded),
  plain: (d, problem) => plainWarmth(warmthOf(d, problem), problem),
  greedy: (d, problem, around) => greedyWarmth(warmthOf(d, problem), problem, around),
};
