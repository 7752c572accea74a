/** What goals of every kind can say beside their own fields. */
import { z } from "zod";
import { clockTime, line, weekdays } from "../rule/values.ts";

/** Limits within which a goal makes sense: percent, degC, km, kWh, kW, A. */
export const RANGES = {
  percent: { min: 10, max: 100 },
  waterC: { min: 35, max: 75 },
  roomC: { min: 12, max: 28 },
  reserve: { min: 0, max: 95 },
  km: { min: 10, max: 1000 },
  kwh: { min: 1, max: 200 },
  kW: { min: 0.5, max: 200 },
  A: { min: 6, max: 400 },
} as const;

const presence = z
  .enum(["home", "away"])
  .describe("only while somebody is home, or only while nobody is; always where it is left out");

/** `must` gives way to nothing but what stands before it; `ifPossible` gives way to every must. The kind decides where it is left out. */
const strength = z.enum(["must", "ifPossible"]).describe("whether it must be kept, or as far as possible");

/** For every kind. */
export const always = { strength: strength.optional() };

const date = z.iso.date();

/** When it holds: days of the week, from a date to another (both in it, by the home's calendar), and who is home. */
export const onDays = {
  days: weekdays.optional(),
  firstDay: date.optional().describe("not before this date, YYYY-MM-DD"),
  lastDay: date.optional().describe("not after this date, YYYY-MM-DD"),
  presence: presence.optional(),
};

/** A part of the day; over midnight where `to` is not after `from`. All day where both are left out. */
export const hours = { from: clockTime.optional(), to: clockTime.optional() };

export const node = line(200).describe("id of the device");
export const room = line(80).describe("name of the room");
export { clockTime };
