/** Days as whole numbers since 1970-01-01 and times of day as ms since midnight: cheap to walk over for years. */
import { offsetAt, stretchAt } from "../../energy/zone.ts";

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export interface DayParts {
  readonly year: number;
  /** 1..12 */
  readonly month: number;
  readonly date: number;
  /** 1 = Monday .. 7 = Sunday. */
  readonly weekday: number;
  /** Whether it is the last day of its month. */
  readonly last: boolean;
}

/** The parts of a day by the Gregorian calendar. */
export function partsOf(day: number): DayParts {
  const at = new Date(day * DAY);
  return {
    year: at.getUTCFullYear(),
    month: at.getUTCMonth() + 1,
    date: at.getUTCDate(),
    weekday: ((at.getUTCDay() + 6) % 7) + 1,
    last: new Date((day + 1) * DAY).getUTCDate() === 1,
  };
}

/** ms since midnight of HH:MM or HH:MM:SS. */
export function msOf(clock: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = clock.split(":").map(Number);
  return hours * HOUR + minutes * MINUTE + seconds * 1000;
}

/** HH:MM of ms since midnight, with seconds where there are any; more than a day wraps. */
export function clockOf(ms: number): string {
  const text = new Date(((ms % DAY) + DAY) % DAY).toISOString();
  return text.slice(11, text.slice(17, 19) === "00" ? 16 : 19);
}

/** The local day of a moment. Throws RangeError for an unknown zone. */
export const dayAt = (at: number, timeZone: string): number => Math.floor((at + offsetAt(at, timeZone)) / DAY);

/**
 * The moment (epoch ms) at which the clock shows `ms` on a day: the first of two; where the clock jumps over the time,
 * the moment of the jump.
 */
export function momentOf(day: number, ms: number, timeZone: string): number {
  const wall = day * DAY + ms;
  // Offsets lie within 15 hours of UTC, so that the moment itself cannot lie before this.
  let stretch = stretchAt(wall - 15 * HOUR, timeZone);
  for (;;) {
    const at = Math.max(stretch.from, wall - stretch.offset);
    if (at < stretch.to) return at;
    stretch = stretchAt(stretch.to, timeZone);
  }
}
