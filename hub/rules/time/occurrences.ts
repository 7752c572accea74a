/** When a trigger of the clock comes: pure, from its written form and the home's place alone. */
import type { CalendarTrigger, Place, TimeTrigger } from "../../model/rule/time.ts";
import { DAY, HOUR, MINUTE } from "./day.ts";
import { planOf } from "./plan.ts";
import { sunMoments } from "./sun.ts";
import { wallMoments } from "./walls.ts";

/** The most moments that are told at once; later ones are left out. */
export const MAX_OCCURRENCES = 10_000;

/** How far ahead the next one is looked for: past every 29 February of this century. */
const AHEAD = 5 * 366 * DAY;

/**
 * The moments (epoch ms, rising, each once) at which the trigger comes in (from, to]: the first 10,000 of them. Throws
 * RangeError for an unknown time zone.
 */
export function occurrences(trigger: TimeTrigger, from: number, to: number, place: Place): readonly number[] {
  const found: number[] = [];
  for (const at of momentsOf(trigger, Math.floor(from), to, place)) {
    found.push(at);
    if (found.length >= MAX_OCCURRENCES) break;
  }
  return found;
}

/** The first moment after `after`; undefined if there is none for five years. Throws as `occurrences` does. */
export function nextOccurrence(trigger: TimeTrigger, after: number, place: Place): number | undefined {
  const from = Math.floor(after);
  for (const at of momentsOf(trigger, from, from + AHEAD, place)) return at;
  return undefined;
}

/**
 * The last moment in (after, to], however many came before it: what is caught up after a long time off. Looks back in
 * ever longer steps, so that a rule of every minute costs no more than a yearly one. Throws as `occurrences` does.
 */
export function lastOccurrence(trigger: TimeTrigger, after: number, to: number, place: Place): number | undefined {
  const from = Math.floor(after);
  for (let [high, step] = [to, HOUR]; high > from; high -= step, step *= 4) {
    const low = Math.max(from, high - step);
    let last: number | undefined;
    for (const at of momentsOf(trigger, low, high, place)) last = at;
    if (last !== undefined) return last;
  }
  return undefined;
}

function momentsOf(trigger: TimeTrigger, after: number, to: number, place: Place): Iterable<number> {
  switch (trigger.kind) {
    case "time":
    case "every":
    case "cron":
      return wallMoments(planOf(trigger), after, to, place.timeZone);
    case "sun":
      return sunMoments(trigger, after, to, place);
    case "calendar":
      return calendarMoments(trigger, after, to, place);
  }
}

function calendarMoments(trigger: CalendarTrigger, after: number, to: number, { spans = [] }: Place): number[] {
  const offset = (trigger.offsetMinutes ?? 0) * MINUTE;
  const edges = spans
    .filter((span) => span.entry === trigger.entry)
    .map((span) => (trigger.edge === "begins" ? span.from : span.to) + offset)
    .filter((at) => at > after && at <= to);
  return [...new Set(edges)].sort((a, b) => a - b);
}
