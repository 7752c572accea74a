import type { TimeTrigger } from "../../model/rule/time.ts";
import type { Trigger } from "../../model/rule/trigger.ts";

const timed: ReadonlySet<string> = new Set(["time", "every", "cron", "sun", "calendar"]);

/** A trigger of the clock, the sun or the calendar. */
export const isTimed = (t: Trigger): t is TimeTrigger => timed.has(t.kind);
