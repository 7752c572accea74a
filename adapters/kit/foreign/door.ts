/** What comes from a maker's process, looked at piece by piece: it may be broken, or lie. Only clean copies pass. */
import { z } from "zod";
import { capabilities, VENDOR } from "../../../hub/model/capabilities/index.ts";
import type { Value } from "../../../hub/model/capability.ts";
import { deviceTypes } from "../../../hub/model/device-types/index.ts";
import type { NodeDescription } from "../../../hub/model/node.ts";
import { NODE_ID } from "../../../hub/model/path.ts";
import type { Reading } from "../../../hub/model/reading.ts";
import { usableName } from "../../mqtt/json.ts";

const MAX_ENDPOINTS = 64;
const MAX_ATTRIBUTES = 512;

const text = (max: number) => z.string().max(max);
const nodeId = z.string().regex(NODE_ID);
const source = text(1200);
const bound = z.number().min(-1e15).max(1e15);
const name = text(120).refine(usableName);

const valueType = z.discriminatedUnion("type", [
  // The unit is a word for people here; the house's own attributes have theirs from the model.
  z.object({
    type: z.literal("number"),
    unit: text(16),
    min: bound,
    max: bound,
    step: z.number().positive().optional(),
  }),
  z.object({ type: z.literal("boolean"), words: z.tuple([text(40), text(40)]).optional() }),
  z.object({ type: z.literal("enum"), values: z.array(text(80)).min(1).max(256) }),
  z.object({ type: z.literal("string"), maxLength: z.number().int().min(1).max(4096).optional() }),
]);

const attribute = z.object({
  source,
  type: valueType.optional(),
  label: text(120).optional(),
  writable: z.boolean().optional(),
});

const capabilityInstance = z.object({
  attributes: z.record(name, attribute).refine((all) => Object.keys(all).length <= MAX_ATTRIBUTES),
  commands: z.record(name, z.object({ source })),
});

const endpoint = z.object({
  number: z.number().int().min(0).max(65_535),
  deviceTypes: z.array(z.string().refine((t) => Object.hasOwn(deviceTypes, t))).max(8),
  label: text(80).optional(),
  capabilities: z.record(name, capabilityInstance),
});

const description = z.object({
  id: nodeId,
  name: text(256).min(1),
  vendor: text(256).optional(),
  model: text(256).optional(),
  serial: text(256).optional(),
  firmware: text(256).optional(),
  addresses: z.array(text(128)).max(16),
  endpoints: z.array(endpoint).min(1).max(MAX_ENDPOINTS),
  silentAfterS: z
    .number()
    .min(30)
    .max(400 * 86_400)
    .optional(),
});

/** Capabilities and attributes that the house does not know. */
function unknownIn(node: z.output<typeof description>): string | undefined {
  for (const { capabilities: all } of node.endpoints)
    for (const [capability, { attributes, commands }] of Object.entries(all)) {
      const spec = Object.hasOwn(capabilities, capability) ? capabilities[capability] : undefined;
      if (!spec && capability !== VENDOR) return `there is no capability ${capability}`;
      for (const [own, { type, label }] of Object.entries(attributes))
        if (spec ? !Object.hasOwn(spec.attributes, own) : !type || !label)
          return `${capability}.${own} is not described`;
      for (const command of Object.keys(commands))
        if (command !== "set" && !(spec && Object.hasOwn(spec.commands, command)))
          return `there is no command ${capability}.${command}`;
    }
  return undefined;
}

/** A description as the hub may keep it, or why not. The adapter and the dialect are what the hub knows them to be. */
export function cleanNode(given: unknown, dialect: string): NodeDescription | string {
  const parsed = description.safeParse(given);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return `${issue?.path.join(".") || "the node"}: ${issue?.message ?? "not usable"}`;
  }
  const fault = unknownIn(parsed.data);
  if (fault !== undefined) return fault;
  return { ...(parsed.data as Omit<NodeDescription, "adapter" | "dialect">), adapter: "mqtt", dialect };
}

const isValue = (value: unknown): value is Value =>
  typeof value === "boolean" ||
  (typeof value === "number" && Number.isFinite(value)) ||
  (typeof value === "string" && value.length <= 4096);

const get = (from: unknown, key: string): unknown =>
  typeof from === "object" && from !== null && Object.hasOwn(from, key) ? Reflect.get(from, key) : undefined;

const shortText = (from: unknown, max: number): string | undefined =>
  typeof from === "string" && from.length <= max ? from : undefined;

/** A reading of one of the adapter's own nodes, at the hub's time; undefined for anything else. By hand: there are many. */
export function cleanReading(given: unknown, isOwn: (node: string) => boolean, at: number): Reading | undefined {
  const path = get(given, "path");
  const [node, number, capability, own] = ["node", "endpoint", "capability", "attribute"].map((key) => get(path, key));
  const value = get(given, "value");
  const from = shortText(get(given, "source"), 1200);
  if (typeof node !== "string" || typeof number !== "number" || !isOwn(node) || !isValue(value)) return undefined;
  if (!Number.isInteger(number) || typeof capability !== "string" || typeof own !== "string") return undefined;
  if (!usableName(capability) || !usableName(own) || from === undefined) return undefined;
  const old = get(given, "ageUnknown") === true ? { ageUnknown: true as const } : {};
  return { path: { node, endpoint: number, capability, attribute: own }, value, at, source: from, ...old };
}

/** A problem in the adapter's own words. What the hub could do about it (remedy) is not taken from strangers. */
export const problem = z.object({
  code: z.string().regex(/^[a-z][a-z0-9-]{0,59}$/),
  message: text(1000).min(1),
  fix: text(1000).optional(),
  node: nodeId.optional(),
  topic: text(1024).optional(),
  field: text(300).optional(),
});
