import type { Trigger } from "../../../../model/rule/trigger.ts";
import { settingOf } from "../conditions/time.ts";
import { type Desk, miss, onlyKnows } from "../desk.ts";
import { type Item, keyOf, listOf, textOf } from "../item.ts";
import { clockOf, secondsOf, weekdayOf } from "../times.ts";

/** One trigger for each time of day. */
export function timeTriggers(desk: Desk, item: Item): readonly Trigger[] {
  onlyKnows(desk, item, ["platform", "trigger", "id", "at", "weekday"]);
  const days = listOf(keyOf(item, "weekday"));
  const weekdays = days.flatMap((day) => weekdayOf(day) ?? miss(desk, day, "This is no day of the week.") ?? []);
  if (weekdays.length < days.length) return [];
  if (!keyOf(item, "at")) miss(desk, item, "It does not say when.");
  return listOf(keyOf(item, "at")).flatMap((at): Trigger[] => {
    const clock = clockOf(textOf(at)) ?? settingOf(desk, at);
    if (!clock) miss(desk, at, "The time is not written in the file, but is another entity's state.");
    if (!clock) return [];
    const short = clock.endsWith(":00") ? clock.slice(0, 5) : clock;
    return [{ kind: "time", at: short, ...(weekdays.length > 0 ? { weekdays } : {}) }];
  });
}

/** Again and again by the clock. */
export function patternTriggers(desk: Desk, item: Item): readonly Trigger[] {
  onlyKnows(desk, item, ["platform", "trigger", "id", "hours", "minutes", "seconds"]);
  const seconds = textOf(keyOf(item, "seconds"));
  const minutes = textOf(keyOf(item, "minutes"));
  const hours = textOf(keyOf(item, "hours"));
  if (seconds !== undefined && Number(seconds) !== 0) {
    miss(desk, item, "A rule comes once a minute at most, not at some second.");
    return [];
  }
  // What is coarser than the finest that is given runs on, what is finer is zero.
  const minute = cronPart(minutes ?? (seconds === undefined ? "0" : "*"));
  const hour = cronPart(hours ?? "*");
  if (minute === undefined || hour === undefined) miss(desk, item, "This is no pattern of times.");
  if (minute === undefined || hour === undefined) return [];
  return [{ kind: "cron", expression: `${minute} ${hour} * * *` }];
}

function cronPart(text: string): string | undefined {
  if (text === "*") return text;
  const step = /^\/(\d{1,2})$/.exec(text);
  if (step) return `*/${Number(step[1])}`;
  return /^\d{1,2}$/.test(text) ? String(Number(text)) : undefined;
}

export function sunTriggers(desk: Desk, item: Item): readonly Trigger[] {
  onlyKnows(desk, item, ["platform", "trigger", "id", "event", "offset"]);
  const event = textOf(keyOf(item, "event"));
  const offset = keyOf(item, "offset");
  const seconds = offset ? secondsOf(offset) : 0;
  if (seconds === undefined || Math.abs(seconds) > 43_200)
    miss(desk, offset ?? item, "This is no fixed offset of half a day at most.");
  if (seconds === undefined || Math.abs(seconds) > 43_200) return [];
  if (event !== "sunrise" && event !== "sunset") miss(desk, item, "It does not say which moment of the sun.");
  if (event !== "sunrise" && event !== "sunset") return [];
  const offsetMinutes = Math.round(seconds / 60);
  return [{ kind: "sun", event, ...(offsetMinutes === 0 ? {} : { offsetMinutes }) }];
}
