/** A register that ran over: it went on from zero after its highest number. */
import type { Stand } from "../../model/repair.ts";
import type { Limits, Memory } from "./memory.ts";
import { allowed } from "./plausible.ts";

/**
 * Where registers end, in kWh: displays of four to six digits, and 16, 24, 31 and 32 bits that count Wh, tenths, hundredths or
 * whole kWh, watt-minutes or watt-seconds.
 */
const ENDS: readonly number[] = [
  1000,
  10_000,
  100_000,
  1_000_000,
  65.536,
  655.36,
  6553.6,
  65_536,
  2 ** 24 / 1000,
  2 ** 31 / 1000,
  2 ** 32 / 1000,
  2 ** 32 / 60_000,
  2 ** 32 / 3_600_000,
];

/** kWh counted over the end of a register, or undefined where none is near. */
export function overTheEnd(memory: Memory, first: Stand, limits: Limits): number | undefined {
  const { good, scale } = memory;
  const most = allowed(memory, first, limits);
  for (const end of ENDS) {
    const told = end / (scale === 1 ? 1 : scale);
    const kwh = (told - good.kwh + first.kwh) * scale;
    // Near in its own measure too: after a long silence nearly every end is near enough in kWh.
    if (good.kwh < told && good.kwh >= told * 0.98 && first.kwh <= told * 0.02 && kwh <= most) return kwh;
  }
  return undefined;
}
