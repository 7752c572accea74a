/** At which of the slots ahead a demand holds. */
import { type LocalTime, lastLocalMinutes, localTime, nextLocalMinutes, parseClock } from "../../energy/clock.ts";
import type { ClockTime } from "../../model/plan.ts";
import type { Demanded, When } from "../goals/demand.ts";
import type { Slot, Wish } from "../schedule/problem.ts";

/** Who is there, for demands that hold only then. */
export interface Around {
  readonly timeZone: string;
  /** Somebody is home now; undefined: nothing tells. */
  readonly home: boolean | undefined;
  /** How likely somebody is home at a moment (epoch ms), 0..1, by this home's habit; absent where that tells nothing. */
  readonly usually?: ((moment: number) => number) | undefined;
  /** When people have said that nobody is here: epoch ms, `to` exclusive. What was said counts before what is habit. */
  readonly absences?: readonly { readonly from: number; readonly to: number }[];
  /** Epoch ms. */
  readonly at: number;
}

/** What is so now is taken to last so long; later on people are taken to be home where nothing is known of their habit. */
const STAYS_MS = 2 * 3_600_000;

/** Nobody shall come home to the cold because they seldom come at this hour. */
const LIKELY = 0.25;

function inHours({ from, to }: When, minutes: number): boolean {
  if (from === undefined && to === undefined) return true;
  const [first, last] = [parseClock(from ?? "00:00"), parseClock(to ?? "00:00")];
  return first < last ? minutes >= first && minutes < last : minutes >= first || minutes < last;
}

function somebodyThen(around: Around, moment: number): boolean {
  if (moment - around.at <= STAYS_MS && around.home !== undefined) return around.home;
  if (around.absences?.some(({ from, to }) => from <= moment && moment < to)) return false;
  return around.usually === undefined || around.usually(moment) >= LIKELY;
}

/** Days of the week and dates; what runs over midnight is judged by each moment's own day. */
function onDay({ days, firstDay, lastDay }: When, { weekday, day }: LocalTime): boolean {
  if (days && !days.includes(weekday)) return false;
  return (firstDay === undefined || day >= firstDay) && (lastDay === undefined || day <= lastDay);
}

/** Whether it holds at a moment (epoch ms). */
export function holdsAt(when: When, moment: number, around: Around): boolean {
  const local = localTime(moment, around.timeZone);
  const { minutes } = local;
  if (!onDay(when, local)) return false;
  if (when.presence && (when.presence === "home") !== somebodyThen(around, moment)) return false;
  return inHours(when, minutes);
}

/** By slot. */
export const holds = (when: When, slots: readonly Slot[], around: Around): boolean[] =>
  slots.map((slot) => holdsAt(when, slot.from, around));

/** The moments of a time of day within the slots, on the days that are meant; epoch ms. */
export function momentsOf(by: ClockTime, when: When, slots: readonly Slot[], around: Around): number[] {
  const [minutes, last] = [parseClock(by), slots.at(-1)];
  const found: number[] = [];
  if (!last) return found;
  for (let at = nextLocalMinutes(around.at, minutes, around.timeZone); at <= last.from; ) {
    if (onDay(when, localTime(at, around.timeZone))) found.push(at);
    at = nextLocalMinutes(at + 1, minutes, around.timeZone);
  }
  return found;
}

/** Whether a time of day last came, at or before a moment (epoch ms), on a day that is meant. */
export function cameBefore(by: ClockTime, when: When, moment: number, { timeZone }: Around): boolean {
  return onDay(when, localTime(lastLocalMinutes(moment, parseClock(by), timeZone), timeZone));
}

export const wishOf = ({ goal, priority }: Demanded): Wish => ({ goal: String(goal), priority });

/** Where nobody said anything: what every home expects. */
export const USUAL: Wish = { goal: "usual", priority: 3 };
