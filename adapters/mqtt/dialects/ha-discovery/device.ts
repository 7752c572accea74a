/** A device as its configs together describe it. */
import type { NodeDescription } from "../../../../hub/model/node.ts";
import type { NodeId } from "../../../../hub/model/path.ts";
import { identify, macAddress } from "../../identity.ts";
import { numberOf, textOf } from "../../json.ts";
import { type Availability, availabilityOf, available, type Heard } from "./availability.ts";
import { type Made, make } from "./build.ts";
import { connectionsOf, type Entity, identifiersOf } from "./config.ts";
import { type Attributes, attributesOf, type Learned } from "./learn.ts";
import { nativeAddresses } from "./native-addresses.ts";
import type { Slot } from "./reader.ts";

export interface HaDevice {
  id: NodeId;
  addresses: readonly string[];
  readonly entities: Map<string, Entity>;
  /** By a text that is the same for the same availability. */
  readonly availability: Map<string, Availability>;
  /** Some of its entities name no availability: those are there for as long as the program speaks. */
  alwaysThere: boolean;
  /** Keys of the availabilities that say no while others do not: what their entities say is no value. */
  away: ReadonlySet<string>;
  made: Made;
  /** By topic as it is written, wildcards and all. */
  slots: ReadonlyMap<string, readonly Slot[]>;
  told: boolean | undefined;
  readonly learned: Learned;
  attributes: readonly Attributes[];
}

const IEEE = /^(?:zigbee2mqtt_)?(0x[0-9a-f]{16})$/i;

/** What a device is known by, out of what a config says of it: its entities are put together by these. */
export function addressesOf(entity: Entity): readonly string[] {
  const native = nativeAddresses(entity);
  if (native.length > 0) return native;
  const { device } = entity;
  const found = new Set<string>();
  for (const [kind, value] of connectionsOf(device)) {
    const mac = kind === "mac" || kind === "bluetooth" ? macAddress(value) : undefined;
    const ieee = IEEE.exec(value)?.[1];
    if (ieee) found.add(`ieee:${ieee.toLowerCase()}`);
    else if (mac) found.add(mac);
    else found.add(`own:ha/${kind}-${value}`);
  }
  for (const id of identifiersOf(device)) {
    const ieee = IEEE.exec(id)?.[1];
    found.add(ieee ? `ieee:${ieee.toLowerCase()}` : (macAddress(id) ?? `own:ha/${id}`));
  }
  if (found.size === 0) found.add(`own:ha/${entity.uniqueId ?? entity.objectId}`);
  return [...found];
}

/** A serial number is an address as well, for other roads to the device; parts of one thing may share it. */
function serialsOf(entity: Entity): readonly string[] {
  if (nativeAddresses(entity).length > 0) return [];
  const serial = textOf(entity.device, "serial_number")?.trim();
  return serial !== undefined && serial.length >= 5 ? [`serial:${serial.slice(0, 80)}`] : [];
}

const slotsBy = (slots: readonly Slot[]): ReadonlyMap<string, readonly Slot[]> => {
  const by = new Map<string, Slot[]>();
  for (const slot of slots) by.set(slot.topic, [...(by.get(slot.topic) ?? []), slot]);
  return by;
};

export function newDevice(addresses: readonly string[]): HaDevice {
  const learned = { numbers: new Set<string>(), extras: new Map() };
  const made = make([], learned);
  const id = identify(addresses, "ha", "device");
  return {
    id,
    addresses,
    entities: new Map(),
    availability: new Map(),
    alwaysThere: false,
    away: new Set(),
    made,
    slots: new Map(),
    told: undefined,
    learned,
    attributes: [],
  };
}

/** What one config says for good, read once: a device is made anew with each config that comes. */
interface Facts {
  readonly addresses: readonly string[];
  readonly serials: readonly string[];
  readonly availability: Availability;
  /** The same for the same availability. */
  readonly key: string;
}

const facts = new WeakMap<Entity, Facts>();

function factsOf(entity: Entity): Facts {
  const before = facts.get(entity);
  if (before) return before;
  const availability = availabilityOf(entity.config);
  const key = JSON.stringify(availability);
  const found = { addresses: addressesOf(entity), serials: serialsOf(entity), availability, key };
  facts.set(entity, found);
  return found;
}

/** Makes the device anew of the same entities, after something was learned of its values. */
export function reread(device: HaDevice): void {
  device.made = make([...device.entities.values()], device.learned);
  device.slots = slotsBy(device.made.slots);
}

/** Components that cannot name an availability. */
const UNWATCHED = /^(device_automation|tag)$/;

/** Makes the device anew after its entities changed. `taken`: ids that are other devices'. */
export function remake(device: HaDevice, taken: (id: NodeId) => boolean): void {
  const entities = [...device.entities.values()];
  const there = new Set(entities);
  for (const [place, extra] of device.learned.extras) if (!there.has(extra.entity)) device.learned.extras.delete(place);
  device.attributes = entities.flatMap((e) => attributesOf(e) ?? []);
  reread(device);
  // Entities of one device mostly share one availability, which is then looked at once.
  device.availability.clear();
  device.alwaysThere = false;
  for (const entity of entities) {
    const { availability, key } = factsOf(entity);
    if (availability.watches.length > 0) device.availability.set(key, availability);
    else if (!UNWATCHED.test(entity.component)) device.alwaysThere = true;
  }
  const [addresses, serials] = [new Set<string>(), new Set<string>()];
  for (const entity of entities) {
    for (const address of factsOf(entity).addresses) addresses.add(address);
    for (const serial of factsOf(entity).serials) serials.add(serial);
  }
  const own = [...addresses];
  const all = [...new Set([...own, ...serials])];
  const id = identify(all, "ha", "device");
  device.addresses = taken(id) ? own : all;
  device.id = identify(device.addresses, "ha", "device");
}

export interface Presence {
  /** False only when every entity is away; undefined while nothing is known. */
  readonly reachable: boolean | undefined;
  /** See {@link HaDevice.away}. */
  readonly away: ReadonlySet<string>;
}

/** Who of a device's entities is there, by the last messages on their availability topics. */
export function presenceOf(device: HaDevice, heard: Heard): Presence {
  const states = [...device.availability].map(([key, a]) => [key, available(a, heard)] as const);
  const lost = !device.alwaysThere && states.length > 0 && states.every(([, now]) => now === false);
  if (lost) return { reachable: false, away: new Set() };
  const away = new Set(states.flatMap(([key, now]) => (now === false ? [key] : [])));
  return { reachable: states.some(([, now]) => now === true) || undefined, away };
}

/** Those of the slots whose entities have one of these availabilities. */
export const only = (slots: readonly Slot[], keys: ReadonlySet<string>): readonly Slot[] =>
  slots.filter((s) => keys.has(factsOf(s.entity).key));

/** Those of the slots whose entities are there; `away` as in {@link HaDevice.away}. */
export const present = (slots: readonly Slot[], away: ReadonlySet<string>): readonly Slot[] =>
  away.size === 0 ? slots : slots.filter((s) => !away.has(factsOf(s.entity).key));

const HOUR = 3600;

/** The longest `expire_after` of values that all have one; battery devices check in about once a day. */
function silentAfterS(device: HaDevice): number | undefined {
  const sensing = [...device.entities.values()].filter((e) => /^(binary_)?sensor$/.test(e.component));
  const limits = sensing.map((e) => numberOf(e.config, "expire_after"));
  if (limits.length > 0 && limits.every((l) => l !== undefined && l > 0)) return Math.max(...limits.map(Number));
  const battery = sensing.some((e) => textOf(e.config, "device_class") === "battery");
  return battery ? 25 * HOUR : undefined;
}

const of = (device: HaDevice, key: string): string | undefined => {
  for (const entity of device.entities.values()) {
    const value = textOf(entity.device, key);
    if (value !== undefined) return value.trim() || undefined;
  }
  return undefined;
};

export function nodeOf(device: HaDevice): NodeDescription {
  const [first] = device.entities.values();
  const name = of(device, "name") ?? (first && (textOf(first.config, "name") ?? first.objectId)) ?? device.id;
  const vendor = of(device, "manufacturer");
  const model = of(device, "model_id") ?? of(device, "model");
  const firmware = of(device, "sw_version");
  const serial = of(device, "serial_number");
  const silent = silentAfterS(device);
  return {
    id: device.id,
    name,
    ...(vendor === undefined ? {} : { vendor }),
    ...(model === undefined ? {} : { model }),
    ...(serial === undefined ? {} : { serial }),
    ...(firmware === undefined ? {} : { firmware }),
    adapter: "mqtt",
    dialect: "ha-discovery",
    addresses: device.addresses,
    endpoints: device.made.built.endpoints,
    ...(silent === undefined ? {} : { silentAfterS: silent }),
  };
}
