/** What a session remembers of a Tasmota device. */
import type { NodeDescription } from "../../../../hub/model/node.ts";
import type { NodeId } from "../../../../hub/model/path.ts";
import { type Built, Draft } from "../../draft.ts";
import { identify } from "../../identity.ts";
import { get, isObject, type Json, numberOf, textOf } from "../../json.ts";
import type { TasmotaConfig } from "./config.ts";
import { addRelays, type TasmotaWrite } from "./relays.ts";
import { addSensor, type Units } from "./sensors.ts";

/** Most leaves kept of the SENSOR bodies beyond those that were announced. */
const MAX_SEEN = 256;

export interface TasmotaDevice {
  readonly id: NodeId;
  readonly config: TasmotaConfig;
  /** Leaves of the `sensors` discovery, with a sample each. */
  readonly announced: Map<string, Json>;
  /** Leaves that came without announcement. */
  readonly seen: Map<string, Json>;
  /** Buttons and switches that were pressed. */
  readonly pressed: Set<string>;
  units: Units;
  built: Built<TasmotaWrite>;
  asked: boolean;
  /** The longest sleep that it announced, in seconds; 0 for one that it gave no length; undefined: it announced none. */
  sleepS: number | undefined;
  /** Its GroupTopic, once it told it. */
  group: string | undefined;
  /** Whether its first output is on. */
  on: boolean | undefined;
}

function build(
  device: Pick<TasmotaDevice, "config" | "announced" | "seen" | "pressed" | "units">,
): Built<TasmotaWrite> {
  const draft = new Draft<TasmotaWrite>();
  const { config } = device;
  addRelays(draft, config);
  for (const leaves of [device.announced, device.seen])
    for (const [path, sample] of leaves)
      if (leaves === device.seen || !overshadowed(device, path)) addSensor(draft, config, device.units, path, sample);
  for (const key of device.pressed) {
    const field = `${key}.Action`;
    draft.add({
      endpoint: 1,
      field,
      source: `${config.stat}RESULT#${field}`,
      name: field,
      maker: { kind: "text" },
      event: true,
    });
  }
  addRadio(draft, config);
  return draft.build();
}

/** The radio's strength comes with every STATE; the rest of that body is clockwork and memory. */
function addRadio(draft: Draft<TasmotaWrite>, config: TasmotaConfig): void {
  const add = (field: string, name: string, unit: string, label: string): void =>
    draft.add({
      endpoint: 1,
      field,
      source: `${config.tele}STATE#${field}`,
      name,
      label,
      maker: { kind: "number", unit },
    });
  add("Wifi.RSSI", "wifi_rssi", "%", "Wi-Fi quality");
  add("Wifi.Signal", "wifi_signal", "dBm", "Wi-Fi signal");
  add("Vcc", "vcc", "V", "Supply of the chip");
}

/** A list that became a number, or the other way: what is sent now replaces what was announced. */
function overshadowed(device: Pick<TasmotaDevice, "seen">, path: string): boolean {
  for (const seen of device.seen.keys()) if (path.startsWith(`${seen}.`) || seen.startsWith(`${path}.`)) return true;
  return false;
}

const addressesOf = (config: TasmotaConfig): string[] => [`mac:${config.mac.toLowerCase()}`];

export function newDevice(config: TasmotaConfig, before: TasmotaDevice | undefined): TasmotaDevice {
  const seed = {
    config,
    announced: before?.announced ?? new Map<string, Json>(),
    seen: before?.seen ?? new Map<string, Json>(),
    pressed: before?.pressed ?? new Set<string>(),
    units: before?.units ?? { TempUnit: "C", PressureUnit: "hPa" },
  };
  return {
    ...seed,
    id: identify(addressesOf(config), "tasmota", config.mac),
    built: build(seed),
    asked: before?.asked ?? false,
    sleepS: before?.sleepS,
    group: before?.group,
    on: before?.on,
  };
}

export function rebuild(device: TasmotaDevice): TasmotaDevice {
  device.built = build(device);
  return device;
}

/** Takes the units that a body tells for all its values; true when they changed. */
export function learnUnits(device: TasmotaDevice, body: Json): boolean {
  const TempUnit = textOf(body, "TempUnit") ?? device.units.TempUnit;
  const PressureUnit = textOf(body, "PressureUnit") ?? device.units.PressureUnit;
  const changed = TempUnit !== device.units.TempUnit || PressureUnit !== device.units.PressureUnit;
  device.units = { TempUnit, PressureUnit };
  return changed;
}

/** Keeps a leaf that nobody announced, in place of leaves that it contradicts. True when the device has changed. */
export function learnLeaf(device: TasmotaDevice, path: string, sample: Json): boolean {
  if (device.seen.size >= MAX_SEEN) return false;
  for (const old of [...device.seen.keys()])
    if (old.startsWith(`${path}.`) || path.startsWith(`${old}.`)) device.seen.delete(old);
  device.seen.set(path, sample);
  return true;
}

const HOUR = 3600;

/** Leaves the network between its reports, so that its last will is no loss (https://tasmota.github.io/docs/DeepSleep/). */
export const sleeps = ({ config, sleepS }: TasmotaDevice): boolean =>
  config.battery || (config.deepSleep ?? sleepS !== undefined);

/**
 * Takes in what it says on DEEPSLEEP before it sleeps: now and when it wakes, both in seconds of its own clock; old firmware
 * tells the second alone. True when it is to be waited for longer.
 */
export function learnSleep(device: TasmotaDevice, body: Json): boolean {
  const said = get(body, "DeepSleep");
  if (!isObject(said)) return false;
  const [from, to] = [numberOf(said, "DeepSleep"), numberOf(said, "Wakeup")];
  const before = silentAfterS(device);
  device.sleepS = Math.max(device.sleepS ?? 0, from === undefined || to === undefined ? 0 : to - from);
  return silentAfterS(device) !== before;
}

/** A wake may fail for want of a network: three are waited for, and never less than an hour. */
function sleeperSilentS(sleepS: number | undefined): number {
  if (!sleepS) return 25 * HOUR;
  return Math.min(400 * 24, Math.ceil((3 * sleepS) / HOUR)) * HOUR;
}

/** Telemetry comes every five minutes unless set otherwise (TelePeriod); sleepers keep hours of their own. */
function silentAfterS(device: TasmotaDevice): number | undefined {
  if (sleeps(device)) return sleeperSilentS(device.sleepS);
  const measures = device.built.endpoints.some((e) =>
    e.deviceTypes.some((t) => t === "electricalSensor" || t.endsWith("Sensor")),
  );
  return measures ? 15 * 60 : undefined;
}

export function nodeOf(device: TasmotaDevice): NodeDescription {
  const { config, built } = device;
  const silent = silentAfterS(device);
  return {
    id: device.id,
    name: config.name,
    vendor: "Tasmota",
    ...(config.model === undefined ? {} : { model: config.model }),
    ...(config.firmware === undefined ? {} : { firmware: config.firmware }),
    adapter: "mqtt",
    dialect: "tasmota",
    addresses: addressesOf(config),
    endpoints: built.endpoints,
    ...(silent === undefined ? {} : { silentAfterS: silent }),
  };
}
