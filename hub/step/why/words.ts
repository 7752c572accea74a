import { offsetAt } from "../../energy/zone.ts";
import { clockOf, DAY, dayAt, MINUTE, partsOf } from "../../rules/time/day.ts";
import { dateInWords } from "../../rules/time/words.ts";

const weekdays = ["", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/** A moment by the home's clock, as it is said `now`: "at 14:02", "yesterday at 14:02", "on Sunday at 14:02", "on 3 May at 14:02". */
export function atWords(at: number, now: number, timeZone: string): string {
  const minute = Math.floor(at / MINUTE) * MINUTE;
  const clock = `at ${clockOf((minute + offsetAt(minute, timeZone)) % DAY)}`;
  const days = dayAt(now, timeZone) - dayAt(at, timeZone);
  const { weekday, month, date, year } = partsOf(dayAt(at, timeZone));
  if (days === 0) return clock;
  if (days === 1) return `yesterday ${clock}`;
  if (days === -1) return `tomorrow ${clock}`;
  if (Math.abs(days) < 7) return `on ${weekdays[weekday]} ${clock}`;
  return `on ${dateInWords(month, date)}${Math.abs(days) > 300 ? ` ${year}` : ""} ${clock}`;
}

export const upper = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** A sentence of these words: a capital letter at its beginning, one full stop at its end. */
export const sentence = (text: string): string => `${upper(text.trim()).replace(/[.\s]+$/, "")}.`;
