import { z } from "@hono/zod-openapi";
import { presences } from "../../model/home.ts";
import { languageCodes } from "../../model/language.ts";
import { type ToldKind, toldKinds } from "../../model/told.ts";
import { endpointNumber, epochMs, id, known, line, nodeId, value } from "./common.ts";

const valueKind = z.enum(["number", "boolean", "enum", "string"]);

const valueShape = {
  type: valueKind,
  unit: z.string().optional().openapi({ description: "only for numbers, e.g. degC" }),
  unitText: z.string().optional().openapi({ description: "the unit as people read it, e.g. °C" }),
  min: z.number().optional(),
  max: z.number().optional(),
  step: z.number().optional(),
  values: z.array(z.string()).readonly().optional().openapi({ description: "only for enum" }),
  words: z
    .array(z.string())
    .readonly()
    .optional()
    .openapi({ description: "only for boolean: the words for false and true" }),
};

export const attributeView = z
  .object({
    key: z.string().openapi({ description: "text path, as in history and events", example: "mqtt-1/1/onOff.onOff" }),
    capability: z.string(),
    attribute: z.string(),
    label: z.string(),
    capabilityLabel: z.string(),
    ...valueShape,
    kind: z.enum(["measurement", "counter", "state"]),
    writable: z.boolean(),
    source: z.string(),
    known,
  })
  .openapi("AttributeView");

export const argView = z
  .object({ name: z.string(), label: z.string(), ...valueShape, optional: z.boolean() })
  .openapi("ArgView");

export const commandView = z
  .object({
    capability: z.string(),
    command: z.string(),
    label: z.string(),
    args: z.array(argView).readonly(),
  })
  .openapi("CommandView");

export const deviceTypeView = z
  .object({ name: z.string(), label: z.string(), icon: z.string() })
  .openapi("DeviceTypeView");

export const deviceTypeList = z.object({ deviceTypes: z.array(deviceTypeView).readonly() }).openapi("DeviceTypeList");

export const endpointView = z
  .object({
    number: endpointNumber,
    label: z.string().optional(),
    deviceTypes: z.array(deviceTypeView).readonly().openapi({ description: "a role that a person set comes first" }),
    attributes: z.array(attributeView).readonly(),
    commands: z.array(commandView).readonly(),
  })
  .openapi("EndpointView");

const ratedW = z.number().min(-100_000).max(100_000).openapi({ description: "W; below zero it gives" });
export const meterDeclaration = z
  .discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("meter"), reversed: z.boolean(), net: z.literal(true).optional() }),
    z.strictObject({ kind: z.literal("onOff"), watts: ratedW, standbyW: z.number().min(0).max(1000) }),
    z.strictObject({ kind: z.literal("constant"), watts: ratedW }),
    z.strictObject({ kind: z.literal("elsewhere") }),
  ])
  .openapi("MeterDeclaration", {
    description:
      "How an endpoint's energy is known: by its own meter (reversed: which counts the other way round; net: whose one counter runs both ways), estimated by whether it is on, " +
      "always the same, or measured by another device",
  });

const toldFact = z.enum(["batteryKwh", "batteryReturn", "carKwh", "tankLitres"]);
const within = ({ least, most }: ToldKind) => z.number().min(least).max(most).nullable().optional();
const toldChange = z.strictObject({
  batteryKwh: within(toldKinds.batteryKwh),
  batteryReturn: within(toldKinds.batteryReturn),
  carKwh: within(toldKinds.carKwh),
  tankLitres: within(toldKinds.tankLitres),
});

export const nodeView = z
  .object({
    id: z.string(),
    name: z.string(),
    vendor: z.string().optional(),
    model: z.string().optional(),
    serial: z.string().optional(),
    firmware: z.string().optional(),
    adapter: z.enum(["mqtt", "matter", "house"]),
    dialect: z.string(),
    room: z.string().optional(),
    labels: z.array(z.string()).readonly().openapi({ description: "a person's own groups" }),
    noPlans: z.boolean().openapi({ description: "a person keeps plans and policies off it" }),
    switchedThere: z
      .boolean()
      .optional()
      .openapi({ description: "what changes at the device itself counts as a person's hand" }),
    told: z
      .partialRecord(toldFact, z.number())
      .openapi({ description: "what a person says in place of what is learned" }),
    reachable: z.union([z.boolean(), z.literal("unknown")]),
    presence: z.enum(presences).openapi({
      description:
        "lost: it or its bridge said so; silent: longer without a word than it should be; asleep: on battery, and within " +
        "its time; unheard: nothing live since the hub knows it",
    }),
    heardAt: epochMs.optional().openapi({ description: "the last live message, epoch ms" }),
    roles: z.record(z.string(), z.string()).openapi({ description: "endpoint number to device type" }),
    meters: z
      .record(z.string(), meterDeclaration)
      .openapi({ description: "endpoint number to how its energy is known" }),
    endpoints: z.array(endpointView).readonly(),
  })
  .openapi("NodeView", { description: "A device as the home sees it, with labels, units and ranges to show it by." });

export const nodeList = z.object({ nodes: z.array(nodeView).readonly() }).openapi("NodeList");

export const nodeChange = z
  .strictObject({
    name: line(80).nullable().optional(),
    room: line(80).nullable().optional(),
    labels: z.array(line(60)).max(20).readonly().nullable().optional(),
    noPlans: z.boolean().optional().openapi({ description: "true: no plan and no policy steers it" }),
    switchedThere: z
      .boolean()
      .optional()
      .openapi({ description: "true: what changes at the device itself counts as a person's hand" }),
    told: toldChange.optional().openapi({ description: "in place of what is learned; null takes it back" }),
    roles: z
      .record(z.string().regex(/^\d{1,5}$/, "must be an endpoint number"), z.string().max(60))
      .nullable()
      .optional(),
    meters: z
      .record(z.string().regex(/^\d{1,5}$/, "must be an endpoint number"), meterDeclaration)
      .nullable()
      .optional(),
  })
  .openapi("NodeChange", { description: "What is absent stays; null takes away what a person had set." });

export const replaceRequest = z
  .strictObject({ by: nodeId })
  .openapi("ReplaceRequest", { description: "the device that takes the place of this one", example: { by: "mqtt-2" } });

export const commandRequest = z
  .strictObject({
    node: nodeId,
    endpoint: endpointNumber,
    capability: z.string().min(1).max(80),
    command: z.string().min(1).max(80),
    args: z.record(z.string().max(120), value).optional(),
  })
  .openapi("CommandRequest", { example: { node: "mqtt-1", endpoint: 1, capability: "onOff", command: "on" } });

export const outcome = z
  .discriminatedUnion("state", [
    z.object({ state: z.literal("refused"), reason: z.string() }),
    z.object({ state: z.literal("accepted") }),
    z.object({ state: z.literal("confirmed"), afterMs: z.number() }),
    z.object({ state: z.literal("unconfirmed"), reason: z.string() }),
  ])
  .openapi("Outcome", { description: "Only a later reading confirms." });

export const commandResult = z.object({ id: z.string(), outcome }).openapi("CommandResult");

export const historyQuery = z.object({
  key: z.string().max(300).openapi({ description: "an attribute's key", example: "mqtt-1/1/onOff.onOff" }),
  from: z.string().max(40).openapi({ description: "ISO 8601 or epoch ms, inclusive" }),
  to: z.string().max(40).openapi({ description: "ISO 8601 or epoch ms, exclusive" }),
  bucket: z.string().max(12).openapi({
    description:
      "60s, 5m, 1h, 24h; at least 60s, at most 5000 buckets. Or 1d, 1w, 1mo, 1y: days, weeks from Monday, months and years of the home's calendar; the first is whole.",
  }),
});

export const history = z
  .object({
    key: z.string(),
    unit: z.string().optional(),
    bucketMs: z.number().openapi({ description: "length of a bucket; of the calendar's, what they usually last" }),
    calendar: z
      .object({ unit: z.enum(["day", "week", "month", "year"]), timeZone: z.string() })
      .optional()
      .openapi({ description: "where the buckets are the calendar's" }),
    buckets: z
      .array(
        z
          .object({
            at: epochMs,
            min: z.number(),
            mean: z.number(),
            max: z.number(),
            last: z.number(),
            count: z.number(),
            coverage: z.number().openapi({
              description:
                "share of the bucket in which a value was known, 0..1: none is held for more than 15 minutes. Of the present bucket, of its past part.",
            }),
          })
          .openapi("HistoryBucket"),
      )
      .readonly()
      .openapi({ description: "A bucket without a reading is absent: a gap is a gap." }),
  })
  .openapi("History");

export const pairingJob = z
  .object({
    id: z.string(),
    state: z.enum(["running", "asking", "done", "failed", "cancelled"]),
    step: z.string(),
    done: z.number().openapi({ description: "0..1" }),
    question: z
      .object({ text: z.string(), findings: z.array(z.string()).readonly(), until: epochMs })
      .optional()
      .openapi({ description: "while asking: what could not be proven; refused when not answered until then" }),
    problem: z.string().optional(),
    node: z.string().optional(),
  })
  .openapi("PairingJob");

export const pairingRequest = z
  .strictObject({
    code: z
      .string()
      .trim()
      .max(120)
      .regex(
        /^(MT:[A-Z0-9.*-]{10,110}|[\d -]{11,30})$/,
        "must be the 11 or 21 digits, or the text of the QR code (MT:…)",
      ),
    wifi: z
      .strictObject({ ssid: line(32), password: z.string().max(64) })
      .optional()
      .openapi({ description: "for a device that is paired by Bluetooth and has no network yet; never kept" }),
  })
  .openapi("PairingRequest");

export const pairingParam = z.object({
  id: z
    .string()
    .max(80)
    .openapi({ param: { name: "id", in: "path" } }),
});

export const pairingAnswer = z.strictObject({ accept: z.boolean() }).openapi("PairingAnswer");

export const pairingList = z.object({ jobs: z.array(pairingJob).readonly() }).openapi("PairingList");

export const nodeParam = z.object({ id: nodeId.openapi({ param: { name: "id", in: "path" } }) });

export const candidate = z
  .object({ node: id, endpoint: endpointNumber, name: z.string(), room: z.string().optional() })
  .openapi("Candidate");

export const sentenceRequest = z
  .strictObject({
    text: line(500),
    choice: z
      .strictObject({ node: nodeId, endpoint: endpointNumber })
      .optional()
      .openapi({ description: "one of the candidates that the same text was asked back with" }),
  })
  .openapi("SentenceRequest", { example: { text: "turn on the kitchen light" } });

const language = z
  .enum(languageCodes)
  .optional()
  .openapi({ description: "of the text; English where nothing is said" });

export const sentenceAnswer = z
  .discriminatedUnion("kind", [
    z.object({ kind: z.literal("done"), text: z.string(), results: z.array(commandResult).readonly() }),
    z.object({ kind: z.literal("answer"), text: z.string(), language }),
    z.object({ kind: z.literal("askBack"), text: z.string(), candidates: z.array(candidate).readonly(), language }),
    z.object({ kind: z.literal("notUnderstood"), text: z.string(), language }),
  ])
  .openapi("SentenceAnswer");
