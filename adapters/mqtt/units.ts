/** Makers' unit texts, and the way from them to the units of the house. */
import type { UnitName } from "../../hub/model/units.ts";

/** house = maker * factor + offset */
export interface Linear {
  readonly factor: number;
  readonly offset: number;
}

type Row = readonly [unit: UnitName, factor: number, offset?: number];

/** Maker's text (after {@link clean}) to the unit of the house, one line a house unit. */
const rows: Readonly<Record<string, Row>> = {
  ...{ W: ["W", 1], kW: ["W", 1e3], mW: ["W", 1e-3], MW: ["W", 1e6], GW: ["W", 1e9], TW: ["W", 1e12], watt: ["W", 1] },
  ...{ VA: ["VA", 1], kVA: ["VA", 1e3], mVA: ["VA", 1e-3] },
  ...{ var: ["var", 1], VAr: ["var", 1], VAR: ["var", 1], kvar: ["var", 1e3], kVAr: ["var", 1e3], mvar: ["var", 1e-3] },
  ...{ kWh: ["kWh", 1], KWh: ["kWh", 1], kwh: ["kWh", 1], Wh: ["kWh", 1e-3], MWh: ["kWh", 1e3], mWh: ["kWh", 1e-6] },
  ...{
    Wmin: ["kWh", 1 / 60e3],
    J: ["kWh", 1 / 3.6e6],
    kJ: ["kWh", 1 / 3600],
    MJ: ["kWh", 1 / 3.6],
    GJ: ["kWh", 1e3 / 3.6],
    GWh: ["kWh", 1e6],
    TWh: ["kWh", 1e9],
    cal: ["kWh", 4.184 / 3.6e6],
    kcal: ["kWh", 4.184 / 3600],
    Mcal: ["kWh", 4.184 / 3.6],
    Gcal: ["kWh", 4184 / 3.6],
  },
  ...{ V: ["V", 1], mV: ["V", 1e-3], kV: ["V", 1e3], MV: ["V", 1e6], µV: ["V", 1e-6] },
  ...{ A: ["A", 1], mA: ["A", 1e-3] },
  ...{ Hz: ["Hz", 1], kHz: ["Hz", 1e3], mHz: ["Hz", 1e-3] },
  ...{
    C: ["degC", 1],
    degC: ["degC", 1],
    celsius: ["degC", 1],
    F: ["degC", 5 / 9, -160 / 9],
    fahrenheit: ["degC", 5 / 9, -160 / 9],
  },
  ...{ K: ["K", 1] },
  ...{ "%": ["%", 1], percent: ["%", 1], "%RH": ["%", 1] },
  ...{ lx: ["lx", 1], lux: ["lx", 1], klx: ["lx", 1e3] },
  ...{
    hPa: ["hPa", 1],
    mbar: ["hPa", 1],
    Pa: ["hPa", 0.01],
    kPa: ["hPa", 10],
    bar: ["hPa", 1e3],
    mmHg: ["hPa", 1.333224],
    inHg: ["hPa", 33.86389],
    psi: ["hPa", 68.94757],
    cbar: ["hPa", 10],
    mPa: ["hPa", 1e-5],
    MPa: ["hPa", 1e4],
    inH2O: ["hPa", 2.490889],
  },
  ...{
    "m3/h": ["m3/h", 1],
    "l/h": ["m3/h", 1e-3],
    "L/h": ["m3/h", 1e-3],
    "l/min": ["m3/h", 0.06],
    "L/min": ["m3/h", 0.06],
    "l/s": ["m3/h", 3.6],
    "L/s": ["m3/h", 3.6],
    "mL/s": ["m3/h", 3.6e-3],
    "m3/min": ["m3/h", 60],
    "m3/s": ["m3/h", 3600],
    "ft3/min": ["m3/h", 1.6990108],
    "gal/min": ["m3/h", 0.2271247],
    "gal/h": ["m3/h", 3.785412e-3],
    "gal/d": ["m3/h", 3.785412e-3 / 24],
  },
  ...{ m3: ["m3", 1], l: ["l", 1], L: ["l", 1], ml: ["l", 1e-3], mL: ["l", 1e-3], gal: ["l", 3.785411784] },
  ...{ s: ["s", 1], sec: ["s", 1], second: ["s", 1], seconds: ["s", 1], ms: ["s", 1e-3] },
  ...{ min: ["min", 1], mins: ["min", 1], minute: ["min", 1], minutes: ["min", 1] },
  ...{
    h: ["h", 1],
    Hr: ["h", 1],
    hr: ["h", 1],
    hour: ["h", 1],
    hours: ["h", 1],
    d: ["h", 24],
    day: ["h", 24],
    days: ["h", 24],
  },
  ...{ ppm: ["ppm", 1], ppb: ["ppb", 1] },
  ...{ "µg/m3": ["µg/m3", 1], "ug/m3": ["µg/m3", 1], "mg/m3": ["mg/m3", 1], "Bq/m3": ["Bq/m3", 1] },
  ...{ mired: ["mired", 1], mireds: ["mired", 1] },
  ...{ deg: ["deg", 1], degree: ["deg", 1], degrees: ["deg", 1] },
  ...{ mm: ["mm", 1], cm: ["m", 0.01], m: ["m", 1], km: ["km", 1] },
  ...{ "m/s": ["m/s", 1], "km/h": ["km/h", 1], kmh: ["km/h", 1], "mm/h": ["mm/h", 1], "W/m2": ["W/m2", 1] },
  ...{ kg: ["kg", 1], dB: ["dB", 1], dBm: ["dBm", 1], "µS/cm": ["µS/cm", 1], "uS/cm": ["µS/cm", 1] },
  ...{ "g/kWh": ["g/kWh", 1], "gCO2/kWh": ["g/kWh", 1], "gCO2eq/kWh": ["g/kWh", 1], "1/kWh": ["1/kWh", 1] },
  ...{ "epoch-s": ["epoch-s", 1], "epoch-ms": ["epoch-s", 1e-3], "min-of-day": ["min-of-day", 1] },
  ...{ Ah: ["Ah", 1], kB: ["kB", 1], rpm: ["rpm", 1], RPM: ["rpm", 1], "r/min": ["rpm", 1] },
  ...{ "1": ["1", 1] },
};

const known = new Map(Object.entries(rows));

/** Between units of the house that measure the same thing. */
const bridges = new Map<string, number>([
  ["ppb>ppm", 1e-3],
  ["ppm>ppb", 1e3],
  ["µg/m3>mg/m3", 1e-3],
  ["mg/m3>µg/m3", 1e3],
  ["s>min", 1 / 60],
  ["s>h", 1 / 3600],
  ["min>s", 60],
  ["min>h", 1 / 60],
  ["h>s", 3600],
  ["h>min", 60],
  ["l>m3", 1e-3],
  ["m3>l", 1e3],
  ["mm>m", 1e-3],
  ["m>mm", 1e3],
  ["m>km", 1e-3],
  ["km>m", 1e3],
]);

/** Both µ of Unicode, the one-character degrees, superscripts and stray blanks, as makers write them. */
function clean(text: string): string {
  const plain = text
    .trim()
    .replaceAll("\u03bc", "\u00b5")
    .replaceAll("³", "3")
    .replaceAll("²", "2")
    .replaceAll("₂", "2")
    .replaceAll("℃", "C")
    .replaceAll("℉", "F");
  if (plain === "°") return "deg";
  return plain.replace(/^°\s*/, "");
}

/** The house's unit for a maker's unit text and the way to it; undefined for a unit that the house has no name for. */
export function houseUnit(text: string | undefined): ({ readonly unit: UnitName } & Linear) | undefined {
  if (text === undefined || text.length > 32) return undefined;
  const row = known.get(clean(text));
  return row && { unit: row[0], factor: row[1], offset: row[2] ?? 0 };
}

/**
 * From a maker's unit text to a given unit of the house; undefined when the two do not measure the same thing.
 * To K from a temperature means a difference (calibrations), so that only the factor counts.
 */
export function conversion(text: string, to: UnitName): Linear | undefined {
  const from = houseUnit(text);
  if (!from) return undefined;
  if (from.unit === to) return { factor: from.factor, offset: from.offset };
  if (to === "K" && from.unit === "degC") return { factor: from.factor, offset: 0 };
  if (to === "degC" && from.unit === "K") return { factor: from.factor, offset: -273.15 };
  const bridge = bridges.get(`${from.unit}>${to}`);
  return bridge === undefined ? undefined : { factor: from.factor * bridge, offset: from.offset * bridge };
}

/** Every text for a unit that can be turned into a given unit of the house, that unit's own first. */
export const unitsFor = (to: UnitName): readonly string[] =>
  [...new Set([to, ...known.keys()])].filter((text) => conversion(text, to) !== undefined);
