import type { TimeTrigger } from "../../model/rule/time.ts";
import { MINUTE } from "./day.ts";

/** A moment that is seen within this time is on time: the loop looks at the clock often, but not at every ms. */
export const ON_TIME_MS = 2 * MINUTE;
const WITHIN_MINUTES = 60;

/**
 * What to do with a moment (epoch ms) of a trigger that is seen at `seenAt`: `now` when it is on time, `skip` when it
 * passed while the hub was off or its clock jumped, or `catchUp` when the trigger wants it done late and it is not too
 * late. A moment that is still to come (the clock was put back) is skipped now; it comes by itself.
 */
export function isLate(trigger: TimeTrigger, occurrence: number, seenAt: number): "now" | "catchUp" | "skip" {
  const lateMs = seenAt - occurrence;
  if (lateMs < -ON_TIME_MS) return "skip";
  if (lateMs <= ON_TIME_MS) return "now";
  if (trigger.late !== "catchUp") return "skip";
  return lateMs <= (trigger.withinMinutes ?? WITHIN_MINUTES) * MINUTE ? "catchUp" : "skip";
}
