/** When a rule of the clock comes: its written form. What it means on a home's clock is in hub/rules/time. */
import { z } from "zod";
import { dayOfYear } from "./values.ts";

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "write it as HH:MM, for example 07:30");
const clockWithSeconds = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/, "write it as HH:MM or HH:MM:SS, for example 07:30");
const weekdays = z
  .array(z.number().int().min(1).max(7))
  .min(1)
  .max(7)
  .readonly()
  .describe("Only on these days of the week, 1 = Monday to 7 = Sunday. Left out: on every day.");
/** Minutes from a moment. */
export const offsetMinutes = z
  .number()
  .int()
  .min(-720)
  .max(720)
  .describe("Minutes later than the moment itself; negative: earlier. Counted in real time, not by the clock.");

const lateness = {
  id: z.string().min(1).max(40).optional().describe("A name, by which the condition `trigger` asks which one it was."),
  late: z
    .enum(["skip", "catchUp"])
    .optional()
    .describe(
      "What happens when the moment passed while the hub was off or its clock jumped over it: `skip` (as when left out) lets it go; `catchUp` does it once, late, however often it was missed.",
    ),
  withinMinutes: z
    .number()
    .int()
    .min(1)
    .max(1440)
    .optional()
    .describe("Only with `late: catchUp`: how many minutes after its moment it is still done. Left out: 60."),
};

const atTime = z
  .strictObject({
    kind: z.literal("time"),
    at: clockWithSeconds.describe("The time by the home's clock, HH:MM or HH:MM:SS."),
    weekdays: weekdays.optional(),
    dates: z
      .array(dayOfYear)
      .min(1)
      .max(366)
      .readonly()
      .optional()
      .describe("Only on these dates of a year, MM-DD. 02-29 comes in leap years alone."),
    months: z
      .array(z.number().int().min(1).max(12))
      .min(1)
      .max(12)
      .readonly()
      .optional()
      .describe("Only in these months, 1 = January to 12 = December."),
    ...lateness,
  })
  .describe(
    "A time of day. Of weekdays, dates and months all that are given must fit. Where the clock is put forward over the time, it comes when the clock is put forward; where the clock shows the time twice, it comes the first time.",
  );

const every = z
  .strictObject({
    kind: z.literal("every"),
    minutes: z
      .number()
      .int()
      .min(1)
      .max(1440)
      .describe("The distance in minutes, counted from the midnight of each day: 15 comes at 00:00, 00:15 and so on."),
    from: clock.optional().describe("Not before this time of day, HH:MM. Left out: 00:00."),
    to: clock
      .optional()
      .describe(
        "Not after this time of day, HH:MM, which itself still counts; before `from` it is past midnight, and the same as `from` is the whole day.",
      ),
    ...lateness,
  })
  .describe(
    "Again and again, in step with midnight. Where the clock is put forward, what it jumps over comes once, at the jump. Where the clock is put back, distances of up to an hour come in the repeated time again; longer ones don't.",
  );

const cron = z
  .strictObject({
    kind: z.literal("cron"),
    expression: z
      .string()
      .min(9)
      .max(200)
      .describe(
        "Minute, hour, day of the month, month, weekday. Each is *, a number, a list (1,15), a range (1-5) or a step (*/10); months and weekdays also by their English names (JAN, MON); 0 and 7 are Sunday; L is the last day of the month. With both a day of the month and a weekday, either will do.",
      ),
    ...lateness,
  })
  .describe(
    "Times in the form of Unix's cron. With the hour *, it follows the clock: nothing comes in an hour that is left out, and a repeated hour counts again. With set hours, what the clock jumps over comes once, at the jump, and a repeated time counts the first time alone.",
  );

/** In the order in which they come in a day. */
export const sunEvents = ["dawn", "sunrise", "noon", "sunset", "dusk"] as const;
export type SunEvent = (typeof sunEvents)[number];
export const sunEvent = z
  .enum(sunEvents)
  .describe(
    "`sunrise` and `sunset`: the sun's upper edge at the horizon. `dawn` and `dusk`: the sun 6° below it (civil twilight). `noon`: the sun at its highest, also in the polar night.",
  );

const sun = z
  .strictObject({
    kind: z.literal("sun"),
    event: sunEvent,
    offsetMinutes: offsetMinutes.optional(),
    notBefore: clock
      .optional()
      .describe("When the sun is earlier than this time of day, HH:MM, it comes at this time."),
    notAfter: clock.optional().describe("When the sun is later than this time of day, HH:MM, it comes at this time."),
    weekdays: weekdays.optional(),
    ...lateness,
  })
  .describe(
    "The sun at the home's place. On days on which the sun does not rise or set (beyond the polar circles) it does not come.",
  );

const calendar = z
  .strictObject({
    kind: z.literal("calendar"),
    entry: z
      .string()
      .min(1)
      .max(120)
      .describe("`holiday`, `absence`, or the name of an entry of the home's own calendar."),
    edge: z.enum(["begins", "ends"]).describe("Which end of the entry; days of a row of holidays are one entry."),
    offsetMinutes: offsetMinutes.optional(),
    ...lateness,
  })
  .describe("The beginning or the end of an entry of the calendar.");

/** A moment of the clock at which a rule begins. */
export const timeTrigger = z.discriminatedUnion("kind", [atTime, every, cron, sun, calendar]);

export type TimeTrigger = z.infer<typeof timeTrigger>;
export type AtTimeTrigger = z.infer<typeof atTime>;
export type EveryTrigger = z.infer<typeof every>;
export type CronTrigger = z.infer<typeof cron>;
export type SunTrigger = z.infer<typeof sun>;
export type CalendarTrigger = z.infer<typeof calendar>;

/** An entry of a calendar as a stretch of time, epoch ms, `to` excluded. */
export interface CalendarSpan {
  readonly entry: string;
  readonly from: number;
  readonly to: number;
}

/** Where and when a home is. Latitude north and longitude east in degrees; without them the sun's times are unknown. */
export interface Place {
  readonly timeZone: string;
  readonly latitude: number;
  readonly longitude: number;
  /** What `calendar` looks at, in any order. */
  readonly spans?: readonly CalendarSpan[];
}

const kinds: ReadonlySet<string> = new Set([
  "time",
  "every",
  "cron",
  "sun",
  "calendar",
] satisfies TimeTrigger["kind"][]);

/** Whether a trigger of a rule is one of clock, sun or calendar. */
export const isTimed = <T extends { readonly kind: string }>(trigger: T): trigger is Extract<T, TimeTrigger> =>
  kinds.has(trigger.kind);
