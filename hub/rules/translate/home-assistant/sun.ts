import type { Condition } from "../../../model/rule/condition.ts";

const down: Condition = { kind: "sun", is: "down" };
const between = (from: string, to: string): Condition => ({ kind: "between", from, to });

/** After sunset, until midnight: as Home Assistant means it. */
export const afterSunset: Condition = { kind: "all", of: [down, between("12:00", "00:00")] };
/** From midnight until sunrise. */
export const beforeSunrise: Condition = { kind: "all", of: [down, between("00:00", "12:00")] };
