/** What a session remembers of a Shelly, and the node that it makes. */
import type { NodeDescription } from "../../../../hub/model/node.ts";
import type { NodeId } from "../../../../hub/model/path.ts";
import { type Built, Draft } from "../../draft.ts";
import { identify, macAddress } from "../../identity.ts";
import { get, isObject, type Json, type JsonObject, textOf } from "../../json.ts";
import { componentOf, isNoise, type ShellyWrite } from "./components.ts";
import { isKept } from "./system.ts";

const MAX_FIELDS = 480;
const MAX_CONFIGS = 256;
const MAX_EVENTS = 64;

export interface ShellyDevice {
  readonly id: NodeId;
  /** `shellyplus1pm-0123456789ab`, as the device calls itself. */
  readonly shellyId: string;
  prefix: string;
  info: JsonObject | undefined;
  /** By component. */
  readonly configs: Map<string, JsonObject>;
  /** Fields of the statuses seen, as `switch:0.output`, with a sample each. */
  readonly fields: Map<string, Json>;
  /** Components that told of a happening. */
  readonly events: Set<string>;
  built: Built<ShellyWrite>;
  /** Something was learned that the node does not show yet. */
  changed: boolean;
  asked: boolean;
}

export function newDevice(shellyId: string, prefix: string): ShellyDevice {
  const mac = macAddress(shellyId.slice(-12));
  const id = identify(mac ? [mac] : [], "shelly", shellyId);
  const seed = {
    id,
    shellyId,
    prefix,
    info: undefined,
    configs: new Map(),
    fields: new Map(),
    events: new Set<string>(),
    changed: true,
    asked: false,
  };
  return { ...seed, built: new Draft<ShellyWrite>().build() };
}

/** Status fields: lists are kept whole, as a colour or a list of errors. */
export function eachField(component: string, status: Json, visit: (field: string, value: Json) => void): void {
  const walk = (value: Json, path: string, depth: number): void => {
    if (!isObject(value)) visit(`${component}.${path}`, value);
    else if (depth < 4)
      for (const key of Object.keys(value).slice(0, 64))
        walk(value[key] ?? null, path ? `${path}.${key}` : key, depth + 1);
  };
  if (isObject(status)) walk(status, "", 0);
}

/** Some run on a battery or on a plug, as their owner likes. */
const ON_MAINS = "devicepower:0.external.present";

/** Remembers the fields of a status, so that the node shows them. */
export function learnStatus(device: ShellyDevice, component: string, status: Json): void {
  const numbered = componentOf(component) !== undefined;
  eachField(component, status, (field, value) => {
    const before = device.fields.get(field);
    if (field === ON_MAINS && typeof value === "boolean" && before !== undefined && before !== value) {
      device.fields.set(field, value);
      device.changed = true;
    }
    if (before !== undefined && (before !== null || value === null)) return;
    const leaf = field.slice(component.length + 1);
    if (numbered ? isNoise(leaf) : !isKept(field) || value === null) return;
    if (before === undefined && device.fields.size >= MAX_FIELDS) return;
    device.fields.set(field, value);
    device.changed = true;
  });
}

export function learnConfig(device: ShellyDevice, component: string, config: Json): void {
  if (!isObject(config) || (device.configs.size >= MAX_CONFIGS && !device.configs.has(component))) return;
  device.configs.set(component, config);
  device.changed = true;
}

/** Remembers that a component tells of happenings. */
export function learnEvent(device: ShellyDevice, component: string): void {
  if (device.events.has(component) || device.events.size >= MAX_EVENTS || !componentOf(component)) return;
  device.events.add(component);
  device.changed = true;
}

/** Forgets what is told of components that a predicate names: they are no longer there. */
export function forget(device: ShellyDevice, gone: (component: string) => boolean): void {
  for (const field of [...device.fields.keys()])
    if (gone(field.slice(0, field.indexOf(".")))) device.changed = device.fields.delete(field);
  for (const component of [...device.configs.keys()]) if (gone(component)) device.configs.delete(component);
  for (const component of [...device.events]) if (gone(component)) device.events.delete(component);
}

const HOUR = 3600;

/** Kinds that run on a battery unless they say otherwise, by the names that they give themselves. */
const SLEEPERS = /^shelly(?:plus)?(?:ht|smoke|flood)(?:g\d+)?-/i;

/** Runs on a battery now, and leaves the network between its reports: its going is no loss. */
export function sleeps({ fields, shellyId }: ShellyDevice): boolean {
  if (fields.has("devicepower:0.battery.percent")) return fields.get(ON_MAINS) !== true;
  return SLEEPERS.test(shellyId);
}

/** Meters speak every minute; what runs on a battery wakes once a day or on change. */
function silentAfterS(device: ShellyDevice): number | undefined {
  if (sleeps(device)) return 25 * HOUR;
  return device.built.endpoints.some((e) => e.deviceTypes.includes("electricalSensor")) ? 15 * 60 : undefined;
}

function macOf(device: ShellyDevice): string | undefined {
  const told =
    textOf(device.info, "mac") ??
    textOf(get(device.configs.get("sys"), "device"), "mac") ??
    /-([0-9a-f]{12})$/i.exec(device.shellyId)?.[1];
  return told?.replaceAll(":", "").toLowerCase();
}

export function nodeOf(device: ShellyDevice): NodeDescription {
  const { info, configs, shellyId } = device;
  const name = textOf(info, "name") ?? textOf(get(configs.get("sys"), "device"), "name") ?? shellyId;
  const [model, firmware, mac] = [textOf(info, "model"), textOf(info, "ver"), macOf(device)];
  const silent = silentAfterS(device);
  return {
    id: device.id,
    name,
    vendor: "Shelly",
    ...(model === undefined ? {} : { model }),
    ...(firmware === undefined ? {} : { firmware }),
    adapter: "mqtt",
    dialect: "shelly-gen2",
    addresses: mac === undefined ? [] : [`mac:${mac}`],
    endpoints: device.built.endpoints,
    ...(silent === undefined ? {} : { silentAfterS: silent }),
  };
}
