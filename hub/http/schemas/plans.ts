import { z } from "@hono/zod-openapi";
import { goal, goals } from "../../model/goal/index.ts";
import { condition } from "../../model/rule/condition.ts";
import { clockTime, epochMs, line } from "./common.ts";

const plain = z.union([z.number(), z.boolean(), z.string()]);

const wattsPath = z.string().max(200).openapi({ description: "the text path of the device's own power" });
const costOrCo2 = z.enum(["cost", "co2"]);

export const computed = z
  .discriminatedUnion("kind", [
    z.object({ kind: z.literal("bestStart"), by: z.enum(["cost", "co2", "sun"]) }),
    z.object({ kind: z.literal("bestPause"), by: costOrCo2 }),
    z.object({ kind: z.literal("leastPower") }),
    z.object({ kind: z.literal("sunPower"), power: wattsPath }),
    z.object({
      kind: z.literal("charge"),
      power: wattsPath,
      kw: z.number().positive().max(350),
      phases: z.number().int().min(1).max(3),
      by: clockTime.optional(),
      kwh: z.number().nonnegative().max(500).optional(),
    }),
    z.object({ kind: z.literal("release") }),
  ])
  .openapi("Computed", { description: "worked out at the moment of acting, in place of fixed arguments" });

export const ruleAction = z
  .object({
    node: z.string(),
    endpoint: z.number().int(),
    capability: z.string(),
    command: z.string(),
    args: z.record(z.string(), plain),
    computed: computed.optional(),
  })
  .openapi("RuleAction");

export const rule = z
  .object({
    id: z.string(),
    title: z.string(),
    when: condition,
    then: z.array(ruleAction).readonly(),
    otherwise: z.array(ruleAction).readonly().optional(),
    origin: z.enum(["person", "plan"]),
    rank: z.number().optional(),
    plan: z.string().optional(),
    because: z
      .string()
      .optional()
      .openapi({ description: "why it asks what it asks, where its condition does not say so" }),
    enabled: z.boolean(),
    from: epochMs.optional(),
    until: epochMs.optional(),
    budget: z
      .object({
        commands: z.number().optional(),
        battery: z.object({ charge: z.string(), percent: z.number() }).optional(),
      })
      .optional()
      .openapi({ description: "what all rules of its plan may do together in a day" }),
  })
  .openapi("Rule");

export const ruleStatus = z
  .object({
    rule,
    words: z.string(),
    holds: z.union([z.boolean(), z.literal("unknown")]),
    reason: z.string(),
    lastFiredAt: epochMs.optional(),
  })
  .openapi("RuleStatus");

export const proposal = z
  .object({
    strategy: z.string(),
    node: z.string(),
    params: z.record(z.string(), z.union([z.number(), z.string()])),
    title: z.string(),
    because: z.string(),
    madeBy: z.discriminatedUnion("kind", [
      z.object({ kind: z.literal("model"), name: z.string() }),
      z.object({ kind: z.literal("planner") }),
    ]),
    rules: z.array(rule).readonly(),
  })
  .openapi("Proposal");

export const totals = z
  .object({
    importedKwh: z.number(),
    exportedKwh: z.number(),
    cost: z.number(),
    co2Kg: z.number(),
    comfortMinutesLost: z.number(),
    switchings: z.number(),
  })
  .openapi("Totals");

const savedOnDay = z.object({ day: z.string(), savedCost: z.number() });

export const verdict = z
  .object({
    ok: z.boolean(),
    reasons: z.array(z.string()).readonly(),
    checks: z.array(z.object({ name: z.string(), ok: z.boolean(), detail: z.string() })).readonly(),
    days: z.number(),
    baseline: totals,
    withPlan: totals,
    daily: z.array(savedOnDay.extend({ savedKwh: z.number() })).readonly(),
    worstDay: savedOnDay.optional(),
    fit: z.object({ ok: z.boolean(), note: z.string() }),
    perDay: z.object({ mean: z.number(), band: z.number() }),
  })
  .openapi("Verdict");

export const measured = z
  .object({
    from: epochMs,
    to: epochMs,
    days: z.number(),
    savedCost: z.number(),
    savedKwh: z.number(),
    band: z.number(),
    coverage: z.number(),
    note: z.string(),
    daily: z
      .array(z.object({ day: z.string(), savedCost: z.number() }))
      .readonly()
      .optional()
      .openapi({ description: "whole days; their sum is savedCost" }),
    most: z.number().optional().openapi({ description: "the most that physics allows, in currency" }),
    method: z.string().optional(),
    refused: z.string().optional().openapi({ description: "why nothing can be said" }),
  })
  .openapi("Measured");

export const plan = z
  .object({
    id: z.string(),
    goal: z.string(),
    state: z.enum(["proposed", "verified", "refused", "approved", "running", "rejected", "suspended", "ended"]),
    reason: z.string(),
    proposal,
    verdict: verdict.optional(),
    hash: z.string().openapi({ description: "SHA-256 over goal, proposal and limits; an approval names it" }),
    createdAt: epochMs,
    approvedAt: epochMs.optional(),
    approvedBy: z.string().optional(),
    measured: measured.optional(),
  })
  .openapi("Plan");

export const planView = plan
  .extend({ words: z.array(z.string()).readonly().openapi({ description: "what exactly would run: a rule each" }) })
  .openapi("PlanView");

export const planList = z.object({ plans: z.array(planView).readonly() }).openapi("PlanList");

export const approval = z.strictObject({ hash: z.string().min(1).max(128) }).openapi("Approval");

export const refusal = z.strictObject({ reason: line(500) }).openapi("Refusal");

export const wish = z
  .object({
    id: z.string(),
    text: z.string(),
    by: z.string(),
    at: epochMs,
    state: z.enum(["reading", "read", "planning", "done", "failed", "cancelled"]).openapi({
      description: "read: the goals wait to be confirmed; nothing is planned before; cancelled: by a person",
    }),
    progress: z.string(),
    goals: z.array(goal).readonly(),
    assumed: z
      .array(z.object({ goal: z.number().int(), field: z.string(), words: z.string() }))
      .readonly()
      .optional()
      .openapi({ description: "what was taken for granted; goal counts in goals from 0" }),
    notUnderstood: z
      .array(z.object({ part: z.string(), reason: z.string() }))
      .readonly()
      .optional(),
    refused: z.array(z.object({ title: z.string(), reason: z.string() })).readonly(),
    readBy: z.string(),
    rankedBy: z.string().optional().openapi({ description: "the model that put the proposals in order" }),
  })
  .openapi("Wish");

export const wishList = z.object({ wishes: z.array(wish).readonly() }).openapi("WishList");

export const newWish = z.strictObject({ text: line(500) }).openapi("NewWish", {
  example: { text: "Car at 80 % by 7, spend least, never colder than 19 in the living room" },
});

export const goalForm = z.strictObject({ goals }).openapi("GoalForm", {
  description: "goals in order: the first comes before all others",
});

const thingKind = z.enum(["car", "tank", "battery", "appliance", "corner", "thermostat", "light", "other"]);

export const goalChoices = z
  .object({
    things: z.array(z.object({ node: z.string(), name: z.string(), kind: thingKind })).readonly(),
    rooms: z.array(z.object({ name: z.string(), heated: z.boolean() })).readonly(),
  })
  .openapi("GoalChoices");

export const ruleList = z.object({ rules: z.array(ruleStatus).readonly() }).openapi("RuleList");

export const ruleChange = z.strictObject({ enabled: z.boolean() }).openapi("RuleChange");
