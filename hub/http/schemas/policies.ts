import { z } from "@hono/zod-openapi";
import { goal, goals } from "../../model/goal/index.ts";
import type { Policy } from "../../model/policy.ts";
import type * as kept from "../../model/policy-kept.ts";
import type * as ports from "../../ports/policies.ts";
import { epochMs, line } from "./common.ts";
import { totals } from "./plans.ts";
import type { Hold, Same } from "./same.ts";

const rehearsed = z
  .object({ totals, cycles: z.number().openapi({ description: "full cycles of the batteries" }) })
  .openapi("Rehearsed");

const check = z.object({ name: z.string(), ok: z.boolean(), detail: z.string() });

export const policyVerdict = z
  .object({
    at: epochMs,
    ok: z.boolean(),
    reasons: z.array(z.string()).readonly(),
    cantJudge: z.boolean(),
    checks: z.array(check).readonly(),
    days: z.number(),
    nothing: rehearsed,
    plain: rehearsed,
    policy: rehearsed,
    possible: z.object({ cost: z.number(), share: z.number() }).optional().openapi({
      description:
        "with all of these days known beforehand: the least that they could have cost, and the policy's share (0..1) of the saving that this would have been",
    }),
    daily: z.array(z.object({ day: z.string(), savedCost: z.number() })).readonly(),
    perDay: z.object({
      mean: z.number(),
      band: z.number(),
      overPlain: z.number(),
      overPlainBand: z.number(),
    }),
    solves: z.object({ count: z.number(), fallbacks: z.number(), meanMs: z.number() }),
  })
  .openapi("PolicyVerdict");

const perDay = z.object({ mean: z.number(), band: z.number() });

const policyWeek = z
  .object({
    from: epochMs,
    to: epochMs,
    whole: z.boolean(),
    promised: perDay,
    measured: perDay.optional(),
    days: z.number(),
    outcome: z.enum(["beaten", "kept", "short", "missed", "cantTell"]),
    words: z.string(),
    note: z.string(),
  })
  .openapi("PolicyWeek", { description: "Saving a day as promised and as measured, with its 90 % band; currency" });

export const policy = z
  .object({
    id: z.string(),
    title: z.string(),
    goals: z.array(goal).readonly(),
    devices: z
      .array(
        z.object({
          node: z.string(),
          endpoint: z.number(),
          kind: z.enum(["battery", "car", "tank", "room", "machine", "solar"]),
          name: z.string(),
        }),
      )
      .readonly(),
    limits: z.object({
      noGridCharging: z.boolean(),
      cyclesPerDay: z.number().optional().openapi({ description: "full cycles of a battery in a day" }),
      commandsPerDay: z.number().optional(),
    }),
    assumptions: z.object({ tariff: z.string(), loadError: z.number() }),
    hash: z.string().openapi({ description: "SHA-256 over title, goals, devices and limits; an approval names it" }),
    state: z.enum(["proposed", "shadow", "running", "suspended", "ended", "rejected"]),
    reason: z.string(),
    createdAt: epochMs,
    by: z.string(),
    approvedAt: epochMs.optional(),
    approvedBy: z.string().optional(),
    runningSince: epochMs.optional(),
    weeks: z.array(policyWeek).readonly().optional(),
    checks: z.array(check).readonly().optional().openapi({ description: "what was looked at before its trial" }),
    verdict: policyVerdict.optional(),
    trying: z.number().optional().openapi({ description: "share of the trial that is done, 0 to 1" }),
    asks: z
      .array(z.object({ node: z.string().optional(), words: z.string() }))
      .readonly()
      .optional()
      .openapi({
        description: "what the person is asked before approving, because of what they refused or did by hand",
      }),
    leftOut: z.array(z.object({ name: z.string(), reason: z.string() })).readonly(),
  })
  .openapi("Policy");

const scheduledBlock = z
  .object({
    from: epochMs,
    to: epochMs,
    mode: z.string(),
    kwh: z.number(),
    words: z.string(),
    extraCost: z.number().optional(),
  })
  .openapi("ScheduledBlock");

export const scheduleView = z
  .object({
    at: epochMs,
    end: epochMs,
    madeBy: z.enum(["solver", "lastPlan", "greedy", "selfConsumption"]),
    fallback: z.string().optional(),
    slots: z
      .array(
        z.object({
          from: epochMs,
          price: z.number(),
          exportPrice: z.number(),
          priceKnown: z.boolean(),
          loadKwh: z.number(),
          pvKwh: z.number(),
          importKwh: z.number(),
          exportKwh: z.number(),
        }),
      )
      .readonly(),
    devices: z
      .array(
        z.object({
          node: z.string(),
          name: z.string(),
          kind: z.string(),
          blocks: z.array(scheduledBlock).readonly(),
          levels: z.array(z.number()).readonly().optional(),
          unit: z.enum(["%", "°C"]).optional(),
        }),
      )
      .readonly(),
    aside: z.array(z.object({ name: z.string(), reason: z.string() })).readonly(),
    guard: z
      .object({ words: z.string(), held: z.array(z.string()).readonly() })
      .optional()
      .openapi({
        description: "What the house's power is held to between two plans, and what is held back for it now.",
      }),
    broken: z.array(z.string()).readonly(),
    cost: z.number(),
    solveMs: z.number(),
  })
  .openapi("ScheduleView");

const askedPlan = z.object({
  at: epochMs,
  blocks: z
    .array(
      z.object({
        device: z.string(),
        from: epochMs,
        to: epochMs,
        mode: z.string(),
        kwh: z.number(),
        limit: z.number().optional(),
      }),
    )
    .readonly(),
});
export const watchedDay = z
  .object({
    day: z.string(),
    from: epochMs,
    plans: z.array(askedPlan).readonly(),
    ran: z.boolean(),
    really: z.array(z.object({ device: z.string(), kwh: z.array(z.number().nullable()).readonly() })).readonly(),
    paid: z.number().optional(),
    would: z.number().optional(),
  })
  .openapi("WatchedDay", { description: "What a policy asked, or would have asked, beside what really happened" });
export const watchedDays = z.object({ days: z.array(watchedDay).readonly() }).openapi("WatchedDays");

/** A policy with what is planned within it now. */
export const policyView = policy.extend({ schedule: scheduleView.optional() }).openapi("PolicyView");
export const policyList = z.object({ policies: z.array(policyView).readonly() }).openapi("PolicyList");
export const newPolicy = z.strictObject({ title: line(200), goals }).openapi("NewPolicy");

export type PolicyView = z.output<typeof policyView>;
export type PolicyList = z.output<typeof policyList>;
export type PolicyWeek = z.output<typeof policyWeek>;
export type WatchedDay = z.output<typeof watchedDay>;
export type WatchedDays = z.output<typeof watchedDays>;
export type PolicyVerdict = z.output<typeof policyVerdict>;
export type ScheduleView = z.output<typeof scheduleView>;
/** @public */
export type PoliciesMatchTheModel = Hold<
  [Same<z.output<typeof policy>, Policy>, Same<ScheduleView, ports.ScheduleView>, Same<WatchedDay, kept.WatchedDay>]
>;
