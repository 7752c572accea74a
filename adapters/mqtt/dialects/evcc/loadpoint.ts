/** A loadpoint: a car's charger, or a heater, or a device that is always connected; which one changes what its fields mean. */
import type { Codec, MakerType } from "../../codec.ts";
import type { Json } from "../../json.ts";
import type { Line } from "../../sheet/claim.ts";

export type Kind = "evse" | "heating" | "load";

const HEATERS = new Set(["heatpump", "waterheater", "heater", "heating", "boiler"]);

/** What the loadpoint has said of its charger, by field. */
export function kindOf(said: ReadonlyMap<string, string>): Kind {
  if (said.get("chargerFeatureHeating") === "true" || HEATERS.has((said.get("chargerIcon") ?? "").toLowerCase()))
    return "heating";
  return said.get("chargerFeatureIntegratedDevice") === "true" ? "load" : "evse";
}

export const TELLS_KIND = /^(chargerFeatureHeating|chargerFeatureIntegratedDevice|chargerIcon)$/;

const amount = (unit: string, range: object = {}): MakerType => ({ kind: "number", unit, ...range });
const flag: MakerType = { kind: "boolean", on: 1, off: 0 };

/** From connected, charging and enabled, see {@link stateCode}. */
const states = ["notPluggedIn", "pluggedInDemand", "pluggedInNoDemand", "pluggedInCharging"];
const state: Codec = {
  type: { type: "enum", values: states },
  read: (raw) => states[Number(raw)],
  write: () => undefined,
};

/** A car that is held back may want more; one that may charge and does not, does not want to. */
export const stateCode = ([connected, charging, enabled]: readonly number[]): number =>
  connected ? (charging ? 3 : enabled ? 2 : 1) : 0;

/** Settable, with the maker's ranges; topics are the field's own with `/set`. */
const settable: Readonly<Record<string, MakerType>> = {
  mode: { kind: "enum", values: ["off", "pv", "minpv", "now"] },
  limitSoc: amount("%", { min: 0, max: 100, step: 1 }),
  minSoc: amount("%", { min: 0, max: 100, step: 1 }),
  limitEnergy: amount("kWh", { min: 0, max: 500 }),
  phasesConfigured: { kind: "enum", values: ["0", "1", "3"] },
  minCurrent: amount("A", { min: 1, max: 64 }),
  maxCurrent: amount("A", { min: 1, max: 80 }),
  enableThreshold: amount("W", { min: -100_000, max: 100_000 }),
  disableThreshold: amount("W", { min: -100_000, max: 100_000 }),
  enableDelay: amount("s", { min: 0, max: 86_400, step: 1 }),
  disableDelay: amount("s", { min: 0, max: 86_400, step: 1 }),
  priority: { kind: "number", min: 0, max: 10, step: 1 },
  batteryBoost: flag,
  batteryBoostLimit: amount("%", { min: 0, max: 100, step: 1 }),
  // Texts, because `none` takes a limit away, and because plans are set as JSON with a time.
  smartCostLimit: { kind: "text" },
  smartFeedInPriorityLimit: { kind: "text" },
  planEnergy: { kind: "text" },
  planStrategy: { kind: "text" },
  vehicleName: { kind: "text" },
};

export const isSettable = (field: string): boolean => Object.hasOwn(settable, field);
/** The name under which a field is set, where it is another. */
export const setName = (field: string): string => (field === "vehicleName" ? "vehicle" : field);

const measured: Readonly<Record<string, Line>> = {
  chargePower: { word: "power", maker: amount("W") },
  chargeTotalImport: { word: "energy", maker: amount("kWh") },
  offeredCurrent: { maker: amount("A") },
  chargeCurrent: { maker: amount("A") },
  effectiveMinCurrent: { maker: amount("A") },
  effectiveMaxCurrent: { maker: amount("A") },
  effectiveMinPower: { maker: amount("W") },
  effectiveMaxPower: { maker: amount("W") },
  vehicleRange: { maker: amount("km") },
  vehicleOdometer: { maker: amount("km") },
  sessionSolarPercentage: { maker: amount("%") },
  chargedEnergy: { maker: amount("kWh") },
  chargeRemainingEnergy: { maker: amount("kWh") },
  connected: { maker: flag },
  charging: { maker: flag },
};

const heating: Readonly<Record<string, Line>> = {
  vehicleSoc: { word: "local_temperature", label: "Temperature", maker: amount("C") },
  effectiveLimitSoc: { label: "Temperature limit", maker: amount("C") },
  vehicleLimitSoc: { maker: amount("C") },
  charging: { word: "heating_now", maker: flag },
  sessionEnergy: { maker: amount("kWh") },
  enabled: { maker: flag },
};

const evse: Readonly<Record<string, Line>> = {
  vehicleSoc: { word: "ev_state_of_charge", maker: amount("%") },
  vehicleCapacity: { word: "ev_battery_capacity", maker: amount("kWh") },
  effectiveLimitSoc: { maker: amount("%") },
  vehicleLimitSoc: { maker: amount("%") },
  sessionEnergy: { word: "session_energy", maker: amount("kWh") },
  enabled: { word: "ev_supply", maker: flag },
  state: { word: "ev_status", codec: state },
};

const PHASE = /^charge(Currents|Voltages|Powers)\/l?([123])$/;
const phaseWord: Readonly<Record<string, readonly [word: string, unit: string]>> = {
  Currents: ["current", "A"],
  Voltages: ["voltage", "V"],
  Powers: ["power", "W"],
};

/** What a field means; without its way to be set. */
export function loadpointLine(field: string, kind: Kind): Line | undefined {
  if (field === "title") return { fact: "title", hidden: true, maker: { kind: "text" } };
  if (field === "chargerIcon") return { fact: "icon", maker: { kind: "text" } };
  if (kind === "heating" && field === "limitSoc")
    return {
      word: "current_heating_setpoint",
      label: "Temperature limit",
      maker: amount("C", { min: 0, max: 100, step: 1 }),
    };
  const own =
    kind === "heating"
      ? heating
      : kind === "evse"
        ? evse
        : { enabled: { maker: flag }, sessionEnergy: { maker: amount("kWh") } };
  if (Object.hasOwn(own, field)) return own[field as keyof typeof own];
  // Derived for cars' chargers alone.
  if (field === "state") return { hidden: true };
  if (Object.hasOwn(measured, field)) return measured[field];
  const [, what = "", phase] = PHASE.exec(field) ?? [];
  const [word, unit] = phaseWord[what] ?? [];
  if (word && unit) return { word, maker: amount(unit), endpoint: 1 + Number(phase) };
  if (/^chargerFeature\w+$/.test(field)) return { maker: { kind: "boolean", on: true, off: false } };
  if (/^(phases(Active|Enabled)|session(Price|Co2)\w*)$/.test(field)) return { maker: { kind: "number" } };
  if (/(Duration|Remaining|Delay)$/.test(field) && !isSettable(field)) return { maker: amount("s") };
  const maker = settable[field];
  if (!maker || !isSettable(field)) return undefined;
  return { maker, ...(kind === "evse" && field === "maxCurrent" ? { word: "charge_limit" } : {}) };
}

/** Booleans as digits, so that a state can be made of them; nanoseconds as seconds; zero where it says "none". */
export function loadpointValue(field: string, kind: Kind, body: Json): Json {
  if (body === true || body === false)
    return /^(connected|charging|enabled|batteryBoost)$/.test(field) ? Number(body) : body;
  // evcc sends 0 while it does not know, and for a limit that is not set.
  if (body === 0 && (field === "vehicleSoc" || field === "vehicleCapacity")) return null;
  if (body === 0 && kind === "heating" && field === "limitSoc") return null;
  // Versions differ; no duration of a charge reaches a thousand million seconds.
  if (typeof body === "number" && /(Duration|Remaining)$/.test(field) && Math.abs(body) >= 1e9) return body / 1e9;
  return body;
}
