/** The stretch of time, or the moment, that a question with "why" is about. */
import { atLocalMinutes, lastLocalMinutes, localTime, startOfLocalDay } from "../energy/clock.ts";
import type { Ask, ClockMoment, Day, DayPart } from "./meaning.ts";

const DAY_MS = 24 * 3_600_000;
const HOUR_MS = 3_600_000;
/** What did not come "at 7" may have been meant a little before or after it. */
const AROUND_MS = 30 * 60_000;

interface Span {
  readonly from: number;
  readonly to: number;
}

/** Epoch ms, never after `now`. "Why was it" at a time of day is a moment; "why was it not" has half an hour on either side. */
export function timeOf(ask: Extract<Ask, { ask: "why" }>, now: number, timeZone: string): Span {
  const { day, part, at, not } = ask;
  if (at) {
    const moment = momentOf(at, { day, part, now }, timeZone);
    return not ? past(moment - AROUND_MS, moment + AROUND_MS, now) : past(moment, moment, now);
  }
  if (day === undefined && part === undefined) return { from: not ? now - DAY_MS : now, to: now };
  const span = spanOf(day ?? "today", now, timeZone);
  return part ? partOf(span.from, part, now, timeZone) : span;
}

const past = (from: number, to: number, now: number): Span => ({ from: Math.min(from, now), to: Math.min(to, now) });

interface Asked {
  readonly day?: Day | undefined;
  readonly part?: DayPart | undefined;
  readonly now: number;
}

/** The time of day on the day that was said, or else the last time that the clock showed it. */
function momentOf({ minutes, either }: ClockMoment, { day, part, now }: Asked, timeZone: string): number {
  const both = either ? [minutes % 720, (minutes % 720) + 720] : [minutes];
  if (day === undefined) return Math.max(...both.map((one) => lastLocalMinutes(now, one, timeZone)));
  const span = spanOf(day, now, timeZone);
  const within = part ? partOf(span.from, part, now, timeZone) : span;
  // A night begins on one day and ends on the next.
  const all = [span.from, span.to].flatMap((edge) => both.map((one) => atLocalMinutes(edge, one, timeZone)));
  const fit = all.filter((one) => one >= within.from && one <= within.to);
  return Math.min(now, fit.length > 0 ? Math.max(...fit) : Math.min(...all));
}

const HOURS: Readonly<Record<DayPart, readonly [from: number, to: number]>> = {
  ...{ morning: [4, 12], afternoon: [12, 18], evening: [16, 24], night: [20, 34] },
};

/** A part of the day that a moment lies in; a night ends in the next morning. */
function partOf(at: number, part: DayPart, now: number, timeZone: string): Span {
  const start = startOfLocalDay(at, timeZone);
  const [from, to] = HOURS[part];
  return past(start + from * HOUR_MS, start + to * HOUR_MS, now);
}

/** The part of the day that has been. */
function spanOf(day: Day, now: number, timeZone: string): Span {
  const today = startOfLocalDay(now, timeZone);
  const back = (days: number) => startOfLocalDay(today - (days - 0.5) * DAY_MS, timeZone);
  switch (day) {
    case "today":
      return past(today, now, now);
    case "yesterday":
      return past(back(1), today, now);
    case "dayBefore":
      return past(back(2), back(1), now);
    case "morning":
      return past(today, today + 12 * HOUR_MS, now);
    case "evening":
      return past(today + 16 * HOUR_MS, now, now);
    case "night":
      return past(back(1) + 18 * HOUR_MS, today + 10 * HOUR_MS, now);
    default: {
      const days = (localTime(now, timeZone).weekday - day.weekday + 7) % 7;
      return days === 0 ? past(today, now, now) : past(back(days), back(days - 1), now);
    }
  }
}
