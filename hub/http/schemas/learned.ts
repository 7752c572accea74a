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
    known: z
      .array(
        z.object({
          fact: z.enum(["batteryKwh", "batteryReturn", "carKwh", "tankLitres"]),
          label: z.string(),
          unit: z.enum(["kWh", "%", "l"]),
          least: z.number(),
          most: z.number(),
          learned: z.number().optional(),
          source: z.string(),
          told: z.number().optional(),
        }),
      )
      .readonly()
      .optional()
      .openapi({ description: "figures that a person may overrule, by PATCH /api/nodes/{id} with `told`" }),
    rests: z.string(),
    help: z.string().optional().openapi({ description: "of a model that is not used: what would help" }),
    proof: proof.optional(),
    ahead: z
      .object({ from: epochMs, likely: hours, low: hours, high: hours })
      .optional()
      .openapi({ description: "the next hours, kWh; eight in ten lie between low and high" }),
  })
  .openapi("Learned");

const prediction = z
  .object({
    kind: z.enum(["load", "sun", "prices", "presence", "hotWater", "car"]),
    unit: z.enum(["kWh", "%", "money"]).openapi({ description: "money: the home's currency per kWh; %: how likely" }),
    error: z.number().openapi({ description: "mean absolute error of an hour, foretold the midnight before" }),
    plain: z.number().openapi({ description: "the error of the plainest guess" }),
    plainGuess: z.string(),
    usual: z.number(),
    days: z.number().openapi({ description: "days tested; 0: too few are known" }),
    used: z.boolean().openapi({ description: "whether anything is planned by it; note says by what, or why not" }),
    note: z.string(),
    picture: picture.optional(),
  })
  .openapi("Prediction");

export const learnedHome = z
  .object({
    at: epochMs,
    from: epochMs,
    to: epochMs,
    days: z.number(),
    testedDays: z.number(),
    models: z.array(learned).readonly(),
    predictions: z.array(prediction).readonly(),
  })
  .openapi("LearnedHome");

const shares = z.array(z.number()).readonly();

const learnedLoad = z
  .object({
    node: z.string(),
    endpoint: z.number(),
    name: z.string(),
    kind: z.enum(["always", "periodic", "machine", "use", "unknown"]).openapi({
      description: "draws the same always; comes and goes by itself; runs programmes; is used as people like",
    }),
    ok: z.boolean().openapi({ description: "false: note says why, and help what would help" }),
    note: z.string(),
    help: z.string().optional(),
    facts: z.array(z.string()).readonly(),
    standbyW: z.number().optional(),
    restKwhPerYear: z.number().optional().openapi({ description: "what standing idle comes to in a year, kWh" }),
    kwhPerDay: z.number().optional(),
    perWeek: z.number().optional().openapi({ description: "cycles a week" }),
    programmes: z
      .array(z.object({ count: z.number(), kwh: z.number(), hours: z.number(), shape: shares }))
      .readonly()
      .openapi({
        description: "cycles that are alike, the most usual first; shape in W, a value for each shapeStepMs",
      }),
    shapeStepMs: z.number(),
    byHour: shares.openapi({ description: "share of the cycles that began in each hour of the day" }),
    byWeekday: shares.openapi({ description: "the same by weekday, Monday first" }),
    proof: proof.optional(),
  })
  .openapi("LearnedLoad");

export const learnedLoads = z
  .object({ at: epochMs, from: epochMs, to: epochMs, loads: z.array(learnedLoad).readonly(), leftOut: z.number() })
  .openapi("LearnedLoads");
