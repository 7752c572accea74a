import { z } from "zod";
import { target } from "../rule/target.ts";
import { clockTime, dayOfYear, line, weekdays } from "../rule/values.ts";

const head = {
  label: line(80).describe("what is asked, in a few words"),
  hint: line(300).optional().describe("what helps to answer"),
  optional: z.boolean().optional().describe("may be left unanswered; what needs it stands in `given`"),
};

const names = z.array(line(60)).min(1).max(10).readonly();
/** What devices must be and have to be meant. */
const wanted = {
  kinds: names.optional().describe("device types or groups of them; any of these"),
  has: z
    .array(
      z.string().regex(/^[a-zA-Z]\w{0,60}(\.\w{1,60})?$/, "write a capability, or capability.attribute or .command"),
    )
    .min(1)
    .max(10)
    .readonly()
    .describe("what it must have: capabilities, attributes or commands; all of these"),
};
const devices = {
  ...head,
  ...wanted,
  prefer: names.optional().describe("device types that are offered first"),
};

/** What a person is asked before a ready-made rule becomes one of this home. */
export const blueprintInput = z
  .discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("device"), ...devices }).describe("one device; stands for a `target`"),
    z
      .strictObject({ kind: z.literal("devices"), ...devices, default: target.optional() })
      .describe("one or more devices; stands for a `target`"),
    z
      .strictObject({
        ...{ kind: z.literal("room"), ...head },
        with: z
          .array(z.strictObject(wanted))
          .max(5)
          .readonly()
          .optional()
          .describe("what must be in the room; all of these"),
      })
      .describe("a room, by its name"),
    z.strictObject({ kind: z.literal("floor"), ...head }).describe("a floor, by its name"),
    z.strictObject({ kind: z.literal("label"), ...head }).describe("a label that a person gave devices"),
    z
      .strictObject({
        ...{ kind: z.literal("number"), ...head, unit: line(12).optional() },
        ...{ min: z.number(), max: z.number(), step: z.number().positive().optional(), default: z.number().optional() },
        whole: z.boolean().optional().describe("whole numbers alone"),
      })
      .describe("a number within a range"),
    z
      .strictObject({ kind: z.literal("time"), ...head, default: clockTime.optional() })
      .describe("a time of day, HH:MM"),
    z
      .strictObject({ kind: z.literal("date"), ...head, default: dayOfYear.optional() })
      .describe("a day of the year, MM-DD; two of them are a part of the year"),
    z
      .strictObject({ kind: z.literal("weekdays"), ...head, default: weekdays.optional() })
      .describe("days of the week, 1 (Monday) to 7 (Sunday)"),
    z
      .strictObject({
        ...{ kind: z.literal("choice"), ...head },
        options: z
          .array(z.strictObject({ value: line(40), label: line(80) }))
          .min(2)
          .max(12)
          .readonly(),
        default: line(40).optional(),
      })
      .describe("one of a few ways"),
    z.strictObject({ kind: z.literal("yesNo"), ...head, default: z.boolean().optional() }).describe("yes or no"),
    z
      .strictObject({ kind: z.literal("text"), ...head, default: line(120).optional() })
      .describe("words, for example of a message"),
    z
      .strictObject({ kind: z.literal("person"), ...head, default: line(80).optional() })
      .describe("a person of the house, `anyone` or `everyone`"),
    z.strictObject({ kind: z.literal("mode"), ...head, default: line(40).optional() }).describe("a mode of the house"),
    z.strictObject({ kind: z.literal("scene"), ...head }).describe("a scene, by its id"),
  ])
  .describe("what a person is asked");

export type BlueprintInput = z.infer<typeof blueprintInput>;
export type DeviceWish = Pick<Extract<BlueprintInput, { kind: "device" }>, "kinds" | "has">;

/** What a person answered; of devices a target. */
export const blueprintAnswer = z.union([
  z.number(),
  z.boolean(),
  z.string().max(200),
  z.array(z.number()).max(7).readonly(),
  target,
]);
export type BlueprintAnswer = z.infer<typeof blueprintAnswer>;

/** By the input's name. What is absent was not answered. */
export const blueprintAnswers = z.record(z.string().max(40), blueprintAnswer);
export type BlueprintAnswers = Readonly<Record<string, BlueprintAnswer>>;
