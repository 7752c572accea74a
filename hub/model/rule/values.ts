import { z } from "zod";

/** `HH:MM` in the home's time zone. */
export type ClockTime = string;

/** `HH:MM` by the home's clock. */
export const clockTime = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, "write a time of day as HH:MM, for example 07:30")
  .describe("time of day by the home's clock, HH:MM");

export const weekdays = z
  .array(z.number().int().min(1).max(7))
  .min(1)
  .max(7)
  .readonly()
  .describe("days of the week, 1 (Monday) to 7 (Sunday); all where it is left out");

/** A day of the year, `MM-DD`; 02-29 comes in leap years alone. */
export const dayOfYear = z
  .string()
  .regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, "write a day of the year as MM-DD, for example 12-24")
  .refine((text) => Number(text.slice(3)) <= new Date(Date.UTC(2024, Number(text.slice(0, 2)), 0)).getUTCDate(), {
    message: "this month has no such day",
  });

/** What an attribute may hold. */
export const plainValue = z
  .union([z.number(), z.boolean(), z.string().max(255)])
  .describe("a number, true or false, or a word");

/** `capability.attribute`, for example `onOff.onOff`. */
export const attributeName = z
  .string()
  .max(120)
  .regex(/^[a-zA-Z]\w*\.[\w-]+$/, "write it as capability.attribute, for example onOff.onOff")
  .describe("what is looked at: capability.attribute, for example temperatureMeasurement.measuredValue");

export const line = (max: number) => z.string().trim().min(1).max(max);

/** A variable of a rule. */
export const variableName = z
  .string()
  .regex(/^[a-z]\w{0,39}$/i, "start with a letter; letters, digits and _ follow, at most 40")
  .describe("name of a variable of this rule");

/** How long, in minutes; fractions are allowed. A day at most. */
export const minutes = z.number().positive().max(1440).describe("minutes, at most a day");
