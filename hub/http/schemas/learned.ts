import { z } from "@hono/zod-openapi";
import { epochMs } from "./common.ts";

const perStep = z.array(z.number().nullable()).readonly();

const picture = z
  .object({ day: z.string(), from: epochMs, stepMs: z.number(), predicted: perStep, measured: perStep })
  .openapi({ description: "a tested day, foretold and measured; null is unknown" });

const proof = z
  .object({
    what: z.string(),
    unit: z.enum(["°C", "%", "kWh", "W"]),
    error: z.number(),
    limit: z.number(),
    usual: z.number(),
    days: z.number(),
    ok: z.boolean(),
    note: z.string(),
    picture: picture.optional(),
  })
  .openapi({ description: "the model's mean absolute error on days that it has not seen, and what it may be" });

const hours = z.array(z.number()).readonly();

const learned = z
  .object({
    kind: z.enum(["base", "sun", "battery", "car", "tank", "room", "appliance", "corner", "light", "unknown"]),
    name: z.string(),
    node: z.string().optional(),
    ok: z.boolean().openapi({ description: "false: nothing is judged by it, and note says why" }),
    note: z.string(),
    facts: z.array(z.string()).readonly(),
    rests: z.string(),
    proof: proof.optional(),
    ahead: z
      .object({ from: epochMs, likely: hours, low: hours, high: hours })
      .optional()
      .openapi({ description: "the next hours, kWh; eight in ten lie between low and high" }),
  })
  .openapi("Learned");

export const learnedHome = z
  .object({
    at: epochMs,
    from: epochMs,
    to: epochMs,
    days: z.number(),
    testedDays: z.number(),
    models: z.array(learned).readonly(),
  })
  .openapi("LearnedHome");
