/** Zigbee2MQTT's own words: which expose means what (https://www.zigbee2mqtt.io/guide/usage/exposes.html). */
import { namedEndpoint } from "../../draft.ts";

/** What the whole device shows: an expose's meaning can depend on its neighbours. */
export interface Surroundings {
  readonly names: ReadonlySet<string>;
  readonly bundles: ReadonlySet<string>;
  /** The bridge says that the device runs on a battery. */
  readonly battery: boolean;
}

/** Bundle and feature name to a word in meanings.ts. */
const bundled: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  light: { state: "on", brightness: "level", color_temp: "color_temp" },
  switch: { state: "on" },
  fan: {
    state: "on",
    fan_state: "on",
    mode: "fan_mode",
    fan_mode: "fan_mode",
    speed: "fan_speed",
    fan_speed: "fan_speed",
  },
  cover: { position: "position", tilt: "tilt" },
  lock: { state: "lock", lock_state: "lock_state" },
};

/** Features of the climate bundle that carry their meaning as name. */
const climate = new Set([
  ...["local_temperature", "occupied_heating_setpoint", "current_heating_setpoint", "occupied_cooling_setpoint"],
  ...[
    "current_cooling_setpoint",
    "local_temperature_calibration",
    "pi_heating_demand",
    // `running_mode` beside it says the same; the program's discovery never tells it, and both roads must agree.
    "running_state",
  ],
  ...["system_mode", "fan_mode"],
]);

/** Of these, what a definition may also tell beside its climate bundle. */
const besideClimate = new Set([
  "local_temperature",
  "local_temperature_calibration",
  "pi_heating_demand",
  "running_state",
]);

/** Exposes outside bundles whose name is their meaning. */
const plain = new Set([
  ...[
    "power",
    "current",
    "ac_frequency",
    "power_factor",
    "power_reactive",
    "power_apparent",
    "energy",
    "produced_energy",
  ],
  ...["battery", "battery_low", "state_of_charge", "battery_capacity", "battery_mode"],
  ...["temperature", "humidity", "pressure", "illuminance", "illuminance_lux", "soil_moisture", "flow"],
  ...["co2", "co", "formaldehyd", "formaldehyde", "hcho", "voc", "pm1", "pm25", "pm10", "air_quality"],
  ...["occupancy", "presence", "contact", "water_leak", "rain", "smoke", "carbon_monoxide"],
]);

/** Only on a device that shows itself a charger by an `ev_` expose. */
const charger = new Set([
  "ev_status",
  "ev_connected",
  "charge_limit",
  "session_energy",
  "ev_state_of_charge",
  "ev_battery_capacity",
]);

/** Where covers say that they move. */
const movement = new Set(["moving", "motor_state"]);

/** Other names for what has a word already. */
const synonyms: Readonly<Record<string, string>> = {
  occupancy_status: "occupancy",
  presence_state: "presence_state",
  battery_state: "battery_state",
  // The French meter's registers of the whole, by their names there and as fields.
  ...{ EAST: "energy", current_summ_delivered: "energy" },
  ...{ EAIT: "produced_energy", current_summ_received: "produced_energy" },
};

export const isCharger = (around: Surroundings): boolean => [...around.names].some((name) => name.startsWith("ev_"));

function voltageWord(unit: string | undefined, around: Surroundings): string {
  const cell = around.battery || around.names.has("battery") || around.names.has("battery_low");
  const measures = around.names.has("power") || around.names.has("current");
  // The program gives a cell's voltage in millivolts, and that of the mains in volts.
  return unit === "mV" || (cell && !measures) ? "battery_voltage" : "voltage";
}

const PHASE =
  /^(power|voltage|current|energy|produced_energy|power_factor|power_reactive|power_apparent)_(?:phase_)?([abc]|l[123])$/;

/** The phase that a name carries as its tail: three-phase meters have no endpoints of their own for them. */
export function phaseOf(name: string): { readonly word: string; readonly phase: string } | undefined {
  const [, word, phase] = PHASE.exec(name) ?? [];
  return word && phase ? { word, phase: phase.replace("l1", "a").replace("l2", "b").replace("l3", "c") } : undefined;
}

/** The word in meanings.ts for an expose; undefined for what only the maker knows. */
export function wordOf(
  name: string,
  bundle: string | undefined,
  unit: string | undefined,
  around: Surroundings,
): string | undefined {
  if (bundle === "climate") return climate.has(name) ? name : undefined;
  if (name === "state" && (bundle === undefined || bundle === "switch")) return isCharger(around) ? "ev_supply" : "on";
  if (bundle !== undefined) return Object.hasOwn(bundled, bundle) ? bundled[bundle]?.[name] : undefined;
  if (name === "voltage") return voltageWord(unit, around);
  if (name === "test")
    return around.names.has("smoke") || around.names.has("carbon_monoxide") ? "alarm_test" : undefined;
  if (movement.has(name)) return around.bundles.has("cover") ? "moving" : undefined;
  if (charger.has(name)) return isCharger(around) ? name : undefined;
  if (besideClimate.has(name)) return around.bundles.has("climate") ? name : undefined;
  if (Object.hasOwn(synonyms, name)) return synonyms[name];
  if (plain.has(name)) return name;
  const numbered = /^(.+)_\d{1,2}$/.exec(name)?.[1];
  return numbered !== undefined && plain.has(numbered) ? numbered : undefined;
}

/** Names of gangs in the order people count them. */
const sides = ["left", "center", "right", "top", "middle", "bottom"];

/** The same number for the same endpoint name for ever; 1 is the device itself, `l1` 2, phases a, b, c 91 to 93. */
export function endpointNumber(name: string | undefined): number {
  if (name === undefined || name === "" || name === "default") return 1;
  const digits = /^(?:l|ch|channel_|relay_?|switch_?|)(\d{1,2})$/.exec(name)?.[1];
  if (digits !== undefined && Number(digits) > 0 && Number(digits) < 80) return Number(digits) + 1;
  const side = sides.indexOf(name);
  if (side >= 0) return 2 + side;
  const phase = ["a", "b", "c"].indexOf(name);
  return phase >= 0 ? 91 + phase : namedEndpoint(name);
}

/** A relay in a socket, a valve, or one behind the wall, by the maker's own description. */
export function relayType(description: string, around: Surroundings): string {
  if (/\bvalve\b|irrigation/i.test(description) && !/radiator/i.test(description)) return "waterValve";
  if (/\b(plug|socket|outlet)s?\b/i.test(description)) return "onOffPlugInUnit";
  const wall = /\b(wall|module|relay|built-in|in-wall|din|gang|mini|micro|breaker|curtain|switch)\b/i.test(description);
  return !wall && around.names.has("power") ? "onOffPlugInUnit" : "mountedOnOffControl";
}

export function lightType(features: ReadonlySet<string>): string {
  if (features.has("color_xy") || features.has("color_hs")) return "extendedColorLight";
  if (features.has("color_temp")) return "colorTemperatureLight";
  return features.has("brightness") ? "dimmableLight" : "onOffLight";
}
