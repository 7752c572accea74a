import { z } from "@hono/zod-openapi";
import { traceKinds } from "../../model/trace.ts";
import { whyActors, whyKinds } from "../../model/why.ts";
import { epochMs, id, nodeId } from "./common.ts";

export const trace = z
  .object({
    id: z.string(),
    at: epochMs,
    endedAt: epochMs.optional().openapi({ description: "absent while it runs" }),
    rule: z.string(),
    title: z.string(),
    kind: z.enum(traceKinds).openapi({
      description: "nearMiss: something spoke for it and nothing was done; steady: what a rule keeps so changed",
    }),
    cause: z.string(),
    outcome: z.string(),
    nodes: z.array(z.string()).readonly(),
    lines: z.array(z.object({ at: epochMs, text: z.string(), bad: z.literal(true).optional() })).readonly(),
  })
  .openapi("Trace", { description: "What a rule did and why, or why it did nothing, with the values seen." });

export const holdList = z
  .object({
    holds: z
      .array(
        z.object({
          by: z.string(),
          until: epochMs,
          what: z.string().openapi({ description: "the capability that is held, in words" }),
        }),
      )
      .readonly(),
  })
  .openapi("HoldList");

export const tracePage = z
  .object({
    traces: z.array(trace).readonly(),
    more: z
      .number()
      .int()
      .optional()
      .openapi({ description: "give it as `before` for older ones; absent: there are none" }),
    kept: z
      .object({ bytes: z.number(), maxBytes: z.number() })
      .openapi({ description: "beyond maxBytes the oldest go" }),
  })
  .openapi("TracePage");

const at = z.coerce.number().optional();

export const traceQuery = z.object({
  rule: id.optional(),
  node: nodeId.optional(),
  kind: z.enum(traceKinds).optional(),
  from: at,
  to: at,
  text: z.string().trim().max(200, "must be at most 200 characters").optional(),
  before: z.coerce.number().int().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

const reason = z
  .object({
    kind: z.enum(whyKinds),
    text: z.string(),
    by: z.enum(whyActors).optional(),
    rule: z.string().optional(),
    trace: z.string().optional().openapi({ description: "the trace that tells more" }),
    at: epochMs.optional(),
  })
  .openapi("WhyReason");

const reasons = z.array(reason).readonly();

export const why = z
  .object({
    node: z.string(),
    name: z.string(),
    from: epochMs,
    to: epochMs,
    now: z.string().optional(),
    did: reasons.openapi({ description: "what it was asked for, or did by itself; the newest first" }),
    keeps: reasons.openapi({ description: "what keeps it as it is" }),
    not: z
      .array(z.object({ rule: z.string(), title: z.string(), reasons }))
      .readonly()
      .openapi({ description: "rules that could have acted on it and did not, the most telling first" }),
    why: z.string().openapi({ description: "the answer to: why is it so" }),
    impossible: z.boolean().optional().openapi({ description: "nothing that anybody asks could make it so" }),
    whyNot: z.string().openapi({ description: "the answer to: why was it not otherwise" }),
  })
  .openapi("Why");

export const whyQuery = z.object({
  at: at.openapi({ description: "a moment; now where nothing is given" }),
  from: at.openapi({ description: "a stretch of time, with `to`" }),
  to: at,
});

/** @public */
export type Trace = z.output<typeof trace>;
/** @public */
export type TracePage = z.output<typeof tracePage>;
/** @public */
export type Why = z.output<typeof why>;
/** @public */
export type WhyReason = z.output<typeof reason>;

/** @public */
export type HoldList = z.output<typeof holdList>;
