import { z } from "@hono/zod-openapi";
import type { Preferred } from "../../model/preference.ts";
import type * as ports from "../../ports/policies.ts";
import { epochMs, line, nodeId } from "./common.ts";
import type { Hold, Same } from "./same.ts";

const leaveAlone = z.strictObject({ kind: z.literal("leaveAlone"), node: nodeId });
const never = z.strictObject({ kind: z.literal("limit"), limit: z.literal("noGridCharging") });
const atMost = z.strictObject({
  kind: z.literal("limit"),
  limit: z.enum(["cyclesPerDay", "commandsPerDay"]),
  most: z.number().positive(),
});
const askFirst = z.object({
  kind: z.literal("askFirst"),
  node: z.string(),
  act: z.enum(["on", "off", "set"]),
  days: z.number(),
  fromMinutes: z.number(),
  toMinutes: z.number(),
});
const notThisMeasure = z.object({ kind: z.literal("notThisMeasure"), node: z.string(), measure: z.string() });
const notThis = z.object({ kind: z.literal("notThis"), nodes: z.array(z.string()).readonly() });

/** What a person may say of themselves. */
export const newPreference = z.union([leaveAlone, never, atMost]).openapi("NewPreference");
const preferred = z.union([leaveAlone.extend({ node: z.string() }), never, atMost, askFirst, notThis, notThisMeasure]);

const preference = z
  .object({
    id: z.string(),
    at: epochMs,
    by: z.string(),
    source: z.enum(["said", "refused", "changed", "byHand"]),
    what: preferred,
    takenBackAt: epochMs.optional(),
    words: z.string(),
  })
  .openapi("Preference", { description: "What people have shown to want; later proposals heed it" });
export const preferenceList = z.object({ preferences: z.array(preference).readonly() }).openapi("PreferenceList");

/** Why a policy is refused, and what of it later proposals are to heed. */
export const policyRefusal = z
  .strictObject({ reason: line(500), because: newPreference.optional() })
  .openapi("PolicyRefusal");

export const policyChange = z
  .strictObject({
    leaveOut: z.array(nodeId).max(20).readonly().optional(),
    limits: z
      .strictObject({
        noGridCharging: z.literal(true).optional(),
        cyclesPerDay: z.number().positive().optional(),
        commandsPerDay: z.number().int().positive().optional(),
      })
      .optional(),
  })
  .openapi("PolicyChange");

export type PreferenceList = z.output<typeof preferenceList>;
export type NewPreference = z.output<typeof newPreference>;
/** @public */
export type PreferencesMatchTheModel = Hold<
  [Same<z.output<typeof preferred>, Preferred>, Same<z.output<typeof policyChange>, ports.PolicyChange>]
>;
