import { z } from "@hono/zod-openapi";
import { line, nodeId, value } from "./common.ts";

/** A mapping is short: so many values, and texts of these lengths. */
const MAX_VALUES = 64;

const topic = z.string().max(300).openapi({ example: "cellar/pump/state" });
const field = z.string().min(1).max(120).optional().openapi({
  description: "path in a JSON body, steps joined by dots; absent: the whole body",
  example: "energy.total",
});
const word = z.string().min(1).max(100);

const mappedValue = z
  .strictObject({
    topic,
    field,
    means: z.string().max(120).optional().openapi({
      description: "`capability.attribute` of the house; absent: the device's own value",
      example: "electricalPowerMeasurement.activePower",
    }),
    name: z.string().min(1).max(80).optional(),
    label: line(80).optional(),
    kind: z.enum(["number", "boolean", "enum", "text"]),
    unit: z.string().max(32).optional().openapi({ description: "in which the device writes it", example: "kW" }),
    scale: z.number().optional().openapi({ description: "times the written number is in the unit: tenths 0.1" }),
    min: z.number().optional(),
    max: z.number().optional(),
    step: z.number().optional(),
    on: word.optional(),
    off: word.optional(),
    values: z.array(word).max(64).readonly().optional(),
    words: z
      .record(word, word)
      .refine((all) => Object.keys(all).length <= 64, "must be at most 64 words")
      .optional()
      .openapi({ description: "the device's words of an enum, each with the house's" }),
    endpoint: z.number().int().min(1).max(90).optional(),
    set: z
      .strictObject({ topic, payload: z.string().max(2000).openapi({ example: '{"target": {value}}' }) })
      .optional()
      .openapi({ description: "how it is set; {value} stands for the value" }),
  })
  .openapi("MappedValue");

export const mapping = z
  .strictObject({
    version: z.literal(1, { error: "must be 1" }),
    name: line(80),
    vendor: line(80).optional(),
    model: line(80).optional(),
    type: z.string().max(80).optional().openapi({ description: "a device type of the house", example: "pump" }),
    silentAfterMinutes: z.number().int().min(1).max(100_000).optional(),
    availability: z.strictObject({ topic, field, online: word, offline: word }).optional(),
    values: z
      .array(mappedValue)
      .min(1, "must have at least one value")
      .max(MAX_VALUES, `must have at most ${MAX_VALUES} values`)
      .readonly(),
  })
  .openapi("Mapping", { description: "A device as a person describes it." });

export const keptMapping = z
  .object({
    id: z.string(),
    mapping,
    node: nodeId,
    file: z.string().optional().openapi({ description: "it was read from this file and is changed there" }),
  })
  .openapi("KeptMapping");

export const mappingList = z.object({ mappings: z.array(keptMapping).readonly() }).openapi("MappingList");

export const mappingId = z.object({
  id: z
    .string()
    .max(40)
    .openapi({ param: { name: "id", in: "path" }, example: "cellar-pump" }),
});

export const houseWord = z
  .object({
    means: z.string(),
    group: z.string(),
    label: z.string(),
    kind: mappedValue.shape.kind,
    units: z.array(z.string()).readonly().openapi({ description: "units that can be turned into the house's" }),
    words: z.array(z.string()).readonly().openapi({ description: "the house's words of an enum" }),
    settable: z.boolean(),
  })
  .openapi("HouseWord");

export const houseWordList = z.object({ words: z.array(houseWord).readonly() }).openapi("HouseWordList");

export const valuePreview = z
  .object({
    label: z.string(),
    value: value.optional(),
    unitText: z.string(),
    problem: z.string().optional(),
  })
  .openapi("ValuePreview");

export const previewList = z.object({ values: z.array(valuePreview).readonly() }).openapi("PreviewList");

const unreadTopic = z
  .object({
    topic: z.string(),
    broker: z.string(),
    sample: z.string().openapi({ description: "the last message, secrets masked, at most 500 characters" }),
    retained: z.boolean(),
    count: z.number().int(),
    at: z.number(),
  })
  .openapi("UnreadTopic");

export const unreadList = z
  .object({ topics: z.array(unreadTopic).readonly(), total: z.number().int() })
  .openapi("UnreadList");

export const unreadQuery = z.object({
  search: z
    .string()
    .max(200)
    .optional()
    .openapi({ param: { name: "search", in: "query" } }),
});

export const leaf = z
  .object({ field: z.string().optional(), sample: z.string(), secret: z.boolean(), guess: mappedValue })
  .openapi("Leaf", { description: "A value that a message holds, and what it may be." });

export const leafList = z.object({ topic: z.string(), leaves: z.array(leaf).readonly() }).openapi("LeafList");

export const leafQuery = z.object({
  topic: z
    .string()
    .max(1024)
    .openapi({ param: { name: "topic", in: "query" } }),
});
