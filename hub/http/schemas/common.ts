import { z } from "@hono/zod-openapi";
import { NODE_ID } from "../../model/path.ts";

/** Epoch milliseconds. */
export const epochMs = z.number().openapi({ description: "epoch ms", example: 1764000000000 });

export const value = z
  .union([z.number(), z.boolean(), z.string().max(4096)])
  .openapi("Value", { description: "What an attribute or argument may hold." });

export const known = z
  .discriminatedUnion("status", [
    z.object({ status: z.literal("known"), value, at: epochMs, source: z.string() }),
    z.object({ status: z.literal("stale"), value, at: epochMs, source: z.string(), reason: z.string() }),
    z.object({ status: z.literal("unknown"), reason: z.string() }),
  ])
  .openapi("Known", { description: "What is known of an attribute now. Unknown is not zero and not null." });

export const nodeId = z.string().regex(NODE_ID, "must be a device's id, as GET /api/nodes lists it");

export const endpointNumber = z.number().int().min(0).max(65535);

/** Ids made by the hub: short, and never with a character that means something in a path. */
export const id = z.string().regex(/^[A-Za-z0-9._:-]{1,120}$/, "must be an id as the hub gave it");

/** One line that people read or write; what cannot be seen (control characters) is refused. */
export const line = (max: number) =>
  z
    .string()
    .trim()
    .min(1, "must not be empty")
    .max(max, `must be at most ${max} characters`)
    .regex(/^[^\p{Cc}]*$/u, "must not hold control characters");

export const clockTime = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, "must be a time of day as HH:MM")
  .openapi({ example: "07:00" });

export const weekdays = z
  .array(z.number().int().min(1).max(7))
  .max(7)
  .readonly()
  .openapi({
    description: "1 = Monday .. 7 = Sunday; none means every day",
    type: "array",
    items: { type: "integer" },
  });

export const idParam = z.object({ id: id.openapi({ param: { name: "id", in: "path" } }) });

export const done = z.object({ ok: z.literal(true) }).openapi("Done");

/** Problem details as RFC 9457 defines them, with our extensions `code`, `fix`, `errors` and `needsFirstAccount`. */
export const problemDetails = z
  .object({
    type: z.string().openapi({ description: "a URI that names the kind of problem", example: "about:blank" }),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    instance: z.string().optional().openapi({ description: "the path asked for" }),
    code: z.string().openapi({ description: "stable kebab-case word for programs" }),
    fix: z.string().optional().openapi({ description: "what a person can do about it" }),
    errors: z
      .array(z.object({ field: z.string(), message: z.string() }))
      .readonly()
      .optional()
      .openapi({ description: "what does not fit, field by field" }),
    needsFirstAccount: z.boolean().optional().openapi({ description: "no account exists yet: use the one-time link" }),
  })
  .openapi("Problem");
