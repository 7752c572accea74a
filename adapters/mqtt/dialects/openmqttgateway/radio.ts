/** What the fields of a decoded radio frame mean (rtl_433, docs/DATA_FORMAT.md: units stand at the end of names). */
import { asNumber, type Codec, type MakerType } from "../../codec.ts";
import type { Line } from "../../sheet/claim.ts";

const amount = (unit: string): MakerType => ({ kind: "number", unit });
const flag: MakerType = { kind: "boolean", on: 1, off: 0 };

/** 1 full, 0 empty; since 2023 also shares between. */
const fullness: Codec = {
  type: { type: "enum", values: ["ok", "warning", "critical"] },
  read: (raw) => {
    const share = asNumber(raw);
    return share === undefined ? undefined : share > 0.3 ? "ok" : share > 0 ? "warning" : "critical";
  },
  write: (value) => value,
};

const lines: Readonly<Record<string, Line>> = {
  temperature_C: { word: "temperature", maker: amount("C") },
  temperature_F: { word: "temperature", maker: amount("F") },
  humidity: { word: "humidity", maker: amount("%") },
  moisture: { word: "soil_moisture", maker: amount("%") },
  battery_ok: { word: "battery_low", codec: fullness },
  battery_mV: { word: "battery_voltage", maker: amount("mV") },
  battery_V: { word: "battery_voltage", maker: amount("V") },
  pressure_hPa: { word: "pressure", maker: amount("hPa") },
  pressure_kPa: { word: "pressure", maker: amount("kPa") },
  light_lux: { word: "illuminance_lux", maker: amount("lx") },
  light_klx: { word: "illuminance_lux", maker: amount("klx") },
  co2_ppm: { word: "co2", maker: amount("ppm") },
  pm1_ug_m3: { word: "pm1", maker: amount("µg/m3") },
  pm2_5_ug_m3: { word: "pm25", maker: amount("µg/m3") },
  pm10_ug_m3: { word: "pm10", maker: amount("µg/m3") },
  power_W: { word: "power", maker: amount("W") },
  energy_kWh: { word: "energy", maker: amount("kWh") },
  current_A: { word: "current", maker: amount("A") },
  voltage_V: { word: "voltage", maker: amount("V") },
  contact_open: { word: "contact", maker: flag },
  reed_open: { word: "contact", maker: flag },
  opened: { word: "contact", maker: flag },
  closed: { word: "contact", maker: { kind: "boolean", on: 0, off: 1 } },
  motion: { word: "occupancy", maker: flag },
  detect_wet: { word: "water_leak", maker: flag },
  leak: { word: "water_leak", maker: flag },
  tamper: { maker: flag },
  alarm: { maker: flag },
};

/** Who sent and how: in the node's description, or of the frame alone. */
const hidden = new Set(
  "id channel model subtype type time protocol duration mod freq freq1 freq2 mic len data".split(" "),
);
const PRESS = /^(button|cmd|code|event|switch\d)$/;
const NEAR = /^(rssi|snr|noise)\.(.+)$/;

/** Units at the end of a name, as they are written there. */
const endings: readonly (readonly [RegExp, string])[] = [
  [/_C$/, "C"],
  [/_F$/, "F"],
  [/_km_h$/, "km/h"],
  [/_m_s$/, "m/s"],
  [/_mm$/, "mm"],
  [/_mm_h$/, "mm/h"],
  [/_deg$/, "deg"],
  [/_hPa$/, "hPa"],
  [/_kPa$/, "kPa"],
  [/_kWh$/, "kWh"],
  [/_mV$/, "mV"],
  [/_V$/, "V"],
  [/_A$/, "A"],
  [/_W$/, "W"],
  [/_km$/, "km"],
  [/_cm$/, "cm"],
  [/_m3$/, "m3"],
  [/_kg$/, "kg"],
  [/_dB$/, "dB"],
];

/** What a field means; undefined keeps it as the maker's own. */
export function radio(field: string): Line | undefined {
  if (hidden.has(field)) return { hidden: true };
  if (Object.hasOwn(lines, field)) return lines[field];
  if (PRESS.test(field)) return { event: true };
  const [, what, gateway] = NEAR.exec(field) ?? [];
  if (what) return { label: `${what} at ${gateway}`, maker: amount("dB") };
  const unit = endings.find(([end]) => end.test(field))?.[1];
  return unit === undefined ? undefined : { maker: amount(unit) };
}
