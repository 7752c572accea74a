/** What holds at every change of a zone's clock, said a second time and without the code under test. */
import { Temporal } from "temporal-polyfill";
import { expect } from "vitest";
import { offsetAt, stretchAt } from "../../../hub/energy/zone.ts";
import type { Place, TimeTrigger } from "../../../hub/model/rule/time.ts";
import { momentOf } from "../../../hub/rules/time/day.ts";
import { occurrences } from "../../../hub/rules/time/occurrences.ts";

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
const FROM = Date.UTC(1970, 0, 1);
const TO = Date.UTC(2036, 0, 1);

export interface Change {
  readonly zone: string;
  readonly at: number;
  readonly before: number;
  readonly after: number;
}

/** Every change of a zone's clock from 1970 to 2035. */
export function changesOf(zone: string): Change[] {
  const changes: Change[] = [];
  for (let at = stretchAt(FROM, zone).to; at < TO; at = stretchAt(at, zone).to) {
    const [before, after] = [offsetAt(at - 1, zone), offsetAt(at, zone)];
    if (before !== after) changes.push({ zone, at, before, after });
  }
  return changes;
}

const told = ({ zone, at }: Change) => `${zone} ${new Date(at).toISOString()}`;
const placeOf = (timeZone: string): Place => ({ timeZone, latitude: 0, longitude: 0 });
const clock = (ms: number) => new Date(((ms % DAY) + DAY) % DAY).toISOString().slice(11, 19);
const midnightOf = (wall: number) => Math.floor(wall / DAY) * DAY;
const text = (moments: readonly number[]) => moments.map((at) => new Date(at).toISOString()).join(" ");

/** The change as Temporal knows it, to the second. */
export function asTemporal(change: Change): void {
  const { zone, at, before, after } = change;
  const offset = (ms: number) => Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone).offsetNanoseconds;
  if (offset(at) !== after * 1e6 || offset(at - 1000) !== before * 1e6)
    expect.fail(`${told(change)} is not Temporal's`);
}

/** All changes of a zone as Temporal finds them: slow, so for some zones only. */
export function changesByTemporal(zone: string): number[] {
  const found: number[] = [];
  let at = Temporal.Instant.fromEpochMilliseconds(FROM).toZonedDateTimeISO(zone).getTimeZoneTransition("next");
  for (; at && at.epochMilliseconds < TO; at = at.getTimeZoneTransition("next")) found.push(at.epochMilliseconds);
  return found;
}

/** Whether any moment has this local day. */
const isDay = (midnight: number, { at, before, after }: Change) =>
  !(midnight >= at + before && midnight + DAY <= at + after);

/** When the clock shows a wall time near the change: never, once or twice. */
const shownAt = (wall: number, { at, before, after }: Change): number[] =>
  [wall - before < at ? [wall - before] : [], wall - after >= at ? [wall - after] : []].flat();

/** Walls that lie on, in and beside the change. */
function wallsNear({ at, before, after }: Change): number[] {
  const [low, high] = [Math.min(at + before, at + after), Math.max(at + before, at + after)];
  return [low - 1000, low, (low + high) / 2, high - 1000, high, 0, 12 * 60 * MINUTE].map(
    (wall) => Math.floor(wall / 1000) * 1000,
  );
}

/** A time of day comes once each local day: the first time it is shown, or at the jump over it. */
export function onceADay(change: Change): void {
  const { zone, at, before, after } = change;
  const [from, to] = [at - 3 * DAY, at + 3 * DAY];
  for (const near of wallsNear(change)) {
    const trigger: TimeTrigger = { kind: "time", at: clock(near) };
    const wanted: number[] = [];
    for (let day = midnightOf(from + before) - DAY; day <= to + after + DAY; day += DAY) {
      const moment = shownAt(day + (near - midnightOf(near)), change)[0] ?? (isDay(day, change) ? at : undefined);
      if (moment !== undefined && moment > from && moment <= to) wanted.push(moment);
      const asked = momentOf(day / DAY, near - midnightOf(near), zone);
      if (moment !== undefined && asked !== moment) expect.fail(`${told(change)} at ${trigger.at}: ${text([asked])}`);
    }
    const found = occurrences(trigger, from, to, placeOf(zone));
    if (text(found) !== text(wanted))
      expect.fail(`${told(change)} at ${trigger.at}: ${text(found)}, not ${text(wanted)}`);
  }
}

/** "Every n minutes" is in step with midnight, never twice at once, and never further apart than it says. */
export function neverApart(change: Change, minutes: number): void {
  const { zone, at, before, after } = change;
  const found = occurrences({ kind: "every", minutes }, at - 2 * DAY, at + 2 * DAY, placeOf(zone));
  const back = Math.max(0, before - after);
  found.forEach((moment, i) => {
    const wall = moment + (moment < at ? before : after);
    const inStep = (wall - midnightOf(wall)) % (minutes * MINUTE) === 0;
    if (!inStep && moment !== at) expect.fail(`${told(change)} every ${minutes}: ${text([moment])} is out of step`);
    const last = found[i - 1];
    if (last === undefined) return;
    const longest = minutes * MINUTE + (last < at + back && moment > at - back ? back : 0);
    if (moment <= last || moment - last > longest)
      expect.fail(`${told(change)} every ${minutes}: ${text([last, moment])}`);
  });
  const first = found[0] ?? Number.POSITIVE_INFINITY;
  if (first > at - 2 * DAY + minutes * MINUTE) expect.fail(`${told(change)} every ${minutes} begins late`);
}

/** Cron with the hour left open comes whenever the clock shows its minute, as often as that is, and at no other time. */
export function followsTheClock(change: Change): void {
  const { zone, at, before, after } = change;
  const [from, to] = [at - DAY, at + DAY];
  const found = occurrences({ kind: "cron", expression: "*/20 * * * *" }, from, to, placeOf(zone));
  const wanted: number[] = [];
  const step = 20 * MINUTE;
  for (
    let wall = Math.floor((from + Math.min(before, after)) / step) * step;
    wall <= to + Math.max(before, after);
    wall += step
  )
    wanted.push(...shownAt(wall, change).filter((moment) => moment > from && moment <= to));
  wanted.sort((a, b) => a - b);
  if (text(found) !== text(wanted)) expect.fail(`${told(change)}: cron ${text(found)}, not ${text(wanted)}`);
}

/** Asked in two parts, at the change itself, a rule comes as it does asked at once. */
export function splitsAnywhere(change: Change): void {
  const place = placeOf(change.zone);
  const triggers: readonly TimeTrigger[] = [
    { kind: "time", at: clock(change.at + change.before) },
    { kind: "every", minutes: 45 },
    { kind: "cron", expression: "10,40 0-4 * * *" },
  ];
  const [from, to] = [change.at - DAY, change.at + DAY];
  for (const trigger of triggers) {
    const whole = text(occurrences(trigger, from, to, place));
    for (const split of [change.at - 1, change.at, change.at + 30 * MINUTE]) {
      const parts = [...occurrences(trigger, from, split, place), ...occurrences(trigger, split, to, place)];
      if (text(parts) !== whole) expect.fail(`${told(change)} ${trigger.kind}: ${text(parts)}, not ${whole}`);
    }
  }
}
