import { z } from "@hono/zod-openapi";
import { blueprintAnswers } from "../../model/blueprint/input.ts";
import { ruleDraft } from "../../model/rule/rule.ts";
import { epochMs } from "./common.ts";
import { trace } from "./traces.ts";

export const draftRequest = z
  .strictObject({
    draft: ruleDraft,
    id: z.string().max(100).optional().openapi({ description: "the rule that it would replace" }),
  })
  .openapi("RuleDraftRequest");

export const saveRequest = z
  .strictObject({
    draft: ruleDraft,
    sure: z.boolean().default(false).openapi({ description: "what is only warned of was seen, and is to be saved so" }),
  })
  .openapi("RuleSaveRequest");

export const ruleProblem = z
  .object({
    level: z.enum(["error", "warn"]),
    code: z.string(),
    field: z.string().openapi({ description: "where in the rule, for example on.0.target.rooms" }),
    text: z.string(),
    fix: z
      .object({ text: z.string(), draft: ruleDraft })
      .optional()
      .openapi({ description: "the rule as it would be, mended" }),
    about: z.array(z.string()).readonly().optional().openapi({ description: "ids of other rules or devices" }),
  })
  .openapi("RuleProblem");

export const ruleReading = z
  .object({
    words: z.string(),
    problems: z.array(ruleProblem).readonly(),
    moments: z
      .array(
        z.object({
          words: z.string(),
          meaning: z.array(z.string()).readonly().openapi({ description: "what changes of the clock mean for it" }),
          next: z.array(epochMs).readonly().openapi({ description: "at most 400 within the next twelve months" }),
        }),
      )
      .readonly(),
  })
  .openapi("RuleReading");

export const homeRule = z
  .intersection(
    ruleDraft,
    z.object({
      id: z.string(),
      origin: z.enum(["person", "import", "blueprint"]),
      by: z.string(),
      madeAt: epochMs,
      changedAt: epochMs,
      blueprint: z
        .object({ id: z.string(), version: z.number(), inputs: blueprintAnswers, made: ruleDraft })
        .optional()
        .openapi({ description: "the ready-made rule that it was made of, and what that gave" }),
      source: z.string().optional().openapi({ description: "its name in the system whose file it was read from" }),
    }),
  )
  .openapi("HomeRule");

export const homeRuleStatus = z
  .object({
    rule: homeRule,
    words: z.string(),
    holds: z.union([z.boolean(), z.literal("unknown")]).optional(),
    reason: z.string().optional(),
    lastAt: epochMs.optional(),
    switchedBy: z.array(z.string()).readonly().openapi({ description: "titles of rules that switch it on or off" }),
    running: z.array(trace).readonly(),
    nextAt: epochMs.optional(),
  })
  .openapi("HomeRuleStatus");

export const homeRuleList = z.object({ rules: z.array(homeRuleStatus).readonly() }).openapi("HomeRuleList");

export const saveAnswer = z
  .object({ saved: z.boolean(), status: homeRuleStatus.optional(), problems: z.array(ruleProblem).readonly() })
  .openapi("RuleSaveAnswer");

/** @public */
export type RuleProblem = z.output<typeof ruleProblem>;
/** @public */
export type RuleReading = z.output<typeof ruleReading>;
/** @public */
export type HomeRuleStatus = z.output<typeof homeRuleStatus>;
/** @public */
export type RuleSaveAnswer = z.output<typeof saveAnswer>;
/** @public */
export type { Expression } from "../../model/rule/expression.ts";
/** @public */
export type { EventRule, RuleDraft, SteadyRule } from "../../model/rule/rule.ts";
/** @public */
export type { CommandStep, Step } from "../../model/rule/step.ts";
/** @public */
export type { Target } from "../../model/rule/target.ts";
/** @public */
export type { Trigger } from "../../model/rule/trigger.ts";
