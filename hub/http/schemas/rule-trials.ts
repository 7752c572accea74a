import { z } from "@hono/zod-openapi";
import { ruleDraft } from "../../model/rule/rule.ts";
import { epochMs, id } from "./common.ts";
import { trace } from "./traces.ts";

const MAX_DAYS = 400;

export const trialRequest = z
  .strictObject({
    draft: ruleDraft.optional().openapi({ description: "the rule as written; absent: the rule `id` as it is kept" }),
    id: id.optional().openapi({ description: "a kept rule: the one to try, or the one that the draft would replace" }),
    days: z.number().int().min(1).max(MAX_DAYS).default(30).openapi({ description: "how far back" }),
  })
  .refine((r) => r.draft !== undefined || r.id !== undefined, { message: "give a draft, or the id of a rule" })
  .openapi("RuleTrialRequest");

export const trialStarted = z.object({ id }).openapi("RuleTrialStarted");

const energy = z
  .object({
    kwh: z.number().openapi({ description: "used more; negative: less" }),
    money: z.number().openapi({ description: "paid more, in the home's currency; negative: less" }),
  })
  .openapi("RuleTrialEnergy");

const told = <S extends z.ZodType>(value: S) =>
  z.discriminatedUnion("known", [
    z.object({ known: z.literal(true), value }),
    z.object({ known: z.literal(false), why: z.string() }),
  ]);

const minutes = z.object({ was: z.number(), would: z.number() });
const degrees = z.array(z.number().nullable()).readonly();
const room = z
  .object({
    kind: z.enum(["room", "tank"]),
    name: z.string(),
    band: z.string().openapi({ description: "how warm it is wanted" }),
    error: z.string().openapi({ description: "how far the model that tells it is from what was measured" }),
    below: minutes.openapi({ description: "minutes too cold" }),
    above: minutes.openapi({ description: "minutes too warm" }),
    coldest: z.object({ at: epochMs, day: z.string(), c: z.number(), was: z.number() }).optional(),
    picture: z
      .object({
        ...{ day: z.string(), from: epochMs, stepMs: z.number() },
        ...{ was: degrees, would: degrees, low: degrees, high: degrees },
      })
      .optional()
      .openapi({
        description: "the day on which most is lost, °C at the end of each step; null: not known, or nobody minds",
      }),
  })
  .openapi("RuleTrialRoom");

const ruleTrial = z
  .object({
    title: z.string(),
    words: z.string(),
    form: z.enum(["when", "while"]),
    from: epochMs,
    to: epochMs,
    exactFrom: epochMs.openapi({
      description: "from here on judged by each reading; before, by values of five minutes",
    }),
    fineFrom: epochMs.openapi({ description: "before this by values of an hour" }),
    firings: z.number(),
    nearMisses: z.number(),
    changes: z.number().openapi({ description: "commands that would have changed something" }),
    alreadySo: z.number().openapi({ description: "what it would have asked for and was so already" }),
    heldMinutes: z.number().optional(),
    unknownMinutes: z.number(),
    energy: told(energy),
    comfort: told(
      z.object({
        rooms: z.array(room).readonly().openapi({ description: "none: it heats nothing" }),
        untold: z
          .array(z.string())
          .readonly()
          .openapi({ description: "of what else it heats: why nothing can be told" }),
      }),
    ),
    worst: z.object({ day: z.string(), why: z.string() }).optional(),
    days: z
      .array(
        z.object({
          day: z.string(),
          firings: z.number(),
          changes: z.number(),
          fights: z.number(),
          energy: energy.optional(),
          comfortMinutes: z.number().optional(),
        }),
      )
      .readonly(),
    fights: z
      .array(
        z.object({
          kind: z.enum(["person", "plan", "rule", "device"]),
          by: z.string(),
          count: z.number(),
          firstAt: epochMs,
          lastAt: epochMs,
          example: z.string(),
        }),
      )
      .readonly(),
    runs: z
      .array(trace)
      .readonly()
      .openapi({ description: "with the values seen; of each day the first dozen of a kind, at most 1,000" }),
    left: z.number().openapi({ description: "runs that are not listed" }),
    notes: z.array(z.string()).readonly().openapi({ description: "what it rests on and what it can't see" }),
  })
  .openapi("RuleTrial");

export const trialAnswer = z
  .discriminatedUnion("state", [
    z.object({ state: z.literal("running"), done: z.number() }),
    z.object({ state: z.literal("done"), report: ruleTrial }),
    z.object({ state: z.enum(["failed", "cancelled"]), why: z.string() }),
  ])
  .openapi("RuleTrialAnswer");

export const allTrialRequest = z
  .strictObject({ days: z.number().int().min(1).max(MAX_DAYS).default(30).openapi({ description: "how far back" }) })
  .openapi("RuleTrialsRequest");

const { title, form, from, to, firings, nearMisses, changes, heldMinutes, unknownMinutes, worst, fights } =
  ruleTrial.shape;
const ruleTried = z
  .object({
    ...{ id, title, form, from, to, firings, nearMisses, changes, heldMinutes, unknownMinutes, worst, fights },
    energy: ruleTrial.shape.energy,
    comfortMinutes: z.number().openapi({ description: "minutes too cold or too warm beyond those that were" }),
    firstDay: z.string().openapi({ description: "YYYY-MM-DD by the home's clock" }),
    byDay: z.array(z.number()).readonly().openapi({ description: "how often it would have come on each day" }),
  })
  .openapi("RuleTried");

const tried = z.array(ruleTried).readonly();
export const allTrialAnswer = z
  .discriminatedUnion("state", [
    z.object({ state: z.literal("running"), done: z.number() }),
    z.object({ state: z.literal("done"), tried }),
    z.object({ state: z.enum(["failed", "cancelled"]), why: z.string(), tried }),
  ])
  .openapi("RuleTrialsAnswer");

/** @public */
export type RuleTried = z.output<typeof ruleTried>;
/** @public */
export type AllTrialAnswer = z.output<typeof allTrialAnswer>;
/** @public */
export type RuleTrial = z.output<typeof ruleTrial>;
/** @public */
export type TrialAnswer = z.output<typeof trialAnswer>;
