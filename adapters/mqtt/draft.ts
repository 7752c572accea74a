/** Puts what a dialect found on a device into endpoints, capabilities and commands of the house. */

import { capabilities, VENDOR } from "../../hub/model/capabilities/index.ts";
import { type AttributeSpec, misfit, type Value, type ValueType } from "../../hub/model/capability.ts";
import type { AttributeInstance, CommandInstance, EndpointDescription } from "../../hub/model/node.ts";
import type { AttributePath, NodeId } from "../../hub/model/path.ts";
import { type Codec, houseCodec, type MakerType, vendorCodec } from "./codec.ts";
import { usableName } from "./json.ts";
import { type Meaning, meanings, typeOfCapability } from "./meanings.ts";
import { houseUnit } from "./units.ts";
import { withWhole } from "./whole.ts";

/** Where a point's last reading came from: the next one nearly always comes from there too, and shares its path and source. */
export interface Heard {
  node: NodeId;
  topic: string;
  under: string | undefined;
  path: AttributePath;
  source: string;
}

/** One attribute as the device writes it. W is the dialect's own form of a write. */
export interface Point<W> {
  readonly endpoint: number;
  readonly capability: string;
  readonly attribute: string;
  readonly codec: Codec;
  /** What a reading may be: the capability's own range, which may be wider than what the device lets one set. */
  readonly readType: ValueType;
  /** `<topic>#<field>` where it was described. */
  readonly source: string;
  /** A happening, not a state: a retained one is over and is not read. */
  readonly event: boolean;
  readonly write?: (raw: unknown) => W;
  /** Kept by readField. */
  heard?: Heard;
}

/** What a dialect knows of one value of a device. */
export interface Property<W> {
  readonly endpoint: number;
  /** Path in the payload; several properties may read one field. */
  readonly field: string;
  readonly source: string;
  /** Word in meanings.ts; undefined keeps it the maker's own. */
  readonly word?: string | undefined;
  /** The maker's own name for it. */
  readonly name: string;
  readonly label?: string | undefined;
  readonly maker: MakerType;
  /** Instead of the table's way, where a maker's form needs arithmetic of its own. */
  readonly codec?: Codec;
  readonly event?: boolean;
  readonly write?: ((raw: unknown) => W) | undefined;
}

/** A command that is more than writing attributes: toggle, stop, a cover's own words. */
export interface Action<W> {
  readonly source: string;
  readonly writes: readonly W[];
}

/** Most values of one device that are kept; the rest are dropped and counted. */
const MAX_POINTS = 512;

export interface Built<W> {
  readonly endpoints: readonly EndpointDescription[];
  /** By field. */
  readonly fields: ReadonlyMap<string, readonly Point<W>[]>;
  /** By `endpoint/capability.attribute`. */
  readonly points: ReadonlyMap<string, Point<W>>;
  /** By `endpoint/capability.command`. */
  readonly actions: ReadonlyMap<string, Action<W>>;
  /** Values beyond the limit, or without a usable name. */
  readonly dropped: number;
}

const specOf = (capability: string, attribute: string): AttributeSpec | undefined =>
  capabilities[capability]?.attributes[attribute];

/** The attributes that a command is carried out by writing; a text is what it always writes. */
function writesOf(capability: string, command: string): readonly (readonly [string, Value | undefined])[] {
  const spec = capabilities[capability]?.commands[command];
  if (!spec) return [];
  const sample: Record<string, Value> = {};
  for (const [name, arg] of Object.entries(spec.args))
    if (arg.type === "number" && !arg.optional) sample[name] = arg.min;
  return Object.entries(spec.wants(sample, () => undefined));
}

function describe<W>(point: Point<W>, property: Property<W>): AttributeInstance {
  const { source, codec } = point;
  if (point.capability !== VENDOR) {
    const spec = specOf(point.capability, point.attribute);
    const narrower = spec !== undefined && !sameType(spec, codec.type);
    return {
      source,
      ...(narrower ? { type: codec.type } : {}),
      ...(spec?.writable && point.write ? { writable: true } : {}),
    };
  }
  const unit = property.maker.kind === "number" ? property.maker.unit?.trim() : undefined;
  const label = (property.label ?? property.name).slice(0, 80);
  return {
    source,
    type: codec.type,
    label: unit && !houseUnit(unit) ? `${label} (${unit.slice(0, 20)})` : label,
    ...(point.write ? { writable: true } : {}),
  };
}

function sameType(a: ValueType, b: ValueType): boolean {
  if (a.type === "number" && b.type === "number") return a.min === b.min && a.max === b.max && a.step === b.step;
  if (a.type === "enum" && b.type === "enum") return a.values.length === b.values.length;
  return a.type === b.type;
}

interface Place {
  readonly capability: string;
  readonly attribute: string;
  readonly codec: Codec;
  readonly meaning: Meaning;
  readonly spec: AttributeSpec;
}

interface Entry<W> {
  readonly point: Point<W>;
  readonly instance: AttributeInstance;
}

/** Whether a device may be told this: a charger that only charges has no word for giving. */
const takes = <W>(point: Point<W> | undefined, value: Value | undefined): boolean =>
  point !== undefined && (typeof value !== "string" || misfit(point.codec.type, value) === undefined);

function commandsOf<W>(
  endpoint: number,
  capability: string,
  entries: readonly Entry<W>[],
  actions: ReadonlyMap<string, Action<W>>,
): Record<string, CommandInstance> {
  const writable = new Map(entries.filter((e) => e.point.write).map((e) => [e.point.attribute, e.point]));
  const offered: Record<string, CommandInstance> = {};
  for (const command of Object.keys(capabilities[capability]?.commands ?? {})) {
    const action = actions.get(`${endpoint}/${capability}.${command}`);
    const wanted = command === "toggle" ? [] : writesOf(capability, command);
    const first = writable.get(wanted[0]?.[0] ?? "");
    if (action) offered[command] = { source: action.source };
    else if (first && wanted.every(([attribute, value]) => takes(writable.get(attribute), value)))
      offered[command] = { source: first.source };
  }
  const set = entries.find((e) => e.instance.writable);
  if (set) offered.set = { source: set.point.source };
  return offered;
}

/** What says what a thing is comes before what it has besides. */
const besides = ["genericSwitch", "electricalSensor", "powerSource"];

/** Device types of an endpoint: what the dialect said, then what the capabilities say. */
function typesOf(given: readonly string[], names: readonly string[]): string[] {
  const types = new Set(given);
  for (const [name, type] of Object.entries(typeOfCapability)) {
    if (!names.includes(name)) continue;
    // A home battery's charge is not that of a device's cell, and the fan of an air conditioner is no second thing.
    if (type === "powerSource" && types.has("batteryStorage")) continue;
    if (type === "fan" && types.size > 0) continue;
    types.add(type);
  }
  return [...types].sort((a, b) => besides.indexOf(a) - besides.indexOf(b));
}

/** A device's description while it is being made. Attributes are placed in the order they are added: the first takes its place. */
export class Draft<W> {
  readonly #entries = new Map<string, Entry<W>>();
  readonly #fields = new Map<string, Point<W>[]>();
  readonly #actions = new Map<string, Action<W>>();
  readonly #types = new Map<number, string[]>();
  readonly #labels = new Map<number, string>();
  readonly #parts = new Map<number, number>();
  #dropped = 0;

  /** A device type that the capabilities alone do not say; the first given leads. */
  type(endpoint: number, name: string): void {
    this.#types.set(endpoint, [...(this.#types.get(endpoint) ?? []), name]);
  }

  label(endpoint: number, label: string): void {
    this.#labels.set(endpoint, label.slice(0, 80));
  }

  /** The endpoint is a part of another, whose measurements include its own. Phases (91 to 93) are parts of their meter by themselves. */
  part(endpoint: number, of: number): void {
    this.#parts.set(endpoint, of);
  }

  /** `path` is `capability.command`. */
  action(endpoint: number, path: string, action: Action<W>): void {
    this.#actions.set(`${endpoint}/${path}`, action);
  }

  /** True when the place of this meaning on this endpoint is taken. */
  has(endpoint: number, word: string): boolean {
    return this.#entries.has(`${endpoint}/${meanings[word]?.to}`);
  }

  add(property: Property<W>): void {
    const { endpoint, source, write } = property;
    const place = this.#placeOf(property);
    const capability = place?.capability ?? VENDOR;
    const attribute = place?.attribute ?? property.name;
    const key = `${endpoint}/${capability}.${attribute}`;
    if (this.#entries.has(key)) return;
    if (this.#entries.size >= MAX_POINTS || !usableName(attribute)) {
      this.#dropped += 1;
      return;
    }
    const codec = place?.codec ?? vendorCodec(property.maker);
    const readType = place?.spec ?? codec.type;
    const event = property.event === true;
    const point: Point<W> = {
      endpoint,
      capability,
      attribute,
      codec,
      readType,
      source,
      event,
      ...(write ? { write } : {}),
    };
    this.#entries.set(key, { point, instance: describe(point, property) });
    this.#fields.set(property.field, [...(this.#fields.get(property.field) ?? []), point]);
    if (place?.meaning.type) this.type(endpoint, place.meaning.type);
  }

  /** The place that a property's meaning gives it, if it fits and is free. */
  #placeOf(property: Property<W>): Place | undefined {
    const { word } = property;
    const meaning = word !== undefined && Object.hasOwn(meanings, word) ? meanings[word] : undefined;
    if (!meaning) return undefined;
    const [capability = "", attribute = ""] = meaning.to.split(".");
    const spec = capabilities[capability]?.attributes[attribute];
    if (!spec || this.#entries.has(`${property.endpoint}/${meaning.to}`)) return undefined;
    const codec = property.codec ?? houseCodec(property.maker, spec, meaning);
    return codec && { capability, attribute, codec, meaning, spec };
  }

  build(): Built<W> {
    const numbers = new Set([...this.#entries.values()].map((e) => e.point.endpoint));
    for (const number of this.#types.keys()) numbers.add(number);
    for (const key of this.#actions.keys()) numbers.add(Number(key.split("/")[0]));
    const endpoints = [...numbers].sort((a, b) => a - b).map((number) => this.#endpoint(number));
    const points = new Map([...this.#entries].map(([key, entry]) => [key, entry.point]));
    return {
      endpoints: withAnyType(endpoints.map((e) => withWhole(e, endpoints, this.#parts))),
      fields: this.#fields,
      points,
      actions: this.#actions,
      dropped: this.#dropped,
    };
  }

  #endpoint(number: number): EndpointDescription {
    const here = [...this.#entries.values()].filter((e) => e.point.endpoint === number);
    // A cover without a position has commands alone: its capability is there all the same.
    const acted = [...this.#actions.keys()]
      .filter((key) => key.startsWith(`${number}/`))
      .map((key) => key.slice(key.indexOf("/") + 1));
    const names = [
      ...new Set([...here.map((e) => e.point.capability), ...acted.map((path) => path.split(".")[0] ?? "")]),
    ];
    const label = this.#labels.get(number);
    const described = names.map((name) => {
      const mine = here.filter((e) => e.point.capability === name);
      const attributes = Object.fromEntries(mine.map((e) => [e.point.attribute, e.instance]));
      return [name, { attributes, commands: commandsOf(number, name, mine, this.#actions) }] as const;
    });
    return {
      number,
      deviceTypes: typesOf(this.#types.get(number) ?? [], names),
      ...(label === undefined ? {} : { label }),
      capabilities: Object.fromEntries(described),
    };
  }
}

/** A device of which only the maker's own words are known is still a bridged node: it must not vanish for want of a kind. */
function withAnyType(endpoints: readonly EndpointDescription[]): readonly EndpointDescription[] {
  if (endpoints.some((e) => e.deviceTypes.length > 0)) return endpoints;
  const [first, ...rest] = endpoints;
  if (!first) return [{ number: 1, deviceTypes: ["bridgedNode"], capabilities: {} }];
  return [{ ...first, deviceTypes: ["bridgedNode"] }, ...rest];
}

/** The same number for the same name for ever, whatever else the device has: 100 to 999. */
export function namedEndpoint(name: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i += 1) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193) >>> 0;
  return 100 + (hash % 900);
}
