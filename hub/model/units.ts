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
  mm: "mm",
  m: "m",
  km: "km",
  "m/s": "m/s",
  "km/h": "km/h",
  "mm/h": "mm/h",
  "W/m2": "W/m²",
  kg: "kg",
  dB: "dB",
  dBm: "dBm",
  "µS/cm": "µS/cm",
  Ah: "Ah",
  kB: "kB",
  rpm: "rpm",
  "g/kWh": "g/kWh",
  /** Money for a kWh; which money is said beside it. */
  "1/kWh": "per kWh",
  /** A moment: seconds since 1970 in UTC. People read it as a date and a time. */
  "epoch-s": "",
  /** A time of day, minutes after midnight by the home's clock. People read it as 07:30. */
  "min-of-day": "",
  "1": "",
} as const;

export type UnitName = keyof typeof units;
