/** Billing periods: days, months and years that need not begin with the calendar's. */
import type { LocalDate, YearDay } from "../../model/tariff-book.ts";

const DAY = 86_400_000;
const at = (day: LocalDate): number => Date.parse(`${day}T00:00:00Z`);
const dateOf = (time: number): LocalDate => new Date(time).toISOString().slice(0, 10);

/**
 * The first day of the period that a day lies in. A month that begins on the 29th, 30th or 31st begins on the last day of
 * a shorter month.
 */
export function periodStart(day: LocalDate, per: "day" | "month" | "year", starts: YearDay = "01-01"): LocalDate {
  if (per === "day") return day;
  const [year = 0, month = 0] = day.split("-").map(Number);
  const [firstMonth = 1, first = 1] = starts.split("-").map(Number);
  const begin = (y: number, m: number) => {
    const last = new Date(Date.UTC(y, m, 0)).getUTCDate();
    return dateOf(Date.UTC(y, m - 1, Math.min(first, last)));
  };
  const here = per === "year" ? begin(year, firstMonth) : begin(year, month);
  if (here <= day) return here;
  return per === "year" ? begin(year - 1, firstMonth) : begin(year, month - 1);
}

/** How many days the period has that begins on a day. */
export function periodDays(start: LocalDate, per: "day" | "month" | "year", starts?: YearDay): number {
  if (per === "day") return 1;
  const next = periodStart(dateOf(at(start) + (per === "month" ? 40 : 370) * DAY), per, starts);
  return Math.round((at(next) - at(start)) / DAY);
}
