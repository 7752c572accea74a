/** Sensors, meters and notifications of Z-Wave by their standard's names and numbers (Z-Wave Application Specification, registries). */
import type { Codec, MakerType } from "../../codec.ts";
import { plainName } from "./classes.ts";
import { alarms, doorState, happens } from "./codecs.ts";
import type { Meta } from "./values.ts";

export interface Meant {
  /** Word in meanings.ts, or "". */
  readonly word: string;
  readonly maker: MakerType;
  readonly codec?: Codec;
  /** Kept beside as the driver writes it: in a unit that the house spells or counts otherwise. */
  readonly beside?: MakerType;
  readonly label?: string;
}

/** By sensor type: meaning, and its usual unit, which counts where the gateway does not tell one. Others have too many to guess. */
const types: Readonly<Record<string, readonly [word: string, unit: string]>> = {
  airtemperature: ["temperature", "°C"],
  watertemperature: ["temperature", "°C"],
  soiltemperature: ["temperature", "°C"],
  outsidetemperature: ["temperature", "°C"],
  humidity: ["humidity", "%"],
  illuminance: ["illuminance", "Lux"],
  atmosphericpressure: ["pressure", "kPa"],
  barometricpressure: ["pressure", "kPa"],
  power: ["power", "W"],
  voltage: ["voltage", "V"],
  current: ["current", "A"],
  frequency: ["ac_frequency", "Hz"],
  carbondioxideco2level: ["co2", "ppm"],
  carbondioxidecolevel: ["co2", "ppm"],
  carbonmonoxidecolevel: ["co", "ppm"],
  volatileorganiccompoundlevel: ["voc", "ppm"],
  formaldehydech2olevel: ["formaldehyde", "mol/m³"],
  particulatematter25: ["pm25", "µg/m³"],
  particulatematter10: ["pm10", "µg/m³"],
  soilhumidity: ["soil_moisture", "%"],
  direction: ["", "°"],
  airflow: ["flow", "m³/h"],
  waterflow: ["flow", "l/h"],
};

/** Units that the driver spells otherwise than the house, and how the house reads them. */
const spellings = new Map([
  ["Lux", "lx"],
  ["kVar", "kvar"],
  ["kVarh", ""],
  ["Power Factor", "ratio"],
  ["Pulse count", ""],
  ["gal", "gal"],
  ["µg/m³", "µg/m³"],
  ["μg/m³", "µg/m³"],
]);

function inUnit(word: string, unit: string | undefined, scale: number | undefined): Meant {
  const house = unit === undefined ? undefined : (spellings.get(unit) ?? unit);
  const maker: MakerType = {
    kind: "number",
    ...(house ? { unit: house } : {}),
    ...(scale === undefined ? {} : { scale }),
  };
  const told = unit === undefined ? undefined : spellings.get(unit);
  return {
    word,
    maker,
    ...(told === undefined && scale === undefined
      ? {}
      : { beside: { kind: "number", ...(scale === undefined ? {} : { unit: house ?? "" }) } }),
    ...(told === undefined || unit === undefined ? {} : { label: `(${unit})` }),
  };
}

/** Multilevel Sensor. */
export function sensorOf(property: string, meta: Meta | undefined, fahrenheit: boolean): Meant {
  const name = plainName(property);
  const [word, usual] = (Object.hasOwn(types, name) ? types[name] : undefined) ?? [];
  return inUnit(word ?? "", meta?.unit ?? (fahrenheit && usual === "°C" ? "°F" : usual), undefined);
}

/** Scales of the electric meter, 1; of gas 2 and water 3; of heating 4 and cooling 5. */
const electric = ["kWh", "kVAh", "W", "Pulse count", "V", "A", "Power Factor", "kVar", "kVarh"];
const fluid = ["m³", "ft³", "gal", "Pulse count"];
const words: Readonly<Record<string, string>> = {
  W: "power",
  V: "voltage",
  A: "current",
  "Power Factor": "power_factor",
  kVar: "power_reactive",
};

/** Meter: the key is type, scale and rate in a byte each; rate 2 is what is produced. */
export function meterOf(key: string, meta: Meta | undefined): Meant | undefined {
  if (!/^\d{1,9}$/.test(key)) return undefined;
  const [type, scale, rate] = [Number(key) >> 16, (Number(key) >> 8) & 255, Number(key) & 255];
  const unit = meta?.unit ?? (type === 1 ? electric[scale] : type === 4 || type === 5 ? "kWh" : fluid[scale]);
  const produced = rate === 2;
  if (unit === "kWh" && type === 1) return inUnit(produced ? "produced_energy" : "energy", unit, undefined);
  if (type !== 1) return inUnit("", unit, undefined);
  const word = unit !== undefined && Object.hasOwn(words, unit) ? (words[unit] ?? "") : "";
  // What is produced is told as a positive number.
  return inUnit(word, unit, produced && word === "power" ? -1 : undefined);
}

const flag: MakerType = { kind: "boolean", on: true, off: false };
const number: MakerType = { kind: "number" };

/** Binary Sensor, by sensor type. */
const binary: Readonly<Record<string, string>> = {
  ...{ motion: "occupancy", water: "water_leak", smoke: "smoke", co: "carbon_monoxide", doorwindow: "contact" },
};

export const binaryOf = (property: string): Meant => {
  const name = plainName(property);
  return { word: (Object.hasOwn(binary, name) ? binary[name] : undefined) ?? "", maker: flag };
};

/** Notification: by type and variable. */
const notifications: Readonly<Record<string, readonly [word: string, codec: Codec]>> = {
  "smokealarm/sensorstatus": ["smoke", alarms],
  "coalarm/sensorstatus": ["carbon_monoxide", alarms],
  "wateralarm/sensorstatus": ["water_leak", happens(1, 2)],
  "accesscontrol/doorstate": ["contact", doorState],
  "accesscontrol/doorstatesimple": ["contact", doorState],
  "homesecurity/motionsensorstatus": ["occupancy", happens(7, 8)],
};

export function notificationOf(property: string, key: string): Meant | undefined {
  const name = `${plainName(property)}/${plainName(key)}`;
  const [word, codec] = (Object.hasOwn(notifications, name) ? notifications[name] : undefined) ?? [];
  return word && codec ? { word, maker: number, codec } : undefined;
}
