/** The site, its grid meter, its roofs, batteries and further meters, and the cars. */
import type { MakerType } from "../../codec.ts";
import type { Line } from "../../sheet/claim.ts";

const amount = (unit: string, range: object = {}): MakerType => ({ kind: "number", unit, ...range });
const percent = amount("%", { min: 0, max: 100, step: 1 });
/** What they give is positive there: a roof's yield, a battery's discharge. */
const given: MakerType = { kind: "number", unit: "W", scale: -1 };

const settable: Readonly<Record<string, MakerType>> = {
  "site/prioritySoc": percent,
  "site/bufferSoc": percent,
  "site/bufferStartSoc": percent,
  "site/residualPower": amount("W", { min: -100_000, max: 100_000 }),
  "site/batteryDischargeControl": { kind: "boolean", on: true, off: false },
  // Falls back by itself a minute after it was set; "unknown" is what evcc says while nobody sets it.
  "site/batteryMode": { kind: "enum", values: ["unknown", "normal", "hold", "charge", "holdcharge"] },
  // Texts, because `none` takes a limit away.
  "site/batteryGridChargeLimit": { kind: "text" },
  "site/smartCostLimit": { kind: "text" },
  "site/smartFeedInPriorityLimit": { kind: "text" },
  "vehicles/minSoc": percent,
  "vehicles/limitSoc": percent,
  "vehicles/planSoc": { kind: "text" },
  "vehicles/planStrategy": { kind: "text" },
};

export const isSiteSettable = (kind: string, field: string): boolean => Object.hasOwn(settable, `${kind}/${field}`);

const lines: Readonly<Record<string, Line>> = {
  "grid/power": { word: "power", maker: amount("W") },
  "grid/energy": { word: "energy", maker: amount("kWh") },
  "grid/returnEnergy": { word: "produced_energy", maker: amount("kWh") },
  "pv/power": { word: "power", maker: given },
  "pv/energy": { word: "produced_energy", maker: amount("kWh") },
  "pv/excessDCPower": { maker: amount("W") },
  "battery/power": { word: "power", maker: given },
  "battery/soc": { word: "state_of_charge", maker: amount("%") },
  "battery/capacity": { word: "battery_capacity", maker: amount("kWh") },
  "battery/energy": { maker: amount("kWh") },
  "battery/returnEnergy": { maker: amount("kWh") },
  "aux/power": { word: "power", maker: amount("W") },
  "aux/energy": { word: "energy", maker: amount("kWh") },
  "ext/power": { word: "power", maker: amount("W") },
  "ext/energy": { word: "energy", maker: amount("kWh") },
  "consumers/power": { word: "power", maker: amount("W") },
  "consumers/energy": { word: "energy", maker: amount("kWh") },
  "vehicles/capacity": { maker: amount("kWh") },
  "site/siteTitle": { fact: "title", hidden: true, maker: { kind: "text" } },
  "site/version": { fact: "version", maker: { kind: "text" } },
  "site/status": { hidden: true },
  // Sums of what the devices say themselves: shown, and no second meters.
  "site/homePower": { maker: amount("W") },
  "site/pvPower": { maker: amount("W") },
  "site/auxPower": { maker: amount("W") },
  "site/extPower": { maker: amount("W") },
  "site/batteryPower": { maker: amount("W") },
  "site/batterySoc": { maker: amount("%") },
  "site/batteryCapacity": { maker: amount("kWh") },
  "site/batteryEnergy": { maker: amount("kWh") },
  "site/battery/power": { maker: amount("W") },
  "site/battery/soc": { maker: amount("%") },
  "site/battery/capacity": { maker: amount("kWh") },
  "site/battery/energy": { maker: amount("kWh") },
  "site/pvEnergy": { maker: amount("kWh") },
  "site/batteryCharging": { label: "Battery charging", maker: amount("W") },
};

const PHASE = /^(currents|powers|voltages)\/l?([123])$/;
const phaseWord: Readonly<Record<string, readonly [word: string, unit: string]>> = {
  currents: ["current", "A"],
  powers: ["power", "W"],
  voltages: ["voltage", "V"],
};

/** What a field of these means; without its way to be set. `kind` is the device's key up to its number. */
export function siteLine(kind: string, field: string): Line | undefined {
  const at = `${kind}/${field}`;
  if (field === "title") return { fact: "title", hidden: true, maker: { kind: "text" } };
  if (Object.hasOwn(lines, at)) return lines[at];
  if (isSiteSettable(kind, field)) return { maker: settable[at] ?? { kind: "text" } };
  if (/^(tariff|greenShare)[A-Z]\w*$/.test(field)) return { maker: { kind: "number" } };
  const [, what = "", phase] = PHASE.exec(field) ?? [];
  const [word, unit] = phaseWord[what] ?? [];
  if (!word || !unit || kind === "site") return undefined;
  const maker: MakerType = kind === "pv" || kind === "battery" ? { kind: "number", unit, scale: -1 } : amount(unit);
  return { word, maker, endpoint: 1 + Number(phase) };
}

/** The battery's sum as people say it: positive is charging. */
export const charging = [
  { field: "batteryCharging", from: ["battery/power"], compute: ([power = 0]: readonly number[]) => -power },
  { field: "batteryCharging", from: ["batteryPower"], compute: ([power = 0]: readonly number[]) => -power },
] as const;

export const typeOfKind: Readonly<Record<string, string>> = {
  grid: "electricalMeter",
  pv: "solarPower",
  battery: "batteryStorage",
};

export const nameOfKind: Readonly<Record<string, string>> = {
  site: "evcc",
  grid: "Grid meter",
  pv: "Solar",
  battery: "Battery",
  aux: "Meter",
  ext: "Meter",
  consumers: "Meter",
  vehicles: "Car",
  loadpoints: "Charger",
};
