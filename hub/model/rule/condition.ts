import { z } from "zod";
import type { Value } from "../capability.ts";
import { type Expression, expression } from "./expression.ts";
import { type Target, target } from "./target.ts";
import { offsetMinutes, type SunEvent, sunEvent } from "./time.ts";
import { attributeName, type ClockTime, clockTime, dayOfYear, line, minutes, plainValue, weekdays } from "./values.ts";

export const comparisons = ["<", "<=", "=", ">=", ">", "!="] as const;
export type Comparison = (typeof comparisons)[number];

/** A moment of the sun, or so many minutes later; below zero earlier. */
export interface SunMoment {
  readonly event: SunEvent;
  readonly offsetMinutes?: number | undefined;
}

/** One condition of a rule; evaluated on a frozen picture of the home. What is unknown makes it unknown, never false. */
export type Condition =
  | {
      readonly kind: "between";
      readonly from: ClockTime;
      readonly to: ClockTime;
      readonly weekdays?: readonly number[] | undefined;
    }
  | { readonly kind: "date"; readonly from: string; readonly to: string }
  | { readonly kind: "cheapest"; readonly hours: number; readonly from: ClockTime; readonly to: ClockTime }
  | { readonly kind: "priceBelow"; readonly perKwh: number }
  | { readonly kind: "surplusAbove"; readonly watts: number }
  | {
      readonly kind: "compare";
      readonly path: string;
      readonly op: Comparison;
      readonly value: number | boolean | string;
      readonly forMinutes?: number | undefined;
    }
  | {
      readonly kind: "state";
      readonly target: Target;
      readonly of: string;
      readonly op: Comparison;
      readonly value: Value;
      readonly every?: boolean | undefined;
      readonly forMinutes?: number | undefined;
    }
  | { readonly kind: "formula"; readonly is: Expression }
  | { readonly kind: "mode"; readonly in: readonly string[] }
  | { readonly kind: "presence"; readonly who: string; readonly home: boolean }
  | { readonly kind: "sun"; readonly is: "up" | "down" }
  | { readonly kind: "sunBetween"; readonly from?: SunMoment | undefined; readonly to?: SunMoment | undefined }
  | { readonly kind: "calendar"; readonly entry: string }
  | { readonly kind: "trigger"; readonly id: string }
  | { readonly kind: "all" | "any"; readonly of: readonly Condition[] }
  | { readonly kind: "not"; readonly of: Condition };

const sunMoment = z.object({ event: sunEvent, offsetMinutes: offsetMinutes.optional() }).strict();
const forMinutes = minutes.optional().describe("only once it has been so for this many minutes");
const comparison = z.enum(comparisons);

/** Conditions without others in them. */
const single = [
  z
    .object({ kind: z.literal("between"), from: clockTime, to: clockTime, weekdays: weekdays.optional() })
    .strict()
    .describe("the home's clock is in a part of the day; from 22:00 to 06:00 runs over midnight"),
  z
    .object({ kind: z.literal("date"), from: dayOfYear, to: dayOfYear })
    .strict()
    .describe("a part of the year, both days included; from 11-01 to 03-31 runs over new year"),
  z
    .object({ kind: z.literal("cheapest"), hours: z.number().positive().max(24), from: clockTime, to: clockTime })
    .strict()
    .describe("now is one of the cheapest hours of a daily window"),
  z
    .object({ kind: z.literal("priceBelow"), perKwh: z.number() })
    .strict()
    .describe("energy costs less than this"),
  z
    .object({ kind: z.literal("surplusAbove"), watts: z.number() })
    .strict()
    .describe("more than this many W leave the house"),
  z
    .object({
      kind: z.literal("compare"),
      path: z.string().max(300),
      op: comparison,
      value: plainValue,
      forMinutes,
    })
    .strict()
    .describe("one attribute of one device, by its path node/endpoint/capability.attribute"),
  z
    .object({
      kind: z.literal("state"),
      target,
      of: attributeName,
      op: comparison,
      value: plainValue,
      every: z.boolean().optional().describe("it must be so of all that are meant; of any where it is left out"),
      forMinutes,
    })
    .strict()
    .describe("what devices report"),
  z
    .object({ kind: z.literal("formula"), is: expression })
    .strict()
    .describe("a formula that comes to true"),
  z
    .object({ kind: z.literal("mode"), in: z.array(line(40)).min(1).max(16).readonly() })
    .strict()
    .describe("the house is in one of these modes: home, away, night, holiday, or one of your own"),
  z
    .object({ kind: z.literal("presence"), who: line(80), home: z.boolean() })
    .strict()
    .describe("who is home: a person, `anyone` or `everyone`"),
  z
    .object({ kind: z.literal("sun"), is: z.enum(["up", "down"]) })
    .strict()
    .describe("the sun is up or down here"),
  z
    .object({
      kind: z.literal("sunBetween"),
      from: sunMoment.optional().describe("left out: from midnight"),
      to: sunMoment.optional().describe("left out: until midnight"),
    })
    .strict()
    .refine(({ from, to }) => from !== undefined || to !== undefined, "give `from`, `to` or both")
    .describe(
      "a part of the day by the sun here. Both moments are those of the day that the clock shows; from an event of the evening to one of the morning (sunset to sunrise) runs over midnight. An offset that moves a moment out of its day does not reach into the next one. On a day on which the sun does not do it (beyond the polar circles) that end is never reached: it is not so after it, nor before it; ask for `sun` up or down there",
    ),
  z
    .object({ kind: z.literal("calendar"), entry: line(80) })
    .strict()
    .describe("today is such a day: holiday, absence, or an entry of your own"),
  z
    .object({ kind: z.literal("trigger"), id: line(40) })
    .strict()
    .describe("this trigger of the rule started it"),
] as const;

export const condition: z.ZodType<Condition> = z
  .lazy(() =>
    z.union([
      ...single,
      z
        .object({ kind: z.enum(["all", "any"]), of: z.array(condition).min(1).max(20).readonly() })
        .strict()
        .describe("all of these, or any of them"),
      z
        .object({ kind: z.literal("not"), of: condition })
        .strict()
        .describe("this is not so"),
    ]),
  )
  .describe("what must be so")
  .meta({ id: "Condition" });
