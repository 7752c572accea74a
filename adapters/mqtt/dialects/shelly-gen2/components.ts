/** Shelly's components: what their status fields mean and how they are set (https://shelly-api-docs.shelly.cloud/gen2/). */
import type { MakerType } from "../../codec.ts";
import { namedEndpoint } from "../../draft.ts";
import type { Json } from "../../json.ts";

/** One RPC call. */
export interface ShellyWrite {
  readonly method: string;
  readonly params: { readonly [name: string]: Json };
}

interface Field {
  readonly word: string;
  readonly maker: MakerType;
  /** How it is set: given the component's id, the call for a raw value. */
  readonly write?: (id: number, raw: unknown) => ShellyWrite;
}

const amount = (unit: string): MakerType => ({ kind: "number", unit });
const flag: MakerType = { kind: "boolean", on: true, off: false };
const percent: MakerType = { kind: "number", unit: "%", min: 0, max: 100, step: 1 };

const read = (word: string, maker: MakerType): Field => ({ word, maker });
const set = (word: string, maker: MakerType, method: string, param: string): Field => ({
  word,
  maker,
  write: (id, raw) => ({ method, params: { id, [param]: raw as Json } }),
});
/** One of the two vials of a scent diffuser. */
const slot = (side: string, param: string, maker: MakerType): Field => ({
  word: "",
  maker,
  write: (id, raw) => ({ method: "Cury.Set", params: { id, slot: side, [param]: raw as Json } }),
});
const configure = (word: string, maker: MakerType, method: string, param: string): Field => ({
  word,
  maker,
  write: (id, raw) => ({ method, params: { id, config: { [param]: raw as Json } } }),
});

type Fields = Readonly<Record<string, Field>>;

/** Found in every component that measures electricity. */
const electric: Fields = {
  apower: read("power", amount("W")),
  act_power: read("power", amount("W")),
  aprt_power: read("power_apparent", amount("VA")),
  voltage: read("voltage", amount("V")),
  current: read("current", amount("A")),
  freq: read("ac_frequency", amount("Hz")),
  pf: read("power_factor", amount("ratio")),
  "aenergy.total": read("energy", amount("Wh")),
  "ret_aenergy.total": read("produced_energy", amount("Wh")),
  total_act_energy: read("energy", amount("Wh")),
  total_act_ret_energy: read("produced_energy", amount("Wh")),
  "temperature.tC": read("", amount("°C")),
};

const lamp = (type: string): Fields => ({
  ...electric,
  output: set("on", flag, `${type}.Set`, "on"),
  brightness: set("level", percent, `${type}.Set`, "brightness"),
});

const celsius = { kind: "number", unit: "°C" } as const;
const coverStates: MakerType = { kind: "enum", values: ["open", "closed", "opening", "closing", "stopped"] };

/** By component type, one line a field; the rest of a status is kept as the maker's own. */
const table: Readonly<Record<string, Fields>> = {
  switch: { ...electric, output: set("on", flag, "Switch.Set", "on") },
  light: lamp("Light"),
  rgb: lamp("RGB"),
  rgbw: { ...lamp("RGBW"), white: set("", { kind: "number", min: 0, max: 255, step: 1 }, "RGBW.Set", "white") },
  cct: lamp("CCT"),
  rgbcct: lamp("RGBCCT"),
  cover: {
    ...electric,
    state: read("cover_state", coverStates),
    current_pos: set("position", percent, "Cover.GoToPosition", "pos"),
    slat_pos: set("tilt", percent, "Cover.GoToPosition", "slat_pos"),
  },
  pm1: electric,
  em1: electric,
  em1data: electric,
  em: {
    total_act_power: read("power", amount("W")),
    total_aprt_power: read("power_apparent", amount("VA")),
    total_current: read("current", amount("A")),
    n_current: read("", amount("A")),
  },
  emdata: { total_act: read("energy", amount("Wh")), total_act_ret: read("produced_energy", amount("Wh")) },
  temperature: { tC: read("temperature", celsius) },
  humidity: { rh: read("humidity", amount("%")) },
  illuminance: { lux: read("illuminance", amount("lx")) },
  devicepower: { "battery.percent": read("battery", amount("%")), "battery.V": read("battery_voltage", amount("V")) },
  smoke: { alarm: read("smoke", flag) },
  flood: { alarm: read("water_leak", flag) },
  voltmeter: { voltage: read("voltage", amount("V")) },
  presence: { presence: read("presence", flag) },
  presencezone: { value: read("presence", flag), state: read("presence", flag) },
  cury: {
    "slots.left.on": slot("left", "on", flag),
    "slots.left.intensity": slot("left", "intensity", percent),
    "slots.right.on": slot("right", "on", flag),
    "slots.right.intensity": slot("right", "intensity", percent),
  },
  thermostat: {
    target_C: configure("occupied_heating_setpoint", celsius, "Thermostat.SetConfig", "target_C"),
    current_C: read("local_temperature", celsius),
    enable: configure("heating_on", flag, "Thermostat.SetConfig", "enable"),
    output: read("heating_now", flag),
  },
  blutrv: {
    target_C: {
      word: "occupied_heating_setpoint",
      maker: { kind: "number", unit: "°C", min: 4, max: 30 },
      write: (id, raw) => ({
        method: "BluTRV.Call",
        params: { id, method: "TRV.SetTarget", params: { id: 0, target_C: raw as Json } },
      }),
    },
    current_C: read("local_temperature", celsius),
    pos: read("pi_heating_demand", amount("%")),
    battery: read("battery", amount("%")),
  },
  bthomedevice: { battery: read("battery", amount("%")) },
};

const phase = /^([abc])_(.+)$/;

/** BTHome object ids (https://bthome.io/format/) as BLU sensors pass them on. */
const bthome: Readonly<Record<number, Field>> = {
  1: read("battery", amount("%")),
  2: read("temperature", celsius),
  3: read("humidity", amount("%")),
  4: read("pressure", amount("hPa")),
  5: read("illuminance", amount("lx")),
  10: read("energy", amount("kWh")),
  11: read("power", amount("W")),
  12: read("voltage", amount("V")),
  13: read("pm25", amount("µg/m3")),
  14: read("pm10", amount("µg/m3")),
  17: read("contact", flag),
  18: read("co2", amount("ppm")),
  21: read("battery_low", flag),
  26: read("contact", flag),
  32: read("water_leak", flag),
  33: read("occupancy", flag),
  35: read("occupancy", flag),
  41: read("smoke", flag),
  45: read("contact", flag),
  46: read("humidity", amount("%")),
  47: read("soil_moisture", amount("%")),
  63: read("", amount("°")),
  67: read("current", amount("A")),
  69: read("temperature", celsius),
};

export interface Meant {
  readonly field: Field;
  /** `a`, `b`, `c` where it belongs to one phase. */
  readonly phase?: string;
}

/** What a field of a component means; undefined keeps it the maker's own. `objectId` is a BLU sensor's. */
export function meantBy(type: string, leaf: string, objectId: number | undefined): Meant | undefined {
  if (type === "bthomesensor" && leaf === "value" && objectId !== undefined && Object.hasOwn(bthome, objectId)) {
    const field = bthome[objectId];
    return field && { field };
  }
  const fields = Object.hasOwn(table, type) ? table[type] : undefined;
  const field = fields && Object.hasOwn(fields, leaf) ? fields[leaf] : undefined;
  if (field) return { field };
  const [, letter, inner] = (type === "em" || type === "emdata" ? phase.exec(leaf) : null) ?? [];
  if (!letter || !inner || !Object.hasOwn(electric, inner)) return undefined;
  const own = electric[inner];
  return own && { field: own, phase: letter };
}

/** Clockwork, memory figures and second units: they change with every message and say nothing of the home. */
export const isNoise = (leaf: string): boolean =>
  /^(id|by_minute|minute_ts|mem_free|mem_used|mem_peak|packet_id|last_updated_ts|last_update_ts|target_F|current_F|tF)$|\.(by_minute|minute_ts|tF)$/.test(
    leaf,
  );

/** First endpoint number of each component type; components that share one never stand on one device, or belong together. */
const bases: Readonly<Record<string, number>> = {
  ...{ switch: 1, cover: 1, light: 1, pm1: 1, em: 1, emdata: 1, devicepower: 1 },
  ...{ rgb: 11, rgbw: 11, rgbcct: 11, cct: 21, em1: 31, em1data: 31, thermostat: 41, input: 51 },
  ...{ temperature: 61, humidity: 61, illuminance: 71, smoke: 75, flood: 78, voltmeter: 81, presence: 85 },
  ...{ presencezone: 11_000 },
  ...{ boolean: 1000, number: 2000, enum: 3000, text: 4000, button: 5000, group: 6000 },
  ...{ bthomedevice: 7000, bthomesensor: 8000, blutrv: 9000 },
};

/** The same endpoint for the same component for ever; phases a, b, c are 91 to 93. */
export function endpointOf(type: string, id: number): number {
  const base = Object.hasOwn(bases, type) ? bases[type] : undefined;
  return base === undefined || id < 0 || id > 999 ? 10_000 + namedEndpoint(`${type}:${id}`) : base + id;
}

/** `switch:0` → switch, 0; the firmware's own parts have no number and are no function of the home. */
export function componentOf(key: string): { readonly type: string; readonly id: number } | undefined {
  const [, type, id] = /^([a-z0-9_]{1,32}):(\d{1,3})$/.exec(key) ?? [];
  return type === undefined ? undefined : { type, id: Number(id) };
}
