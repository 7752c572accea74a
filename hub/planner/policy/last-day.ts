/** When a policy is over by itself. */
import type { Goal } from "../../model/goal/index.ts";
import { datesOf } from "../goals/demand.ts";

/** The last of its goals' last days, YYYY-MM-DD by the home's calendar; undefined where a goal has none: that goes on until a person ends it. */
export function lastDayOf(goals: readonly Goal[]): string | undefined {
  const days = goals.map((goal) => datesOf(goal).lastDay);
  return days.includes(undefined) ? undefined : days.sort().at(-1);
}
