import { z } from "@hono/zod-openapi";
import { findingStates } from "../../model/finding.ts";
import { endpointNumber, epochMs, id, nodeId, value } from "./common.ts";
import { outcome } from "./nodes.ts";

const state = z.enum(findingStates).openapi({
  description: "new: nobody looked at it; accepted: known, no news; ignored: not shown until it changes; fixed: over",
});

const remedyCommand = z.strictObject({
  target: z.strictObject({ node: nodeId, endpoint: endpointNumber }),
  capability: z.string().min(1).max(80),
  command: z.string().min(1).max(80),
  args: z.record(z.string().max(120), value),
});

export const finding = z
  .object({
    key: z.string().openapi({ description: "the same for the same problem of the same field, over restarts" }),
    state,
    code: z.string(),
    message: z.string(),
    fix: z.string().optional(),
    remedy: z
      .object({ label: z.string(), command: remedyCommand })
      .optional()
      .openapi({ description: "what the hub can do about it once a person says so" }),
    node: z.string().optional(),
    topic: z.string().optional(),
    field: z.string().optional(),
    expected: z.string().optional().openapi({ description: "what would have been right" }),
    sample: z.string().optional().openapi({ description: "what was said, as it came" }),
    count: z.number().int(),
    firstAt: epochMs,
    lastAt: epochMs,
    settled: z
      .object({ by: z.string(), at: epochMs, why: z.string().optional() })
      .optional()
      .openapi({ description: "who or what set the state; `hub` for one that is over by itself" }),
    before: z.enum(["new", "accepted"]).optional(),
    firmware: z.string().optional(),
    tried: z.object({ by: z.string(), at: epochMs, outcome }).optional(),
  })
  .openapi("Finding");

export const findingQuery = z.object({
  state: state.optional(),
  node: nodeId.optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(1000),
});

const count = z.number().int();

export const findingList = z
  .object({
    findings: z.array(finding).readonly(),
    counts: z
      .object({ new: count, accepted: count, ignored: count, fixed: count })
      .openapi({ description: "of all findings of the home, whatever was asked for" }),
  })
  .openapi("FindingList");

export const findingParam = z.object({ key: id.openapi({ param: { name: "key", in: "path" } }) });

export const fixRequest = z
  .strictObject({ command: remedyCommand })
  .openapi("FixRequest", { description: "the remedy's command as it was shown to the person who says yes to it" });

export const fixResult = z.object({ finding, outcome }).openapi("FixResult");
