import type { UnitName } from "../model/units.ts";

/** What a foreign unit is in one of ours: value * factor + offset. */
export interface Conversion {
  readonly unit: UnitName;
  readonly factor: number;
  readonly offset: number;
}

/** Home Assistant's spellings, and those of usual tables. */
const known: Readonly<Record<string, Conversion>> = {
  Wh: { unit: "kWh", factor: 0.001, offset: 0 },
  kWh: { unit: "kWh", factor: 1, offset: 0 },
  MWh: { unit: "kWh", factor: 1000, offset: 0 },
  GJ: { unit: "kWh", factor: 1000 / 3.6, offset: 0 },
  MJ: { unit: "kWh", factor: 1 / 3.6, offset: 0 },
  mW: { unit: "W", factor: 0.001, offset: 0 },
  W: { unit: "W", factor: 1, offset: 0 },
  kW: { unit: "W", factor: 1000, offset: 0 },
  MW: { unit: "W", factor: 1e6, offset: 0 },
  "°C": { unit: "degC", factor: 1, offset: 0 },
  "°F": { unit: "degC", factor: 5 / 9, offset: -160 / 9 },
  mV: { unit: "V", factor: 0.001, offset: 0 },
  V: { unit: "V", factor: 1, offset: 0 },
  mA: { unit: "A", factor: 0.001, offset: 0 },
  A: { unit: "A", factor: 1, offset: 0 },
  Hz: { unit: "Hz", factor: 1, offset: 0 },
  VA: { unit: "VA", factor: 1, offset: 0 },
  "%": { unit: "%", factor: 1, offset: 0 },
  lx: { unit: "lx", factor: 1, offset: 0 },
  hPa: { unit: "hPa", factor: 1, offset: 0 },
  mbar: { unit: "hPa", factor: 1, offset: 0 },
  ppm: { unit: "ppm", factor: 1, offset: 0 },
  ppb: { unit: "ppb", factor: 1, offset: 0 },
  "µg/m³": { unit: "µg/m3", factor: 1, offset: 0 },
  "m³": { unit: "m3", factor: 1, offset: 0 },
  L: { unit: "l", factor: 1, offset: 0 },
  "W/m²": { unit: "W/m2", factor: 1, offset: 0 },
  "m/s": { unit: "m/s", factor: 1, offset: 0 },
  "km/h": { unit: "km/h", factor: 1, offset: 0 },
  dBm: { unit: "dBm", factor: 1, offset: 0 },
};

/** How values of a written unit become ours; undefined for a unit that the hub does not know. */
export const conversionOf = (unit: string): Conversion | undefined =>
  // The micro sign is written in two ways.
  Object.hasOwn(known, unit.replace("μ", "µ")) ? known[unit.replace("μ", "µ")] : undefined;
