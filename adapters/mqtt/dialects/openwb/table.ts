/** What openWB's fields mean: W, Wh; import, charging and consumption positive, a roof negative while it yields. */
import type { Codec, MakerType } from "../../codec.ts";
import type { Line } from "../../sheet/claim.ts";

const amount = (unit: string, range: object = {}): MakerType => ({ kind: "number", unit, ...range });
const flag: MakerType = { kind: "boolean", on: 1, off: 0 };
const text: MakerType = { kind: "text" };
const count: MakerType = { kind: "number" };

const states = ["notPluggedIn", "pluggedInNoDemand", "pluggedInCharging"];
const state: Codec = {
  type: { type: "enum", values: states },
  read: (raw) => states[Number(raw)],
  write: () => undefined,
};
export const stateCode = ([plugged, charging]: readonly number[]): number => (plugged ? (charging ? 2 : 1) : 0);

/** 2 is a fault: the last values stay and are stale. */
const fault: Line = { maker: count, reachable: (raw) => (typeof raw === "number" ? raw !== 2 : undefined) };

/** Of every kind, both generations. */
const common: Readonly<Record<string, Line>> = {
  power: { word: "power", maker: amount("W") },
  frequency: { word: "ac_frequency", maker: amount("Hz") },
  imported: { word: "energy", maker: amount("Wh") },
  exported: { word: "produced_energy", maker: amount("Wh") },
  fault_state: fault,
  fault_str: { maker: text },
  name: { fact: "name", hidden: true, maker: text },
  "config.name": { fact: "name", hidden: true, maker: text },
  W: { word: "power", maker: amount("W") },
  Hz: { word: "ac_frequency", maker: amount("Hz") },
  WhImported: { word: "energy", maker: amount("Wh") },
  WhExport: { word: "produced_energy", maker: amount("Wh") },
  WhExported: { word: "produced_energy", maker: amount("Wh") },
  faultState: fault,
  faultStr: { maker: text },
};

const modes = [
  "instant_charging",
  "pv_charging",
  "scheduled_charging",
  "time_charging",
  "eco_charging",
  "standby",
  "stop",
];

const kinds: Readonly<Record<string, Readonly<Record<string, Line>>>> = {
  chargepoint: {
    state: { word: "ev_status", codec: state },
    plug_state: { maker: flag },
    charge_state: { maker: flag },
    phases_in_use: { maker: count },
    evse_current: { maker: amount("A") },
    "set/current": { maker: amount("A") },
    "set/manual_lock": { word: "ev_supply", maker: { kind: "boolean", on: false, off: true } },
    "connected_vehicle/soc.soc": { word: "ev_state_of_charge", maker: amount("%") },
    "connected_vehicle/soc.range": { maker: amount("km") },
    "connected_vehicle/soc.range_charged": { maker: amount("km") },
    "connected_vehicle/config.charge_template": { fact: "template", maker: count },
    "connected_vehicle/config.chargemode": { name: "chargemode", maker: { kind: "enum", values: modes } },
    kWhCounter: { word: "energy", maker: amount("kWh") },
    kWhChargedSincePlugged: { word: "session_energy", maker: amount("kWh") },
    kWhActualCharged: { maker: amount("kWh") },
    kWhDailyCharged: { maker: amount("kWh") },
    "%Soc": { word: "ev_state_of_charge", maker: amount("%") },
    boolPlugStat: { maker: flag },
    boolChargeStat: { maker: flag },
    ChargePointEnabled: { word: "ev_supply", maker: flag },
    AConfigured: { word: "charge_limit", maker: amount("A", { min: 0, max: 32, step: 1 }) },
    strChargePointName: { fact: "name", hidden: true, maker: text },
    countPhasesInUse: { maker: count },
    kmCharged: { maker: amount("km") },
  },
  pv: {
    production: { label: "Production", maker: amount("W") },
    WhCounter: { word: "produced_energy", maker: amount("Wh") },
    max_power_out: { maker: amount("W") },
  },
  bat: {
    soc: { word: "state_of_charge", maker: amount("%") },
    "%Soc": { word: "state_of_charge", maker: amount("%") },
  },
  vehicle: {
    soc: { maker: amount("%") },
    range: { maker: amount("km") },
  },
  counter: { grid: { fact: "grid", hidden: true, maker: text }, unbalanced_load: { maker: amount("A") } },
};

/** Settable parts of a charge template. */
const template: Readonly<Record<string, MakerType>> = {
  "chargemode.selected": { kind: "enum", values: modes },
  "chargemode.instant_charging.current": amount("A", { min: 6, max: 32, step: 1 }),
  "chargemode.instant_charging.limit.selected": { kind: "enum", values: ["none", "soc", "amount"] },
  "chargemode.instant_charging.limit.soc": amount("%", { min: 0, max: 100, step: 1 }),
  "chargemode.instant_charging.limit.amount": amount("Wh", { min: 0, max: 1_000_000 }),
  "chargemode.pv_charging.min_current": amount("A", { min: 0, max: 32, step: 1 }),
  "chargemode.pv_charging.min_soc": amount("%", { min: 0, max: 100, step: 1 }),
  "chargemode.pv_charging.min_soc_current": amount("A", { min: 6, max: 32, step: 1 }),
  "chargemode.pv_charging.max_soc": amount("%", { min: 0, max: 101, step: 1 }),
  "chargemode.pv_charging.feed_in_limit": { kind: "boolean", on: true, off: false },
  "time_charging.active": { kind: "boolean", on: true, off: false },
};
export const isTemplateSetting = (field: string): boolean => Object.hasOwn(template, field);

/** Sums, and what the controller says of itself: shown, and no second meters. */
function systemLine(field: string): Line | undefined {
  if (/^(pv|counter|bat|chargepoint)\/(get|set)\/(power|home_consumption)$|^pv\/production$/.test(field))
    return { maker: amount("W") };
  if (/\/\w*(imported|exported)$/.test(field)) return { maker: amount("Wh") };
  if (field === "bat/get/soc") return { maker: amount("%") };
  if (field === "system/version" || field === "system/Version") return { fact: "version", hidden: true, maker: text };
  if (field === "system/serial_number") return { fact: "serial", hidden: true, maker: text };
  // The clock.
  if (/^system\/(time|Uptime)$/.test(field)) return { hidden: true };
  if (/^W[A-Z]\w+$/.test(field)) return { maker: amount("W") };
  if (field === "ChargeMode") return { name: "ChargeMode", maker: { kind: "enum", values: oldModes } };
  return undefined;
}

/** By the number that stands for them in software 1.9. */
export const oldModes = ["instant", "min+pv", "pv", "stop", "standby"];

const PHASES = /^(powers|currents|voltages|power_factors)\.([012])$/;
const OLD_PHASES = /^(W|A|V)Phase([123])$/;
const phases: Readonly<Record<string, readonly [word: string, maker: MakerType]>> = {
  powers: ["power", amount("W")],
  currents: ["current", amount("A")],
  voltages: ["voltage", amount("V")],
  power_factors: ["power_factor", count],
  W: ["power", amount("W")],
  A: ["current", amount("A")],
  V: ["voltage", amount("V")],
};

function phaseLine(field: string): Line | undefined {
  const [, what = "", index] = PHASES.exec(field) ?? [];
  const [, old = "", number] = OLD_PHASES.exec(field) ?? [];
  const found = phases[what || old];
  if (!found) return undefined;
  return { word: found[0], maker: found[1], endpoint: what ? 2 + Number(index) : 1 + Number(number) };
}

/** What a field of a kind means; without its way to be set. */
export function openwbLine(kind: string, field: string): Line | undefined {
  if (kind === "system") return systemLine(field);
  if (kind === "template") {
    if (field === "name") return { fact: "name", hidden: true, maker: text };
    return isTemplateSetting(field) ? { maker: template[field] ?? text } : undefined;
  }
  const own = kinds[kind] ?? {};
  if (Object.hasOwn(own, field)) return own[field];
  // Parts of a sum of software 1.9, like the strings of a roof.
  const part = /^([12])\/W$/.exec(field);
  if (kind === "pv" && part) return { word: "power", maker: amount("W"), endpoint: 1 + Number(part[1]) };
  if (field === "state" || field === "production") return { hidden: true };
  if (Object.hasOwn(common, field)) return common[field];
  if (/^(daily|monthly|yearly)_(imported|exported)$/.test(field)) return { maker: amount("Wh") };
  if (/(Yield\w*[Kk][Wh]h|kWh)$/.test(field)) return { maker: amount("kWh") };
  return phaseLine(field);
}
