/** Local time of a home, by Intl: daylight saving days (23 and 25 hours) come out right without a table of our own. */
import type { ClockTime } from "../model/plan.ts";
import type { Band } from "../model/tariff.ts";
import { offsetAt } from "./zone.ts";

export interface LocalTime {
  /** Since local midnight by the clock on the wall, 0..1439. */
  readonly minutes: number;
  /** 1 = Monday .. 7 = Sunday. */
  readonly weekday: number;
  /** YYYY-MM-DD */
  readonly day: string;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const DAY_MINUTES = 1440;

/** Wall-clock time at an epoch ms. Throws RangeError for an unknown IANA zone. */
export function localTime(at: number, timeZone: string): LocalTime {
  const wall = at + offsetAt(at, timeZone);
  return { minutes: minutesOf(wall), weekday: weekdayOf(wall), day: dayText(Math.floor(wall / DAY)) };
}

/** Days whose text was made before; then the memory starts over. Two months of quarter hours ask for each a hundred times. */
const MAX_DAYS = 4096;
const texts = new Map<number, string>();

function dayText(day: number): string {
  const known = texts.get(day);
  if (known !== undefined) return known;
  const text = new Date(day * DAY).toISOString().slice(0, 10);
  if (texts.size >= MAX_DAYS) texts.clear();
  texts.set(day, text);
  return text;
}

/** Of ms of a clock on the wall, as if they were UTC. Without a Date: bands of prices are asked for at each quarter hour of years. */
const minutesOf = (wall: number): number => Math.floor((wall - Math.floor(wall / DAY) * DAY) / MINUTE);

/** The first day of 1970 was a Thursday. */
const weekdayOf = (wall: number): number => ((((Math.floor(wall / DAY) + 3) % 7) + 7) % 7) + 1;

/** Epoch ms of the first moment of the local day that `at` lies in. */
export function startOfLocalDay(at: number, timeZone: string): number {
  return atLocalMinutes(at, 0, timeZone);
}

/**
 * Epoch ms at which the wall clock of the local day of `at` shows `minutes` since midnight. A time that the
 * clock skips in spring is moved on by the skipped hour; of a time shown twice in autumn the first is meant.
 */
export function atLocalMinutes(at: number, minutes: number, timeZone: string): number {
  const wallNow = at + offsetAt(at, timeZone);
  return atWall(Math.floor(wallNow / (24 * HOUR)) * 24 * HOUR + minutes * MINUTE, timeZone);
}

/** Epoch ms at which the clock on the wall shows `wall`, ms as if it were UTC. Skipped and repeated times as above. */
export function atWall(wall: number, timeZone: string): number {
  const before = offsetAt(wall - 24 * HOUR, timeZone);
  const early = wall - before;
  if (offsetAt(early, timeZone) === before) return early;
  const later = wall - offsetAt(wall + 24 * HOUR, timeZone);
  return offsetAt(later, timeZone) === offsetAt(wall + 24 * HOUR, timeZone) ? later : early;
}

/** Epoch ms of the next moment after `at` at which the clock shows `minutes`. */
export function nextLocalMinutes(at: number, minutes: number, timeZone: string): number {
  const today = atLocalMinutes(at, minutes, timeZone);
  return today > at ? today : atLocalMinutes(startOfLocalDay(at, timeZone) + 36 * HOUR, minutes, timeZone);
}

/** Epoch ms of the last moment at or before `at` at which the clock showed `minutes`. */
export function lastLocalMinutes(at: number, minutes: number, timeZone: string): number {
  const today = atLocalMinutes(at, minutes, timeZone);
  return today <= at ? today : atLocalMinutes(startOfLocalDay(at, timeZone) - 12 * HOUR, minutes, timeZone);
}

/** Minutes since midnight of `HH:MM` (24:00 is the end of the day, 1440). Throws RangeError naming the text. */
export function parseClock(text: ClockTime): number {
  return parsed.get(text) ?? parse(text);
}

/** Times of day that were read before: as many as can be written. */
const parsed = new Map<string, number>();

function parse(text: ClockTime): number {
  const match = /^(\d{1,2}):(\d{2})$/.exec(text);
  const minutes = Number(match?.[1] ?? Number.NaN) * 60 + Number(match?.[2] ?? Number.NaN);
  if (!(minutes <= DAY_MINUTES) || Number(match?.[2]) > 59)
    throw new RangeError(`"${text}" is no time of day: write it as HH:MM, for example 07:30`);
  parsed.set(text, minutes);
  return minutes;
}

/** `HH:MM` of minutes since midnight; more than a day wraps. */
export function clockText(minutes: number): ClockTime {
  const m = ((Math.round(minutes) % DAY_MINUTES) + DAY_MINUTES) % DAY_MINUTES;
  return `${String(Math.floor(m / 60)).padStart(2, "0")}:${String(m % 60).padStart(2, "0")}`;
}

/** Whether the time lies in the band. From equal to to is the whole day; over midnight the weekday is that of the start. */
export function inBand(band: Band, at: number, timeZone: string): boolean {
  const wall = at + offsetAt(at, timeZone);
  const [minutes, weekday] = [minutesOf(wall), weekdayOf(wall)];
  const from = parseClock(band.from);
  const to = parseClock(band.to);
  const onDay = (day: number) => band.weekdays === undefined || band.weekdays.includes(day);
  if (from === to) return onDay(weekday);
  if (from < to) return minutes >= from && minutes < to && onDay(weekday);
  if (minutes >= from) return onDay(weekday);
  return minutes < to && onDay(weekday === 1 ? 7 : weekday - 1);
}
