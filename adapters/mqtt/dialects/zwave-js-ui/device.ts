/** What a session remembers of a Z-Wave node, and the node of the house that it makes. */
import type { NodeDescription } from "../../../../hub/model/node.ts";
import type { NodeId } from "../../../../hub/model/path.ts";
import { asNumber, isNothing } from "../../codec.ts";
import { type Built, Draft } from "../../draft.ts";
import { identify } from "../../identity.ts";
import { get, type Json, type JsonObject, jsonText, textOf } from "../../json.ts";
import { plainName } from "./classes.ts";
import { type Meta, metaOf, nameKey, namesOf, type ValueName } from "./values.ts";

/** Most values of one node; further ones are not kept. */
const MAX_VALUES = 512;

export interface Entry {
  readonly name: ValueName;
  /** The topic below the node's base that it is heard on; undefined while only the gateway's list tells of it. */
  tail: string | undefined;
  meta: Meta | undefined;
  /** The number or word of its property, for writing through the gateway. */
  id: JsonObject | undefined;
  sample: Json;
}

/** A message to the node's value, or through the gateway where its topic is not known. */
export interface ZwaveWrite {
  readonly entry: Entry;
  readonly value: Json;
}

export interface ZwaveNode {
  readonly id: NodeId;
  readonly number: number;
  readonly address: string;
  /** What its topics begin with; undefined while only the gateway's list tells of it. */
  base: string | undefined;
  /** `nodeinfo`, or the node in the gateway's list. */
  info: JsonObject | undefined;
  /** By {@link nameKey} of the form that was met first. */
  readonly entries: Map<string, Entry>;
  /** Of other forms to the first. */
  readonly aliases: Map<string, string>;
  /** Its temperatures are in °F; see {@link noteUnit}. */
  fahrenheit: boolean;
  /** It has a topic for how it is; its retained `nodeinfo` may be of before. */
  tellsStatus: boolean;
  built: Built<ZwaveWrite>;
  changed: boolean;
}

/** `home` is the network's id, or what stands for it. */
export function newNode(home: string, number: number): ZwaveNode {
  const address = `own:zwave-${home}/${number}`;
  return {
    ...{ id: identify([address], "zwave", String(number)), number, address, base: undefined, info: undefined },
    ...{
      entries: new Map(),
      aliases: new Map(),
      fahrenheit: false,
      tellsStatus: false,
      built: new Draft<ZwaveWrite>().build(),
      changed: true,
    },
  };
}

/** Identity figures of the node, which its description tells, and people's door codes, which are secrets. */
export const isLeftOut = ({ cc, property }: ValueName): boolean =>
  cc === 114 || cc === 134 || cc === 94 || (cc === 99 && property === "userCode");

/** The entry of a value, made when it is new. */
export function entryOf(node: ZwaveNode, name: ValueName, tail: string | undefined): Entry | undefined {
  const key = nameKey(name);
  const known = node.entries.get(node.aliases.get(key) ?? key);
  if (known) {
    if (tail !== undefined) known.tail = tail;
    return known;
  }
  if (node.entries.size >= MAX_VALUES || isLeftOut(name)) return undefined;
  const entry: Entry = { name, tail, meta: undefined, id: undefined, sample: null };
  node.entries.set(key, entry);
  node.changed = true;
  return entry;
}

/** Takes in what the gateway says of a value beside the value. */
export function learnId(node: ZwaveNode, id: JsonObject, tail: string | undefined): Entry | undefined {
  const names = namesOf(id);
  const [first] = names;
  if (!first) return undefined;
  // The property's name comes first: people's topics carry it.
  const met = names.find((name) => node.entries.has(node.aliases.get(nameKey(name)) ?? nameKey(name)));
  const entry = entryOf(node, met ?? first, tail);
  if (!entry) return undefined;
  for (const name of names) node.aliases.set(nameKey(name), nameKey(entry.name));
  const before = entry.meta;
  entry.meta = metaOf(id);
  entry.id = id;
  if (!before || before.unit !== entry.meta.unit || before.states.size !== entry.meta.states.size) node.changed = true;
  return entry;
}

/** A value's form is what was seen first; true forms come with the gateway's list. */
export function learnSample(node: ZwaveNode, entry: Entry, value: Json): void {
  if (isNothing(value)) return;
  const before = entry.sample;
  if (before === null) entry.sample = value;
  else if (typeof before !== typeof value && typeof before !== "string" && !entry.meta)
    entry.sample = typeof value === "object" ? (jsonText(value) ?? "") : String(value);
  else return;
  node.changed = true;
}

/** No room is that warm in °C, and none so cold in °F where people live. */
const WARMEST_ROOM = 45;

/** Where the gateway tells no units, a room of 70 degrees is one in °F, and so is all that the node says. */
export function noteUnit(node: ZwaveNode, { name, meta }: Entry, value: Json): void {
  const isRoom =
    (name.cc === 49 && plainName(name.property) === "airtemperature") ||
    (name.cc === 67 && /^[12]$/.test(name.key ?? ""));
  const degrees = asNumber(value);
  if (node.fahrenheit || !isRoom || meta?.unit !== undefined || degrees === undefined) return;
  if (degrees <= WARMEST_ROOM || degrees > 120) return;
  node.fahrenheit = true;
  node.changed = true;
}

export function nodeOf(node: ZwaveNode): NodeDescription {
  const { info } = node;
  const vendor = textOf(info, "manufacturer");
  const model = textOf(info, "productLabel");
  const firmware = textOf(info, "firmwareVersion");
  return {
    id: node.id,
    name: textOf(info, "name") ?? textOf(info, "productDescription") ?? `Z-Wave node ${node.number}`,
    ...(vendor === undefined ? {} : { vendor }),
    ...(model === undefined ? {} : { model }),
    ...(firmware === undefined ? {} : { firmware }),
    adapter: "mqtt",
    dialect: "zwave-js-ui",
    addresses: [node.address],
    endpoints: node.built.endpoints,
  };
}

/** Whether the product calls itself one of these. */
export const calls = (node: ZwaveNode, words: RegExp): boolean =>
  words.test(`${textOf(node.info, "productDescription") ?? ""} ${textOf(node.info, "productLabel") ?? ""}`);

/** Alive, awake and asleep are reachable; dead is not. */
export function reachableOf(payload: string, json: Json | undefined): boolean | undefined {
  const status = textOf(json, "status");
  if (status !== undefined) return status === "Unknown" ? undefined : status !== "Dead";
  const value = typeof json === "boolean" ? json : get(json, "value");
  return typeof value === "boolean" ? value : payload === "true" ? true : payload === "false" ? false : undefined;
}
