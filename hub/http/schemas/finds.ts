import { z } from "@hono/zod-openapi";
import type { Finds } from "../../model/find.ts";
import { findKinds } from "../../model/find.ts";
import { goal } from "../../model/goal/index.ts";
import type { FindsView as PortView } from "../../ports/finds.ts";
import { epochMs } from "./common.ts";
import type { Hold, Same } from "./same.ts";

const ranged = z
  .object({ likely: z.number(), low: z.number(), high: z.number() })
  .openapi({ description: "nine times in ten between low and high" });

const picture = z
  .object({
    caption: z.string(),
    unit: z.enum(["W", "kWh", "°C"]),
    across: z.enum(["hours", "days"]),
    from: epochMs.optional(),
    values: z.array(z.number().nullable()).readonly(),
    part: z.array(z.number()).readonly().optional(),
    level: z.number().optional(),
  })
  .openapi({ description: "bars by hour of the day, or by day; part is what could be saved or moved of each" });

const offer = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("goals"), goals: z.array(goal).readonly() }),
  z.object({ kind: z.literal("blueprint"), blueprint: z.string(), words: z.string() }),
  z.object({ kind: z.literal("advice"), words: z.string() }),
]);

const kind = z.enum(findKinds);

const find = z
  .object({
    id: z.string(),
    kind,
    node: z.string().optional(),
    room: z.string().optional(),
    title: z.string(),
    facts: z.array(z.string()).readonly(),
    picture,
    effect: z.enum(["saves", "moves"]),
    kwh: ranged,
    money: ranged,
    confidence: z.enum(["high", "medium", "low"]),
    because: z.string(),
    offer,
    aside: z.string().optional().openapi({ description: "why it stands last: a person has shown not to want it" }),
  })
  .openapi("Find");

const finds = z
  .object({
    at: epochMs,
    from: epochMs,
    to: epochMs,
    finds: z.array(find).readonly(),
    silent: z.array(z.object({ kind, about: z.string().optional(), why: z.string() })).readonly(),
    rankedBy: z.enum(["saving", "goals"]).openapi({ description: "money saved, or what the family wishes for" }),
    words: z.array(z.object({ find: z.string(), words: z.string() })).readonly(),
    notes: z.array(z.string()).readonly(),
  })
  .openapi("Finds");

export const findsView = z
  .object({
    found: finds.optional(),
    dismissed: z.array(z.string()).readonly(),
    searching: z.boolean(),
    failed: z.string().optional(),
  })
  .openapi("FindsView");

export const findParam = z.object({ id: z.string().max(300) });
export const findChange = z.strictObject({
  dismissed: z.boolean().openapi({ description: "true: not interesting; it stays so over later searches" }),
});

export type FindsView = z.output<typeof findsView>;
export type FoundThing = z.output<typeof find>;
/** @public */
export type FindsMatchTheModel = Hold<[Same<FindsView, PortView>, Same<z.output<typeof finds>, Finds>]>;
