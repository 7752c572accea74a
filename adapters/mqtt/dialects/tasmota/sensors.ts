/** What Tasmota's SENSOR bodies hold: free-form objects whose words mean the same everywhere. */
import { type MakerType, sampleType } from "../../codec.ts";
import { type Draft, namedEndpoint } from "../../draft.ts";
import type { Json } from "../../json.ts";
import type { TasmotaConfig } from "./config.ts";
import type { TasmotaWrite } from "./relays.ts";

/** Tasmota's word to a word in meanings.ts and the unit, one line a word; "" keeps a value the maker's own with its unit. */
const words: Readonly<Record<string, readonly [word: string, unit: string]>> = {
  Temperature: ["temperature", "TempUnit"],
  DewPoint: ["", "TempUnit"],
  HeatIndex: ["", "TempUnit"],
  Humidity: ["humidity", "%"],
  Pressure: ["pressure", "PressureUnit"],
  SeaPressure: ["", "PressureUnit"],
  Illuminance: ["illuminance", "lx"],
  Moisture: ["soil_moisture", "%"],
  CarbonDioxide: ["co2", "ppm"],
  eCO2: ["", "ppm"],
  TVOC: ["voc", "ppb"],
  PM1: ["pm1", "µg/m3"],
  "PM2.5": ["pm25", "µg/m3"],
  PM10: ["pm10", "µg/m3"],
  Distance: ["", "cm"],
  Power: ["power", "W"],
  ApparentPower: ["power_apparent", "VA"],
  ReactivePower: ["power_reactive", "var"],
  Factor: ["power_factor", "ratio"],
  Voltage: ["voltage", "V"],
  Current: ["current", "A"],
  Frequency: ["ac_frequency", "Hz"],
  Total: ["energy", "kWh"],
  ExportActive: ["produced_energy", "kWh"],
  Today: ["", "kWh"],
  Yesterday: ["", "kWh"],
  ImportActive: ["", "kWh"],
  Energy: ["energy", "kWh"],
};

/** Objects in which Tasmota speaks of other devices, not of itself: their words are not its own measurements. */
const foreign = /^(Zb|Mtr|BLE|MI32|iBeacon|RfReceived|IrReceived|TuyaReceived|SerialReceived|PN532|RC522)/;
/** What a receiver hears is a happening: the same code twice is two presses. */
const heard = /^(RfReceived|IrReceived|SerialReceived|PN532|RC522)$/;
export const isForeign = (key: string): boolean => foreign.test(key);
/** Words of counters and powers count only where Tasmota measures electricity. */
const electrical = new Set([
  "Power",
  "ApparentPower",
  "ReactivePower",
  "Factor",
  "Voltage",
  "Current",
  "Frequency",
  "Total",
  "ExportActive",
  "Energy",
]);
const meters = /^(ENERGY|CTEnergy\d*|PZEM|SDM|ANALOG|INA2|ADE|BL09|CSE|HLW|SML|Teleinfo|TIC|MT\d|Main)/;
/** Told once for all values of the body, not values themselves. */
export const isUnitOrTime = (path: string): boolean => /^(Time|TempUnit|PressureUnit|SpeedUnit)$/.test(path);

export interface Units {
  readonly TempUnit: string;
  readonly PressureUnit: string;
}

const phases = ["a", "b", "c"];

interface Spot {
  readonly endpoint: number;
  readonly label: string | undefined;
  readonly key: string;
}

/** `0`, `a` and `L1` all name the first phase. */
function phaseOf(tail: string): number {
  if (/^[0-2]$/.test(tail)) return Number(tail);
  const line = /^l([123])$/i.exec(tail)?.[1];
  return line === undefined ? phases.indexOf(tail.toLowerCase()) : Number(line) - 1;
}

/** Where a value belongs: a meter with the single relay that it measures, other sensors beside, phases apart. */
function spotOf(parts: readonly string[], relays: number): Spot {
  const [head = "", key = "", tail] = parts;
  if (parts.length === 1) return { endpoint: 1, label: undefined, key: head };
  if (head !== "ENERGY") {
    const name = foreign.test(head) ? head : sensorName(parts);
    return { endpoint: namedEndpoint(name), label: name, key: lastWord(parts) };
  }
  const phase = tail !== undefined && Object.hasOwn(words, key) ? phaseOf(tail) : -1;
  if (phase < 0) return { endpoint: relays > 1 ? 90 : 1, label: undefined, key: lastWord(parts) };
  return { endpoint: 91 + phase, label: `Phase ${(phases[phase] ?? "").toUpperCase()}`, key };
}

/** `ANALOG.Temperature1` and `ANALOG.Temperature2` are two sensors; `DS18B20.Temperature` and its `Id` are one. */
function sensorName(parts: readonly string[]): string {
  const [head = "", key = ""] = parts;
  if (head !== "ANALOG") return parts.slice(0, -1).join(" ");
  return parts.length > 2 ? `${head} ${key}` : `${head} ${/\d+$/.exec(key)?.[0] ?? key}`;
}

const lastWord = (parts: readonly string[]): string => {
  const last = parts.at(-1) ?? "";
  return Object.hasOwn(words, last) ? last : last.replace(/\d+$/, "");
};

function meaningOf(parts: readonly string[], key: string): readonly [word: string, unit: string] | undefined {
  const [head = ""] = parts;
  if (foreign.test(head) || parts.length < 2 || !Object.hasOwn(words, key)) return undefined;
  if (electrical.has(key) && !meters.test(head) && !(parts[1] && meters.test(parts[1]))) return undefined;
  return words[key];
}

/** Splits a path again; names with dots in them (`PM2.5`) are kept whole. */
const partsOf = (path: string): string[] =>
  path
    .replaceAll("PM2.5", "PM2_5")
    .split(".")
    .map((p) => p.replace("PM2_5", "PM2.5"));

/** One leaf of a SENSOR body, described by a sample. */
export function addSensor(
  draft: Draft<TasmotaWrite>,
  config: TasmotaConfig,
  units: Units,
  path: string,
  sample: Json,
): void {
  const parts = partsOf(path);
  const spot = spotOf(parts, config.relays.filter((r) => r > 0).length);
  const [word = "", unitName = ""] = meaningOf(parts, spot.key) ?? [];
  const unit = unitName === "TempUnit" || unitName === "PressureUnit" ? units[unitName] : unitName;
  const plain = sampleType(sample);
  const maker: MakerType = plain.kind === "number" && unit ? { kind: "number", unit } : plain;
  if (spot.label !== undefined && spot.endpoint !== 1) draft.label(spot.endpoint, spot.label);
  draft.add({
    endpoint: spot.endpoint,
    field: path,
    source: `${config.tele}SENSOR#${path}`,
    name: path,
    maker,
    ...(word ? { word } : {}),
    ...(heard.test(parts[0] ?? "") ? { event: true } : {}),
  });
}
