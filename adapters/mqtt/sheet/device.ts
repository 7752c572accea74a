/** What a session remembers of a device that a table describes. */
import type { NodeDescription } from "../../../hub/model/node.ts";
import type { NodeId } from "../../../hub/model/path.ts";
import { asNumber, isNothing, type MakerType, sampleType, vendorCodec } from "../codec.ts";
import type { MqttPublish } from "../dialect.ts";
import { type Built, Draft } from "../draft.ts";
import { identify } from "../identity.ts";
import { type Json, usableName } from "../json.ts";
import type { Head, Known, Line, Sheet, Values } from "./claim.ts";

/** Most fields of one device; further ones are not kept. */
const MAX_FIELDS = 512;
/** Numbers that long are names of something: a calculation would spoil them. */
const MAX_DIGITS = 15;
const MAX_NAME = 120;

interface Field {
  readonly topic: string;
  /** Under which key of the device it was learned. */
  readonly key: string;
  readonly line: Line;
  maker: MakerType;
  /** Nobody described it: its form is what was seen, and may prove to be wider. */
  readonly sampled: boolean;
}

export interface SheetDevice {
  readonly key: string;
  group: string;
  id: NodeId;
  head: Head;
  built: Built<MqttPublish>;
  readonly fields: Map<string, Field>;
  readonly facts: Map<string, string>;
  /** Numbers that other values are made of. */
  readonly numbers: Map<string, number>;
  /** What the device itself said of its reachability. */
  available: boolean | undefined;
  told: boolean | undefined;
}

function knownOf(device: Pick<SheetDevice, "key" | "fields" | "facts">): Known {
  return {
    key: device.key,
    topicOf: (field) => device.fields.get(field)?.topic,
    has: (field) => device.fields.has(field),
    fact: (name) => device.facts.get(name),
  };
}

/** The form of a text body's value; whole texts are all that a topic with one value has. */
function textType(sample: Json): MakerType {
  if (typeof sample !== "string") return sampleType(sample);
  if (sample.length <= MAX_DIGITS && !/^-?0\d/.test(sample) && asNumber(sample) !== undefined)
    return { kind: "number" };
  return sample === "true" || sample === "false" ? { kind: "boolean", on: "true", off: "false" } : { kind: "text" };
}

export function newDevice(sheet: Sheet, dialect: string, claim: Values): SheetDevice {
  const seed = { key: claim.device, fields: new Map<string, Field>(), facts: new Map<string, string>() };
  const head = sheet.head(knownOf(seed));
  return {
    ...seed,
    group: claim.group ?? claim.device,
    id: identify(head.addresses, dialect, claim.device),
    head,
    built: new Draft<MqttPublish>().build(),
    numbers: new Map(),
    available: undefined,
    told: undefined,
  };
}

/** A field as this key of the device says it; one that came from another key is learned anew when it is said. */
function ownField(device: SheetDevice, name: string): Field | undefined {
  const field = device.fields.get(name);
  return field?.key === device.key ? field : undefined;
}

/**
 * The same device under another key (its topics' beginning was changed, and the old ones are still retained): what was
 * known of it stays, so that nothing is said that is not described; what both say is as the newer key says it.
 */
export function absorb(device: SheetDevice, older: SheetDevice): void {
  for (const [name, field] of older.fields)
    if (!device.fields.has(name) && device.fields.size < MAX_FIELDS) device.fields.set(name, field);
  for (const [name, text] of older.facts) if (!device.facts.has(name)) device.facts.set(name, text);
  for (const [name, number] of older.numbers) if (!device.numbers.has(name)) device.numbers.set(name, number);
}

/** Takes in fields that are new, and what they say of the device itself; true when its description changes. */
export function learn(
  sheet: Sheet,
  device: SheetDevice,
  topic: string,
  fields: readonly (readonly [string, Json])[],
): boolean {
  let changed = device.fields.size === 0;
  const known = knownOf(device);
  for (const [name, value] of fields) {
    const held = ownField(device, name);
    const field = held ?? newField(sheet, device, known, topic, name, value) ?? device.fields.get(name);
    if (!field) continue;
    if (field !== held) {
      changed ||= device.fields.get(name) !== field;
      device.fields.set(name, field);
    }
    if (note(device, field, value)) changed = true;
  }
  if (learnExpected(sheet, device, known)) changed = true;
  return learnDerived(sheet, device, topic, known) || changed;
}

/** Fields that every such device has, once it has spoken. */
function learnExpected(sheet: Sheet, device: SheetDevice, known: Known): boolean {
  let changed = false;
  for (const [name, topic] of sheet.expected?.(known) ?? []) {
    const field = ownField(device, name) ? undefined : newField(sheet, device, known, topic, name, null);
    if (field) device.fields.set(name, field);
    changed ||= field !== undefined;
  }
  return changed;
}

function newField(
  sheet: Sheet,
  device: SheetDevice,
  known: Known,
  topic: string,
  name: string,
  value: Json,
): Field | undefined {
  if ((device.fields.size >= MAX_FIELDS && !device.fields.has(name)) || !usableName(name)) return undefined;
  const line = sheet.line(name, value, known);
  const { key } = device;
  if (line?.maker) return { topic, key, line, maker: line.maker, sampled: line.guessed === true };
  // A value that nobody described shows its form with its first sample.
  if (isNothing(value)) return undefined;
  return { topic, key, line: line ?? {}, maker: textType(value), sampled: true };
}

/** Facts, reachability and a form that proves too narrow; true when the description changes. */
function note(device: SheetDevice, field: Field, value: Json): boolean {
  const { line } = field;
  if (line.reachable) device.available = line.reachable(value) ?? device.available;
  let changed = false;
  if (line.fact !== undefined && !isNothing(value) && typeof value !== "object") {
    const text = String(value).slice(0, 120);
    changed = device.facts.get(line.fact) !== text;
    device.facts.set(line.fact, text);
  }
  const misread = field.sampled && field.maker.kind !== "text" && field.maker.kind !== "json" && !isNothing(value);
  if (misread && vendorCodec(field.maker).read(value) === undefined) {
    field.maker = { kind: "text" };
    changed = true;
  }
  return changed;
}

function learnDerived(sheet: Sheet, device: SheetDevice, topic: string, known: Known): boolean {
  let changed = false;
  for (const { field, from } of sheet.derived ?? []) {
    if (device.fields.has(field) || !from.every((name) => device.fields.has(name))) continue;
    const line = sheet.line(field, 0, known) ?? {};
    device.fields.set(field, { topic, key: device.key, line, maker: line.maker ?? { kind: "number" }, sampled: false });
    changed = true;
  }
  return changed;
}

/** Values that follow from what was just said. */
export function derive(
  sheet: Sheet,
  device: SheetDevice,
  fields: readonly (readonly [string, Json])[],
): readonly (readonly [string, number])[] {
  if (!sheet.derived) return [];
  const touched = new Set<string>();
  const spoilt = new Set<string>();
  for (const [name, value] of fields) {
    const number = asNumber(value);
    if (!sheet.derived.some((d) => d.from.includes(name) || d.maybe?.includes(name))) continue;
    // A number that can't be read spoils what would follow from it, until it is said again.
    if (number === undefined) device.numbers.delete(name);
    else device.numbers.set(name, number);
    if (number === undefined && !isNothing(value)) spoilt.add(name);
    else touched.add(name);
  }
  return sheet.derived.flatMap(({ field, from, maybe = [], compute }) => {
    const numbers = from.flatMap((name) => device.numbers.get(name) ?? []);
    const all = [...from, ...maybe];
    if (!all.some((name) => touched.has(name)) || all.some((name) => spoilt.has(name))) return [];
    if (numbers.length < from.length) return [];
    const value = compute(
      numbers,
      maybe.map((name) => device.numbers.get(name)),
    );
    return value === undefined ? [] : [[field, value] as const];
  });
}

/** Makes the description anew out of all fields. */
export function rebuild(sheet: Sheet, dialect: string, device: SheetDevice): void {
  device.head = sheet.head(knownOf(device));
  device.id = identify(device.head.addresses, dialect, device.key);
  const draft = new Draft<MqttPublish>();
  for (const [number, type] of Object.entries(device.head.types ?? {})) draft.type(Number(number), type);
  for (const [number, label] of Object.entries(device.head.labels ?? {})) draft.label(Number(number), label);
  for (const [number, of] of Object.entries(device.head.partOf ?? {})) draft.part(Number(number), of);
  for (const { endpoint, path, publish } of device.head.acts ?? [])
    draft.action(endpoint, path, { source: `${publish[0]?.topic ?? ""}#`, writes: publish });
  for (const [name, { topic, line, maker }] of device.fields) {
    if (line.hidden) continue;
    const plain = {
      endpoint: line.endpoint ?? 1,
      field: name,
      source: `${topic}#${name}`,
      name: line.name ?? name,
      label: line.label,
    };
    const codec = line.codec ? { codec: line.codec } : {};
    draft.add({
      ...plain,
      ...codec,
      word: line.word,
      maker,
      write: line.write,
      ...(line.event ? { event: true } : {}),
    });
    // People know a solar yield as a positive number: where the sign is turned, the maker's own stays beside it.
    if (line.word && maker.kind === "number" && (maker.scale ?? 1) < 0)
      draft.add({ ...plain, maker: { ...maker, scale: -(maker.scale ?? 1) } });
    else if (line.own) draft.add({ ...plain, maker, write: line.write });
  }
  device.built = draft.build();
}

/** A dead bridge takes its devices with it; a living one says nothing against a device's own word. */
export function reachableNow(device: SheetDevice, will: boolean | undefined): boolean | undefined {
  if (will === false || device.available === false) return false;
  return device.available ?? will;
}

export function nodeOf(dialect: string, device: SheetDevice): NodeDescription {
  const { addresses, name, vendor, model, serial, firmware, silentAfterS } = device.head;
  return {
    id: device.id,
    // Names are made of topics, which may be empty or long.
    name: name.slice(0, MAX_NAME) || dialect,
    ...(vendor === undefined ? {} : { vendor }),
    ...(model === undefined ? {} : { model }),
    ...(serial === undefined ? {} : { serial }),
    ...(firmware === undefined ? {} : { firmware }),
    adapter: "mqtt",
    dialect,
    addresses,
    endpoints: device.built.endpoints,
    ...(silentAfterS === undefined ? {} : { silentAfterS }),
  };
}
