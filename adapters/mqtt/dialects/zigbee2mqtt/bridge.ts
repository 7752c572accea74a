/** What a session remembers of a bridge and its devices. */
import type { NodeDescription } from "../../../../hub/model/node.ts";
import type { NodeId } from "../../../../hub/model/path.ts";
import type { MakerType } from "../../codec.ts";
import type { Built } from "../../draft.ts";
import { identify } from "../../identity.ts";
import { get, isObject, type Json, type JsonObject, parseObject, textOf } from "../../json.ts";
import { draftOf, type Fragment } from "./exposes.ts";
import { addAllScenes, addOptions } from "./settings.ts";

/** Most keys outside the exposes that are kept of one device. */
export const MAX_EXTRAS = 64;

export interface Bridge {
  readonly base: string;
  online: boolean | undefined;
  /** By IEEE address. */
  readonly devices: Map<string, ZigbeeDevice>;
  /** By number. */
  readonly groups: Map<string, ZigbeeDevice>;
  /** The last list of devices, which may still be being read. */
  list: readonly Json[];
  /** The last list of groups: what one can do changes with its members. */
  groupList: readonly Json[];
  /** Options that were set, by IEEE address. */
  options: JsonObject;
}

/** What a device is to its bridge, and what it is known by to the house. */
export interface Who {
  /** IEEE address, or the number of a group. */
  readonly key: string;
  readonly addresses: readonly string[];
}

export const deviceAddress = (ieee: string): Who => ({ key: ieee, addresses: [`ieee:${ieee.toLowerCase()}`] });

/** A device or a group. */
export interface ZigbeeDevice extends Who {
  readonly id: NodeId;
  readonly name: string;
  readonly topic: string;
  readonly bridge: Bridge;
  readonly battery: boolean;
  readonly entry: JsonObject;
  /** The entry as text, to see whether a new list changes it. */
  readonly text: string;
  readonly extras: Map<string, MakerType>;
  built: Built<Fragment>;
  available: boolean | undefined;
  /** What was last told of its reachability. */
  told: boolean | undefined;
}

/** `{"state":"online"}` since 1.17, a bare word before; undefined for anything else. */
export function online(payload: string): boolean | undefined {
  const word = textOf(parseObject(payload), "state") ?? payload;
  return word === "online" ? true : word === "offline" ? false : undefined;
}

/** Why a device of the list cannot be used yet; undefined when it can. */
export function unsupported(entry: JsonObject): string | undefined {
  if (get(entry, "disabled") === true) return "is disabled in Zigbee2MQTT";
  if (!isObject(get(entry, "definition"))) return "is not known to Zigbee2MQTT";
  const interview = textOf(entry, "interview_state");
  if (interview !== undefined && interview !== "SUCCESSFUL") return "has not finished its interview";
  return get(entry, "interview_completed") === false ? "has not finished its interview" : undefined;
}

function build(device: Pick<ZigbeeDevice, "bridge" | "entry" | "topic" | "battery" | "extras">): Built<Fragment> {
  const { entry, topic } = device;
  const definition = get(entry, "definition");
  const draft = draftOf(definition, topic, device.battery, device.extras);
  addAllScenes(draft, entry, topic);
  addOptions(draft, definition, device.bridge.base);
  return draft.build();
}

/** A device as its entry says; what was known of its reachability outlives a rename. */
export function deviceOf(
  bridge: Bridge,
  who: Who,
  entry: JsonObject,
  text: string,
  before: ZigbeeDevice | undefined,
): ZigbeeDevice {
  const name = textOf(entry, "friendly_name") ?? who.key;
  const seed = {
    ...who,
    bridge,
    entry,
    topic: `${bridge.base}/${name}`,
    battery: textOf(entry, "power_source") === "Battery",
    extras: before?.extras ?? new Map<string, MakerType>(),
  };
  const { available, told } = before ?? {};
  return { ...seed, id: identify(who.addresses, "z2m", who.key), name, text, built: build(seed), available, told };
}

/** The same device after a key was seen that nobody described. */
export function rebuild(device: ZigbeeDevice): ZigbeeDevice {
  device.built = build(device);
  return device;
}

/** Bridge offline means device offline; unknown is not offline, but the end of an outage must be told. */
export function reachableNow(device: ZigbeeDevice): boolean | undefined {
  if (device.bridge.online === false) return false;
  if (device.available !== undefined) return device.available;
  return device.bridge.online === true && device.told === false ? true : undefined;
}

const HOUR = 3600;

/** Metering devices report at least hourly by their usual configuration; battery devices check in once a day. */
function silentAfterS(device: ZigbeeDevice): number | undefined {
  if (device.battery) return 25 * HOUR;
  const measures = device.built.endpoints.some((e) => e.deviceTypes.includes("electricalSensor"));
  return measures ? 65 * 60 : undefined;
}

export function nodeOf(device: ZigbeeDevice): NodeDescription {
  const { entry } = device;
  const definition = get(entry, "definition");
  const vendor = textOf(definition, "vendor") ?? textOf(entry, "manufacturer");
  const model = textOf(definition, "model") ?? textOf(entry, "model_id");
  const firmware = textOf(entry, "software_build_id");
  const silent = silentAfterS(device);
  return {
    id: device.id,
    name: device.name,
    ...(vendor === undefined ? {} : { vendor }),
    ...(model === undefined ? {} : { model }),
    ...(firmware === undefined ? {} : { firmware }),
    adapter: "mqtt",
    dialect: "zigbee2mqtt",
    addresses: device.addresses,
    endpoints: device.built.endpoints,
    ...(silent === undefined ? {} : { silentAfterS: silent }),
  };
}
