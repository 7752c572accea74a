import { z } from "@hono/zod-openapi";
import { blueprintSubjects } from "../../model/blueprint/blueprint.ts";
import { blueprintAnswer, blueprintAnswers, blueprintInput } from "../../model/blueprint/input.ts";
import { ruleDraft } from "../../model/rule/rule.ts";
import { blueprintStands } from "../../ports.ts";
import { epochMs } from "./common.ts";
import { ruleProblem, ruleReading } from "./rules.ts";

const about = z.enum(blueprintSubjects);

const question = z.object({
  name: z.string(),
  input: blueprintInput,
  offers: z
    .array(z.object({ value: blueprintAnswer, label: z.string() }))
    .readonly()
    .optional()
    .openapi({ description: "what this home has for it; absent for what is simply written" }),
  proposed: blueprintAnswer.optional(),
});

export const blueprintView = z
  .object({
    ...{ id: z.string(), version: z.number(), title: z.string(), description: z.string(), about },
    icon: z.string().optional(),
    by: z.string().optional(),
    changes: z.array(z.object({ version: z.number(), text: z.string() })).readonly(),
    isShipped: z.boolean(),
    lacks: z.array(z.string()).readonly().openapi({ description: "what this home lacks for it; empty where it fits" }),
    questions: z.array(question).readonly(),
    rules: z.array(z.string()).readonly().openapi({ description: "ids of the rules made of it" }),
  })
  .openapi("Blueprint");

export const blueprintList = z.object({ blueprints: z.array(blueprintView).readonly() }).openapi("BlueprintList");

const fault = z.object({
  line: z.number().optional().openapi({ description: "line of the file, from 1" }),
  field: z.string(),
  text: z.string(),
});

/** Limits of the file itself are told by line, not here. */
export const blueprintText = z
  .strictObject({ text: z.string().max(200_000).openapi({ description: "the file (YAML or JSON)" }) })
  .openapi("BlueprintText");

export const blueprintRead = z
  .object({
    faults: z.array(fault).readonly(),
    blueprint: blueprintView.optional(),
    stands: z
      .enum(blueprintStands)
      .optional()
      .openapi({ description: "how the file stands to what is here; only what is new or newer can be kept" }),
  })
  .openapi("BlueprintRead");

export const fillRequest = z
  .strictObject({ answers: blueprintAnswers, title: z.string().trim().min(1).max(120).optional() })
  .openapi("BlueprintFillRequest");

export const blueprintFilled = z
  .object({ faults: z.array(fault).readonly(), draft: ruleDraft.optional(), reading: ruleReading.optional() })
  .openapi("BlueprintFilled");

const sure = z.boolean().default(false).openapi({ description: "what is only warned of was seen" });

export const makeRequest = fillRequest.extend({ sure }).openapi("BlueprintMakeRequest");

export const lookRequest = z.strictObject({ answers: blueprintAnswers.optional() }).openapi("BlueprintLookRequest");

export const reviseRequest = z
  .strictObject({
    answers: blueprintAnswers,
    ...{ seen: epochMs.openapi({ description: "as the look told it" }), to: z.number().int(), sure },
  })
  .openapi("BlueprintReviseRequest");

export const blueprintRevision = z
  .object({
    ...{ blueprint: z.string(), title: z.string(), from: z.number(), to: z.number() },
    changes: z.array(z.string()).readonly(),
    questions: z.array(question).readonly(),
    answers: blueprintAnswers,
    asks: z
      .array(z.string())
      .readonly()
      .openapi({ description: "inputs that are new, or whose answer no longer fits" }),
    faults: z.array(fault).readonly(),
    words: z.object({ before: z.string(), after: z.string().optional() }),
    byHand: z
      .array(z.object({ field: z.string(), isContested: z.boolean() }))
      .readonly()
      .openapi({
        description: "what a person changed by hand, which stays; contested: the new version changes it too",
      }),
    diff: z.array(z.object({ sign: z.enum(["same", "out", "in"]), text: z.string() })).readonly(),
    problems: z.array(ruleProblem).readonly(),
    seen: epochMs,
  })
  .openapi("BlueprintRevision");

export const blueprintPlaces = z
  .object({
    places: z
      .array(z.object({ name: z.string(), input: blueprintInput, now: z.string(), isNeeded: z.boolean() }))
      .readonly(),
  })
  .openapi("BlueprintPlaces");

export const wrapRequest = z
  .strictObject({
    title: z.string().trim().min(1).max(80),
    description: z.string().trim().min(1).max(1000),
    about,
    inputs: z
      .record(z.string().max(40), z.string().trim().min(1).max(80))
      .openapi({ description: "labels of the values that become inputs, by their places' names" }),
  })
  .openapi("BlueprintWrapRequest");

/** @public */
export type BlueprintView = z.output<typeof blueprintView>;
/** @public */
export type BlueprintQuestion = BlueprintView["questions"][number];
/** @public */
export type BlueprintRead = z.output<typeof blueprintRead>;
/** @public */
export type BlueprintFilled = z.output<typeof blueprintFilled>;
/** @public */
export type BlueprintRevision = z.output<typeof blueprintRevision>;
/** @public */
export type BlueprintPlaces = z.output<typeof blueprintPlaces>;
/** @public */
export type { BlueprintAnswer, BlueprintAnswers } from "../../model/blueprint/input.ts";
