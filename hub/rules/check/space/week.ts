/** Times as minutes of a week from Monday 00:00, and days as numbers of a leap year from 0. */
import { localTime, parseClock } from "../../../energy/clock.ts";
import type { Condition, SunMoment } from "../../../model/rule/condition.ts";
import type { Place, SunEvent, SunTrigger, TimeTrigger } from "../../../model/rule/time.ts";
import { DAY, MINUTE, msOf, partsOf } from "../../time/day.ts";
import { type ClockTrigger, planOf } from "../../time/plan.ts";
import { isOverMidnight, sunDay } from "../../time/sun.ts";
import { type Interval, numbers, type Range, span } from "./range.ts";

const DAY_MINUTES = 1440;
const WEEK = 7 * DAY_MINUTES;
export const minutesOfWeek: Range = numbers(span(0, WEEK));
export const daysOfYear: Range = numbers(span(0, 366));

const everyDay: readonly number[] = [1, 2, 3, 4, 5, 6, 7];

/** A stretch of minutes of a week; what runs out of the week comes in at its other end. */
const stretch = (from: number, to: number): readonly Interval[] => {
  const low = ((from % WEEK) + WEEK) % WEEK;
  const high = low + Math.min(to - from, WEEK);
  return high <= WEEK ? [span(low, high)] : [span(low, WEEK), span(0, high - WEEK)];
};

/** A part of the day on some days of the week; over midnight it belongs to the day on which it begins. */
export function bandRange({
  from,
  to,
  weekdays = everyDay,
}: {
  from: string;
  to: string;
  weekdays?: readonly number[] | undefined;
}): Range {
  const low = parseClock(from);
  const high = parseClock(to);
  const length = high > low ? high - low : high === low ? DAY_MINUTES : DAY_MINUTES - low + high;
  // From equal to to is the whole of the day itself, whatever the time.
  const begin = high === low ? 0 : low;
  return numbers(
    ...weekdays.flatMap((day) => stretch((day - 1) * DAY_MINUTES + begin, (day - 1) * DAY_MINUTES + begin + length)),
  );
}

/** Minutes of the day, fractions allowed, on each day of a week. */
export const eachDay = (parts: readonly Interval[]): Range =>
  numbers(
    ...everyDay.flatMap((day) =>
      parts.map((p) => ({
        ...p,
        lo: Math.max(0, p.lo) + (day - 1) * DAY_MINUTES,
        hi: Math.min(DAY_MINUTES, p.hi) + (day - 1) * DAY_MINUTES,
      })),
    ),
  );

const wholeDay = (day: number): Interval => span((day - 1) * DAY_MINUTES, day * DAY_MINUTES);
/** Whole days of the week. */
export const weekdaysRange = (days: readonly number[]): Range => numbers(...days.map(wholeDay));

const monthStarts: readonly number[] = [0, 31, 60, 91, 121, 152, 182, 213, 244, 274, 305, 335];
/** The number of `MM-DD` in a leap year, from 0. */
export const dayNumber = (text: string): number =>
  (monthStarts[Number(text.slice(0, 2)) - 1] ?? 0) + Number(text.slice(3)) - 1;

/** A part of the year, both days included. */
export function datesRange(from: string, to: string): Range {
  const low = dayNumber(from);
  const high = dayNumber(to);
  return low <= high ? numbers(span(low, high + 1)) : numbers(span(0, high + 1), span(low, 366));
}

/** When a trigger comes: minutes of the week, and days of the year where it does not come on all. */
export interface Moments {
  readonly minutes?: Range | undefined;
  readonly days?: Range | undefined;
}

const known = new WeakMap<ClockTrigger, Moments>();

/** When a trigger can come, at most; nothing is said of what may come late or by the calendar. */
export function momentsOf(trigger: TimeTrigger, place: Place): Moments {
  if (trigger.late === "catchUp" || trigger.kind === "calendar") return {};
  if (trigger.kind === "sun") return sunMoments(trigger, place);
  const found = known.get(trigger) ?? clockMoments(trigger);
  known.set(trigger, found);
  return found;
}

/** A leap year, whose days are all dates there are; weekdays and dates repeat after 28 years. */
const FIRST_DAY = Date.UTC(2020, 0, 1) / DAY;
const YEAR = 366;
const DAYS = 28 * YEAR;
/** More dates than this are no rare ones: some years show all of their weekdays. */
const RARE = 40;

function clockMoments(trigger: ClockTrigger): Moments {
  const { weekdays, dates } = daysOf(trigger);
  // What comes late in its minute may be met by the tick in the next one.
  const minutes = planOf(trigger).times.flatMap((ms) => {
    const minute = Math.floor(ms / MINUTE);
    return ms % MINUTE >= 50_000 ? [minute, minute + 1] : [minute];
  });
  const starts = weekdays.map((day) => (day - 1) * DAY_MINUTES);
  return {
    minutes: numbers(...starts.flatMap((day) => minutes.flatMap((m) => stretch(day + m, day + m + 1)))),
    ...(dates ? { days: numbers(...dates.map((d) => span(d, d + 1))) } : {}),
  };
}

/** On which days of the week and of the year it comes; no dates: on all. */
function daysOf(trigger: ClockTrigger): { readonly weekdays: readonly number[]; readonly dates?: readonly number[] } {
  if (trigger.kind === "every") return { weekdays: everyDay };
  const { onDay } = planOf(trigger);
  if (trigger.kind === "time" && !trigger.dates && !trigger.months) return { weekdays: trigger.weekdays ?? everyDay };
  const weekdays = new Set<number>();
  const dates = new Set<number>();
  for (let day = FIRST_DAY; day < FIRST_DAY + DAYS; day++) {
    if (!onDay(day)) continue;
    const { weekday, month, date } = partsOf(day);
    weekdays.add(weekday);
    dates.add((monthStarts[month - 1] ?? 0) + date - 1);
    if (day >= FIRST_DAY + 8 * YEAR && dates.size > RARE) break;
  }
  return { weekdays: [...weekdays], ...(dates.size === YEAR ? {} : { dates: [...dates] }) };
}

const SAMPLE_YEAR = Date.UTC(2026, 0, 1) / DAY;
/** So far may a time of the sun lie from those of the days looked at. */
const PAD = 20;

type SunBetween = Extract<Condition, { kind: "sunBetween" }>;

interface SunYear {
  /** By event: the earliest and the latest minute of the day; undefined where it does not come on all days, or over midnight. */
  readonly bounds: ReadonlyMap<SunEvent, readonly [number, number]>;
}

const years = new Map<string, SunYear>();
/** Places that are remembered; then the memory starts over. */
const MAX_PLACES = 8;

function sunYear(place: Place): SunYear {
  const key = `${place.latitude} ${place.longitude} ${place.timeZone}`;
  const found = years.get(key);
  if (found) return found;
  if (years.size >= MAX_PLACES) years.clear();
  const bounds = new Map<SunEvent, readonly [number, number]>();
  for (const event of ["sunrise", "sunset", "dawn", "dusk", "noon"] as const) {
    const minutes: number[] = [];
    let all = true;
    for (let day = SAMPLE_YEAR; day < SAMPLE_YEAR + 366; day += 8) {
      const at = sunDay(day, place)[event];
      if (at === undefined) all = false;
      else minutes.push(localTime(at, place.timeZone).minutes);
    }
    const [low, high] = [Math.min(...minutes) - PAD, Math.max(...minutes) + PAD];
    if (all && minutes.length > 0 && high - low < 12 * 60 && low > 0 && high < DAY_MINUTES)
      bounds.set(event, [low, high]);
  }
  const year = { bounds };
  years.set(key, year);
  return year;
}

/** Minutes of the week in which the sun is up, or down, on some day of the year at least; undefined where that is not known. */
export function sunMinutes(place: Place, is: "up" | "down"): Range | undefined {
  const { bounds } = sunYear(place);
  const rise = bounds.get("sunrise");
  const set = bounds.get("sunset");
  // Far from the zone's own longitude the sun sets after midnight by the clock.
  if (!rise || !set || rise[1] >= set[0]) return undefined;
  return is === "up" ? eachDay([span(rise[0], set[1])]) : eachDay([span(0, rise[1]), span(set[0], DAY_MINUTES)]);
}

/**
 * Minutes of the week in which it can be so (or not so) that the day is between two moments of the sun, on some day of the year;
 * undefined where that is not known.
 */
export function sunBetweenMinutes({ from, to }: SunBetween, place: Place, so: boolean): Range | undefined {
  const { bounds } = sunYear(place);
  /** The earliest and the latest minute; what is left out is midnight. */
  const ends = (moment: SunMoment | undefined, none: number): readonly [number, number] | undefined => {
    if (!moment) return [none, none];
    const [low, high] = bounds.get(moment.event) ?? [];
    const noon = bounds.get("noon");
    if (low === undefined || high === undefined || !noon) return undefined;
    // Far from the zone's own longitude what comes after noon comes after midnight by the clock.
    const [isMorning, isEvening] = [
      isOverMidnight({ event: "noon" }, moment),
      isOverMidnight(moment, { event: "noon" }),
    ];
    if ((isMorning && high > noon[0]) || (isEvening && low < noon[1])) return undefined;
    const { offsetMinutes: by = 0 } = moment;
    return [low + by, high + by];
  };
  const [begins, finishes] = [ends(from, 0), ends(to, DAY_MINUTES)];
  if (!begins || !finishes) return undefined;
  const over = from !== undefined && to !== undefined && isOverMidnight(from, to);
  // An offset may move a moment out of its day.
  const part = (low: number, high: number) => (Math.max(0, low) < Math.min(DAY_MINUTES, high) ? [span(low, high)] : []);
  const within = (low: number, high: number) => eachDay(part(low, high));
  const apart = (low: number, high: number) => eachDay([...part(0, low), ...part(high, DAY_MINUTES)]);
  if (over) return so ? apart(finishes[1], begins[0]) : within(finishes[0], begins[1]);
  return so ? within(begins[0], finishes[1]) : apart(begins[1], finishes[0]);
}

function sunMoments(
  { event, offsetMinutes = 0, notBefore, notAfter, weekdays = everyDay }: SunTrigger,
  place: Place,
): Moments {
  const bounds = sunYear(place).bounds.get(event);
  if (!bounds) return {};
  const clamp = (m: number): number => {
    const late = notBefore === undefined ? m : Math.max(m, msOf(notBefore) / MINUTE);
    return notAfter === undefined ? late : Math.min(late, msOf(notAfter) / MINUTE);
  };
  const [low, high] = bounds.map((m) => clamp(m + offsetMinutes));
  if (low === undefined || high === undefined) return {};
  return {
    minutes: numbers(
      ...weekdays.flatMap((d) =>
        stretch((d - 1) * DAY_MINUTES + Math.floor(low), (d - 1) * DAY_MINUTES + Math.floor(high) + 1),
      ),
    ),
  };
}
