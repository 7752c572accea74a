/** Units of the calendar on the wall: a day may have 23 or 25 hours, a month 28 to 31 days. */
export type CalendarUnit = "day" | "week" | "month" | "year";

const DAY = 86_400_000;

/** What a unit usually lasts, ms: for drawing and for counting ahead, never for adding. */
export const usualMs: Readonly<Record<CalendarUnit, number>> = {
  day: DAY,
  week: 7 * DAY,
  month: 30 * DAY,
  year: 365 * DAY,
};
