/** Units of the house. Inside the hub every number is in one of these; scaling happens only in adapters. */

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
