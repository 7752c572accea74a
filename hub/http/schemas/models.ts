/** Language models of the home. */
import { z } from "@hono/zod-openapi";
import { epochMs, line } from "./common.ts";

const bytes = z.number().openapi({ description: "bytes" });
const ms = z.number().openapi({ description: "ms" });
const score = z.object({ right: z.number().int(), of: z.number().int() });

const benchResult = z
  .object({
    at: epochMs,
    loadMs: ms,
    promptPerSecond: z.number().openapi({ description: "tokens of a question read per second" }),
    tokensPerSecond: z.number().openapi({ description: "tokens of an answer written per second" }),
    rssBytes: bytes.optional(),
    alone: score.openapi({ description: "wishes whose kind the model chose right by itself" }),
    house: score.openapi({ description: "wishes that the house reads right with its help" }),
    inventedNames: z.number().int(),
    proposalMs: ms,
    load: z.number(),
    cores: z.number().int(),
  })
  .openapi("ModelBench");

export const modelStatus = z
  .object({
    id: z.string(),
    name: z.string(),
    licence: z.string(),
    licenceNote: z.string().optional(),
    sizeBytes: bytes,
    sha256: z.string(),
    hashFrom: z.string(),
    state: z.enum(["absent", "fetching", "present", "inUse", "loaded", "failed"]),
    fetchedBytes: bytes,
    note: z.string(),
    recommended: z.boolean(),
    memoryBytes: bytes,
    memoryMeasured: z.boolean(),
    fits: z.boolean().openapi({ description: "takes at most half of this machine's memory" }),
    added: z.boolean(),
    bench: benchResult.optional(),
    benching: z.object({ note: z.string(), part: z.number() }).optional(),
  })
  .openapi("ModelStatus");

const advice = z
  .object({
    id: z.string().optional(),
    why: z.string(),
    memoryBytes: bytes,
    availableBytes: bytes,
    note: z.string().optional(),
  })
  .openapi("ModelAdvice");

export const modelServer = z
  .object({
    on: z.boolean(),
    url: z.string(),
    model: z.string(),
    keySet: z.boolean(),
    note: z.string(),
  })
  .openapi("ModelServer");

export const modelList = z
  .object({ models: z.array(modelStatus).readonly(), advice, server: modelServer })
  .openapi("ModelList");

export const modelServerWish = z
  .strictObject({
    on: z.boolean(),
    url: z.string().max(300),
    model: z.string().max(200),
    key: z.string().max(500).optional().openapi({ description: "left out: the kept key stays; empty: it goes" }),
  })
  .openapi("ModelServerWish");

export const modelTrial = z.object({ ok: z.boolean(), note: z.string() }).openapi("ModelTrial");

export const addedModel = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/, "small letters, digits, dots and dashes, at most 64"),
    name: line(100),
    url: z.string().max(1000),
    sha256: z.string().regex(/^[0-9a-fA-F]{64}$/, "must be 64 hexadecimal digits"),
    sizeBytes: z.number().int().positive().optional(),
    licence: line(100).optional(),
  })
  .openapi("AddedModel");
