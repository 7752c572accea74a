/** A discovery message in full words: the single-component form and the device form become the same entities. */
import { entriesOf, get, isObject, type Json, type JsonObject, textOf } from "../../json.ts";
import { deviceNames, entityNames, originNames } from "./abbreviations.ts";

const MAX_KEYS = 200;
/** Most components of one device message; the rest are dropped and said. */
const MAX_COMPONENTS = 400;

/** One entity as its publisher announced it. */
export interface Entity {
  /** The component: sensor, switch and so on. */
  readonly component: string;
  /** The last part of its topic, or its key in the device form. */
  readonly objectId: string;
  readonly uniqueId: string | undefined;
  readonly config: JsonObject;
  readonly device: JsonObject | undefined;
  readonly origin: JsonObject | undefined;
}

export interface Announcement {
  readonly kind: "entities" | "migrate";
  readonly entities: readonly Entity[];
  /** What is wrong with the message: a code and words for the finding. */
  readonly faults: readonly { readonly code: string; readonly message: string; readonly field?: string }[];
}

/** Some publishers shorten only the end of a long name, which no list holds. */
const ends: Readonly<Record<string, string>> = {
  ...{ _stat_t: "_state_topic", _cmd_t: "_command_topic" },
  ...{ _stat_tpl: "_state_template", _cmd_tpl: "_command_template", _val_tpl: "_value_template" },
};

function longEnd(key: string): string {
  const end = /_(?:stat|cmd|val)_(?:t|tpl)$/.exec(key)?.[0] ?? "";
  return Object.hasOwn(ends, end) ? key.slice(0, -end.length) + ends[end] : key;
}

const inFull = (json: Json | undefined, names: Readonly<Record<string, string>>): JsonObject => {
  const out: Record<string, Json> = {};
  for (const [key, value] of entriesOf(json, MAX_KEYS)) {
    const full = Object.hasOwn(names, key) ? (names[key] ?? key) : longEnd(key);
    if (full === key || !Object.hasOwn(out, full)) out[full] = value;
  }
  return out;
};

/** `~` stands for the base topic, only at the start or the end of a topic. */
function withBase(value: Json, base: string | undefined): Json {
  if (base === undefined || typeof value !== "string") return value;
  if (value.startsWith("~")) return base + value.slice(1);
  return value.endsWith("~") ? value.slice(0, -1) + base : value;
}

function availability(json: Json | undefined, base: string | undefined): Json | undefined {
  const list = Array.isArray(json) ? json : isObject(json) ? [json] : undefined;
  return list?.slice(0, 16).map((entry: Json) => {
    const full = inFull(entry, entityNames);
    return full.topic === undefined ? full : { ...full, topic: withBase(full.topic, base) };
  });
}

/** A config or a component of one in full words, `~` replaced. */
function expand(json: Json | undefined, outerBase?: string): JsonObject {
  const full = inFull(json, entityNames);
  const base = textOf(full, "~") ?? outerBase;
  const out: Record<string, Json> = {};
  for (const [key, value] of Object.entries(full)) out[key] = key.endsWith("topic") ? withBase(value, base) : value;
  const entries = availability(full.availability, base);
  if (entries !== undefined) out.availability = entries;
  return out;
}

const deviceOf = (config: JsonObject): JsonObject | undefined =>
  isObject(config.device) ? inFull(config.device, deviceNames) : undefined;
const originOf = (config: JsonObject): JsonObject | undefined =>
  isObject(config.origin) ? inFull(config.origin, originNames) : undefined;

/** What a device is known by; without any of it there is no telling it from another. */
export function identifiersOf(device: JsonObject | undefined): readonly string[] {
  const raw = get(device, "identifiers");
  const list = Array.isArray(raw) ? raw : [raw];
  return list
    .slice(0, 16)
    .flatMap((id) =>
      (typeof id === "string" && id.trim()) || typeof id === "number" ? [String(id).slice(0, 200)] : [],
    );
}

/** `[["mac", "…"]]` */
export function connectionsOf(device: JsonObject | undefined): readonly (readonly [string, string])[] {
  const raw = get(device, "connections");
  const list: readonly Json[] = Array.isArray(raw) ? raw.slice(0, 16) : [];
  return list.flatMap((pair): (readonly [string, string])[] => {
    const [kind, value] = Array.isArray(pair) ? pair : [];
    return typeof kind === "string" && typeof value === "string" && value ? [[kind, value.slice(0, 200)]] : [];
  });
}

/** Shared options of the device form that a component takes over where it has none of its own. */
const shared = [
  ...["availability", "availability_mode", "availability_template", "availability_topic", "payload_available"],
  ...["payload_not_available", "state_topic", "command_topic", "qos", "encoding"],
];

function deviceForm(config: JsonObject): Announcement {
  const device = deviceOf(config);
  const origin = originOf(config);
  if (identifiersOf(device).length === 0 && connectionsOf(device).length === 0) {
    const message = "a device needs identifiers or connections; nothing of it is taken";
    return { kind: "entities", entities: [], faults: [{ code: "device-without-identity", message, field: "device" }] };
  }
  const all = isObject(config.components) ? Object.keys(config.components).length : 0;
  const over = { code: "too-many-values", message: `only ${MAX_COMPONENTS} of ${all} components are taken` };
  const entities: Entity[] = [];
  for (const [objectId, json] of entriesOf(config.components, MAX_COMPONENTS)) {
    const own = expand(json, textOf(config, "~"));
    const component = textOf(own, "platform");
    // A component that holds only its platform is taken away.
    if (component === undefined || Object.keys(own).length < 2) continue;
    const inherited = Object.fromEntries(shared.flatMap((k) => (config[k] === undefined ? [] : [[k, config[k]]])));
    const ownWay = own.availability !== undefined || own.availability_topic !== undefined;
    const base = ownWay ? { ...inherited, availability: null, availability_topic: null } : inherited;
    entities.push({
      component,
      objectId,
      uniqueId: textOf(own, "unique_id"),
      config: { ...base, ...own },
      device,
      origin,
    });
  }
  return { kind: "entities", entities, faults: all > MAX_COMPONENTS ? [over] : [] };
}

/** A config message's body as entities; `component` and `objectId` come from its topic. */
export function announcementOf(component: string, objectId: string, body: JsonObject): Announcement {
  const config = expand(body);
  if (config.migrate_discovery === true) return { kind: "migrate", entities: [], faults: [] };
  if (component === "device") return deviceForm(config);
  const uniqueId = textOf(config, "unique_id");
  const entity = { component, objectId, uniqueId, config, device: deviceOf(config), origin: originOf(config) };
  return { kind: "entities", entities: [entity], faults: [] };
}
