/** Units of the house. Inside the hub every number is in one of these; scaling happens only in adapters. */

declare const unit: unique symbol;

/** A number that carries its unit in the type, so that `watts(1) + volts(2)` is no `Watts`. */
export type In<U extends string> = number & { readonly [unit]: U };

export type Watts = In<"W">;
export type KilowattHours = In<"kWh">;
export type Hours = In<"h">;

/** Every unit a capability may name, with the text people read. */
export const units = {
  W: "W",
  VA: "VA",
  var: "var",
  kWh: "kWh",
  V: "V",
  A: "A",
  Hz: "Hz",
  degC: "°C",
  K: "K",
  "%": "%",
  lx: "lx",
  hPa: "hPa",
  "m3/h": "m³/h",
  m3: "m³",
  l: "l",
  s: "s",
  min: "min",
  h: "h",
  ppm: "ppm",
  ppb: "ppb",
  "µg/m3": "µg/m³",
  "mg/m3": "mg/m³",
  "Bq/m3": "Bq/m³",
  mired: "mired",
  deg: "°",
  km: "km",
  "1": "",
} as const;

export type UnitName = keyof typeof units;

const maker =
  <U extends string>(name: U) =>
  (n: number): In<U> => {
    if (!Number.isFinite(n)) throw new RangeError(`${n} is no amount in ${name}`);
    return n as In<U>;
  };

/** The only makers of unit-carrying numbers. Each throws RangeError on NaN and infinity. */
export const kilowattHours = maker("kWh");

/** Energy of a constant power over a time. */
export const energyOver = (power: Watts, time: Hours): KilowattHours => kilowattHours((power * time) / 1000);
