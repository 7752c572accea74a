/** Days as a date field holds them (`2026-12-24`), in a home's own time zone. */

const MINUTE = 60_000;
const DAY = 86_400_000;

/** The day in which a moment falls. */
export function dayOf(at: number, timeZone: string | undefined): string {
  const parts = new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" });
  return parts.format(at);
}

/** Epoch ms of a day's begin, where it may not begin at 00:00; undefined for what is no day. */
export function startOf(day: string, timeZone: string | undefined): number | undefined {
  const noon = Date.parse(`${day}T12:00:00Z`);
  if (Number.isNaN(noon)) return undefined;
  // The day's first minute lies between 26 hours before and 14 after its noon in UTC, and days only go forward.
  let [before, within] = [noon - 2 * DAY, noon + DAY];
  while (dayOf(within, timeZone) < day) within += DAY;
  while (within - before > MINUTE) {
    const middle = Math.floor((before + within) / 2 / MINUTE) * MINUTE;
    if (dayOf(middle, timeZone) < day) before = middle;
    else within = middle;
  }
  return Math.ceil(within / MINUTE) * MINUTE;
}

/** The day after. */
export const nextDay = (day: string): string =>
  new Date(Date.parse(`${day}T12:00:00Z`) + DAY).toISOString().slice(0, 10);
