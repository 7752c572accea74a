/** Days, weeks, months and years of a home's calendar as stretches of time: a day may have 23 or 25 hours. */
import type { CalendarUnit } from "../model/calendar.ts";
import { atWall, localTime } from "./clock.ts";

/**
 * The first moments (epoch ms, rising) of the local days, weeks (from Monday), months or years that [from, to) touches,
 * and of the one after. A day that a zone left out (as Samoa did on its way over the date line) is not there. Throws
 * RangeError for an unknown zone.
 */
export function calendarEdges(unit: CalendarUnit, timeZone: string, from: number, to: number): number[] {
  const { day, weekday } = localTime(from, timeZone);
  const [year = 1970, month = 1, date = 1] = day.split("-").map(Number);
  const wallOf = (n: number): number => {
    if (unit === "day") return Date.UTC(year, month - 1, date + n);
    if (unit === "week") return Date.UTC(year, month - 1, date - weekday + 1 + 7 * n);
    return unit === "month" ? Date.UTC(year, month - 1 + n, 1) : Date.UTC(year + n, 0, 1);
  };
  const edges: number[] = [];
  for (let n = 0; (edges.at(-1) ?? Number.NEGATIVE_INFINITY) < to; n++) {
    const edge = atWall(wallOf(n), timeZone);
    if (edge > (edges.at(-1) ?? Number.NEGATIVE_INFINITY)) edges.push(edge);
  }
  return edges;
}
