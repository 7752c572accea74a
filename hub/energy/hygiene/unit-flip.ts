/** The same counter in another unit, as after an update of its firmware. */
import type { Stand } from "../../model/repair.ts";
import { type Limits, type Memory, stepOf } from "./memory.ts";
import { allowed, ROUNDING_KWH } from "./plausible.ts";

/** Wh and kWh, watt-seconds, watt-minutes, hundredths and tenths. */
const FACTORS: readonly number[] = [1000, 3_600_000, 60_000, 100, 10];
/** A smaller stand fits too many units. */
const LEAST_KWH = 1;
const COARSEST_KWH = 1;

/** The scale that makes the new stand go on from the old one, with the kWh counted in between; undefined where none does. */
export function otherUnit(
  memory: Memory,
  first: Stand,
  last: Stand,
  limits: Limits,
): { readonly scale: number; readonly kwh: number } | undefined {
  const stood = memory.good.kwh * memory.scale;
  if (stood < LEAST_KWH || first.kwh <= 0) return undefined;
  const near = Math.min(allowed(memory, first, limits), stood * 0.01 + 0.1);
  const further = (limits.limitW * Math.max(0, last.at - first.at)) / 3.6e9;
  for (const factor of FACTORS)
    for (const scale of first.kwh > memory.good.kwh ? [memory.scale / factor] : [memory.scale * factor]) {
      const step = Math.min(memory.step, stepOf(first.kwh), stepOf(last.kwh)) * scale;
      // In so coarse a unit nearly every stand would fit.
      if (step > COARSEST_KWH) continue;
      const kwh = first.kwh * scale - stood;
      if (kwh < -Math.max(ROUNDING_KWH, stood * 0.001) || kwh > near) continue;
      if ((last.kwh - first.kwh) * scale <= further + step) return { scale, kwh: Math.max(0, kwh) };
    }
  return undefined;
}
