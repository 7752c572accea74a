import type { Condition } from "../../../../model/rule/condition.ts";
import { type Desk, miss, note, onlyKnows } from "../desk.ts";
import { type Item, keyOf, listOf, textOf } from "../item.ts";
import { joined } from "../spoken.ts";
import { afterSunset, beforeSunrise } from "../sun.ts";
import { clockOf, weekdayOf } from "../times.ts";

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
  const offset = keyOf(item, "after_offset", "before_offset");
  if (offset && !/^[+-]?0*(:0*)*$/.test(textOf(offset) ?? ""))
    return miss(desk, offset, "A condition of the sun has no offset here; a trigger has.");
  const after = textOf(keyOf(item, "after"));
  const before = textOf(keyOf(item, "before"));
  if (after === "sunset" && before === "sunrise") return { kind: "sun", is: "down" };
  const of: Condition[] = [];
  if (after === "sunset") of.push(afterSunset);
  if (after === "sunrise") of.push({ kind: "not", of: beforeSunrise });
  if (before === "sunrise") of.push(beforeSunrise);
  if (before === "sunset") of.push({ kind: "not", of: afterSunset });
  return joined("all", of) ?? miss(desk, item, "It does not say which moment of the sun.");
}
