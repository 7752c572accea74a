/** When a car usually drives and how much that takes, from the trips that were seen. */
import { localTime } from "../energy/clock.ts";
import { daysOf, type History, timeOf } from "./history.ts";
import { median, quantile } from "./numbers.ts";

/** Away from step `from` (not included) to step `to`, and back with `used` percent less. */
export interface Trip {
  readonly from: number;
  readonly to: number;
  readonly used: number;
}

/** Nobody likes to come home on the last percent. */
const SPARE_PERCENT = 10;
/** Percent with which people leave on a drive that takes `used`; never above `most`. */
export const enoughFor = (used: number, most: number): number => Math.min(most, used + SPARE_PERCENT);

/** As many trips of one weekday speak for themselves; so many of its kind (Monday to Friday, the weekend) otherwise. */
const OWN = 4;
const KIND = 2;
const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;
const isWeekend = (weekday: number): boolean => weekday > 5;

/**
 * Facts of a car's drives: percent that nine in ten and that half of them take at most, usual minutes of the day of leaving and of coming
 * home, and by weekday (`away1` = Monday) the share of days on which it drove (`away`), and when it then left and came home.
 */
export function habitsOf(h: History, trips: readonly Trip[]): Record<string, number> {
  const weekdayOf = (step: number) => localTime(timeOf(h, step), h.timeZone).weekday;
  const minutes = (step: number) => localTime(timeOf(h, step), h.timeZone).minutes;
  const leaves = (of: readonly Trip[]) => median(of.map((t) => minutes(t.from)));
  const arrives = (of: readonly Trip[]) => median(of.map((t) => minutes(t.to)));
  const days = daysOf(h);
  const drove = new Set(trips.map((t) => localTime(timeOf(h, t.from), h.timeZone).day));
  const used = trips.map((t) => t.used);
  const facts: Record<string, number> = {
    tripPercent: quantile(used, 0.9),
    usualTripPercent: median(used),
    arrivesMinutes: arrives(trips),
    leavesMinutes: leaves(trips),
    trips: trips.length,
  };
  for (const weekday of WEEKDAYS) {
    const all = days.filter((d) => weekdayOf(d.from) === weekday);
    const own = trips.filter((t) => weekdayOf(t.from) === weekday);
    const kind = trips.filter((t) => isWeekend(weekdayOf(t.from)) === isWeekend(weekday));
    const like = own.length >= OWN ? own : kind.length >= KIND ? kind : trips;
    facts[`away${weekday}`] = all.filter((d) => drove.has(d.day)).length / Math.max(1, all.length);
    facts[`leaves${weekday}`] = leaves(like);
    facts[`arrives${weekday}`] = arrives(like);
  }
  return facts;
}
