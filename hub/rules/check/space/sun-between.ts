import type { Condition } from "../../../model/rule/condition.ts";
import type { Place, TimeTrigger } from "../../../model/rule/time.ts";
import { sunBetween } from "../../conditions/sun-between.ts";
import { DAY, MINUTE } from "../../time/day.ts";
import { ON_TIME_MS } from "../../time/late.ts";
import { sunMoments, sunOfLocalDay } from "../../time/sun.ts";

type Between = Extract<Condition, { kind: "sunBetween" }>;

const YEAR = Date.UTC(2026, 0, 1);
const DAYS = 366;
/** So far may two moments of the sun lie apart in another year than in the one looked at. */
const PAD = 5 * MINUTE;

/** Whether on no day of the year a start by the sun comes in a part of the day by the sun, nor near it. */
export function isNeverBetween(trigger: TimeTrigger, condition: Between, place: Place): boolean {
  if (trigger.kind !== "sun" || trigger.late === "catchUp") return false;
  let days = 0;
  for (const at of sunMoments(trigger, YEAR, YEAR + DAYS * DAY, place)) {
    days += 1;
    for (const now of [at - PAD, at, at + ON_TIME_MS, at + ON_TIME_MS + PAD])
      if (isBetween(condition, now, place)) return false;
  }
  return days > 0;
}

const isBetween = (condition: Between, now: number, place: Place): boolean => {
  const asked = { sunDay: (at: number) => sunOfLocalDay(at, place), now };
  return sunBetween(condition, asked).holds !== false;
};

/** All parts of a condition that are of this kind. */
export function betweensIn(c: Condition): readonly Between[] {
  if (c.kind === "all" || c.kind === "any") return c.of.flatMap(betweensIn);
  if (c.kind === "not") return betweensIn(c.of);
  return c.kind === "sunBetween" ? [c] : [];
}
