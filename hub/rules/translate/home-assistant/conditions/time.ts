import type { Condition, SunMoment } from "../../../../model/rule/condition.ts";
import { type Desk, miss, note, onlyKnows } from "../desk.ts";
import { type Item, keyOf, listOf, textOf } from "../item.ts";
import { joined } from "../spoken.ts";
import { clockOf, secondsOf, weekdayOf } from "../times.ts";

/** A part of the day, on some days of the week. */
export function timeCondition(desk: Desk, item: Item): Condition | undefined {
  onlyKnows(desk, item, ["condition", "after", "before", "weekday"]);
  const days = listOf(keyOf(item, "weekday"));
  const weekdays = days.flatMap((day) => weekdayOf(day) ?? []);
  if (weekdays.length < days.length) return miss(desk, item, "Its days of the week are not written in the file.");
  const after = minuteOf(desk, keyOf(item, "after"));
  const before = minuteOf(desk, keyOf(item, "before"));
  if (after === "bad" || before === "bad")
    return miss(desk, item, "Its times are not written in the file, but are another entity's state.");
  const of: Condition[] = [];
  const [from, to] = [after ?? "00:00", before ?? "00:00"];
  if (from !== to) of.push({ kind: "between", from, to });
  // The days are those of the moment, also where the part of the day runs over midnight.
  if (weekdays.length > 0 && new Set(weekdays).size < 7)
    of.push({ kind: "between", from: "00:00", to: "00:00", weekdays });
  if (of.length === 0 && (after ?? before ?? weekdays[0]) !== undefined) return { kind: "between", from, to };
  return joined("all", of) ?? miss(desk, item, "It does not say when.");
}

function minuteOf(desk: Desk, item: Item | undefined): string | undefined | "bad" {
  if (!item) return undefined;
  const clock = clockOf(textOf(item)) ?? settingOf(desk, item);
  if (!clock) return "bad";
  if (clock === "23:59:59") return "00:00";
  if (!clock.endsWith(":00")) note(desk, item, "Its seconds were left out.");
  return clock.slice(0, 5);
}

/** The time of day that a setting of Home Assistant is here. */
export function settingOf(desk: Desk, at: Item): string | undefined {
  const name = textOf(at) ?? "";
  if (!/^[a-z_]+\.[a-z0-9_]+$/.test(name)) return undefined;
  if (name.startsWith("input_datetime.") && !desk.asked.has(name)) desk.asked.set(name, at.line);
  const meant = desk.find(name);
  return meant?.kind === "value" ? clockOf(String(meant.value)) : undefined;
}

/** After or before the sun's rise or set of this day, as Home Assistant means it. */
export function sunCondition(desk: Desk, item: Item): Condition | undefined {
  onlyKnows(desk, item, ["condition", "after", "before", "after_offset", "before_offset"]);
  const from = sunMoment(desk, item, "after");
  const to = sunMoment(desk, item, "before");
  if (from === "bad" || to === "bad") return undefined;
  if (!from && !to) return miss(desk, item, "It does not say which moment of the sun.");
  // Beyond the polar circles, too, the sun is down or not on each day.
  if (from?.event === "sunset" && to?.event === "sunrise" && !from.offsetMinutes && !to.offsetMinutes)
    return { kind: "sun", is: "down" };
  return { kind: "sunBetween", ...(from ? { from } : {}), ...(to ? { to } : {}) };
}

function sunMoment(desk: Desk, item: Item, key: "after" | "before"): SunMoment | "bad" | undefined {
  const named = keyOf(item, key);
  const offset = keyOf(item, `${key}_offset`);
  const bad = (at: Item, text: string) => {
    miss(desk, at, text);
    return "bad" as const;
  };
  if (!named && !offset) return undefined;
  const event = textOf(named);
  if (event !== "sunrise" && event !== "sunset") return bad(named ?? item, "It does not say which moment of the sun.");
  const seconds = offset ? secondsOf(offset) : 0;
  if (seconds === undefined || Math.abs(seconds) > 43_200)
    return bad(offset ?? item, "This is no fixed offset of half a day at most.");
  const offsetMinutes = Math.round(seconds / 60);
  if (offsetMinutes * 60 !== seconds) note(desk, offset ?? item, "Its seconds were left out.");
  return { event, ...(offsetMinutes === 0 ? {} : { offsetMinutes }) };
}
