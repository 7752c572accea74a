/** Products that are made of user-made values: a value's role and its owner say what it is of them (thermostats, chargers, ventilation, valves). */
import type { Codec } from "../../codec.ts";
import type { JsonObject } from "../../json.ts";
import { get, textOf } from "../../json.ts";

export interface Role {
  /** Word in meanings.ts. */
  readonly word: string;
  readonly unit?: string;
  readonly codec?: Codec;
}

/** The words of a charger's `work_state`. */
const charger: Readonly<Record<string, string>> = {
  charger_free: "notPluggedIn",
  charger_insert: "pluggedInNoDemand",
  charger_wait: "pluggedInDemand",
  charger_pause: "pluggedInNoDemand",
  charger_charging: "pluggedInCharging",
  charger_end: "pluggedInNoDemand",
  charger_fault: "fault",
  charger_free_fault: "fault",
};

const workState: Codec = {
  type: { type: "enum", values: [...new Set(Object.values(charger))] },
  read: (raw) => (typeof raw === "string" && Object.hasOwn(charger, raw) ? charger[raw] : undefined),
  write: () => undefined,
};

/** By role; `enable` is a thermostat's only beside a target temperature. */
const roles: Readonly<Record<string, Role>> = {
  target_temperature: { word: "occupied_heating_setpoint", unit: "°C" },
  current_temperature: { word: "local_temperature", unit: "°C" },
  current_humidity: { word: "humidity", unit: "%" },
  enable: { word: "heating_on" },
  work_state: { word: "ev_status", codec: workState },
  start_charging: { word: "ev_supply" },
  current_limit: { word: "charge_limit", unit: "A" },
  energy_charge: { word: "session_energy", unit: "kWh" },
};

const roleOf = (config: JsonObject | undefined): string | undefined =>
  /^service:\d{1,3}$/.test(textOf(config, "owner") ?? "") ? textOf(config, "role") : undefined;

/** What a value is to its product; undefined for a plain value of a person's, or a role that only the maker knows. */
export function roleIn(config: JsonObject | undefined, all: ReadonlyMap<string, JsonObject>): Role | undefined {
  const role = roleOf(config);
  if (role === undefined || !Object.hasOwn(roles, role)) return undefined;
  const beside = (wanted: RegExp): boolean =>
    [...all.values()].some((other) => get(other, "owner") === get(config, "owner") && wanted.test(roleOf(other) ?? ""));
  if (role === "enable" && !beside(/^target_temperature$/)) return undefined;
  const charges = /^(current_limit|energy_charge|start_charging)$/.test(role);
  return charges && !beside(/^work_state$/) ? undefined : roles[role];
}

/** All values of a product are one endpoint. */
export const productOf = (config: JsonObject | undefined): number | undefined => {
  const number = /^service:(\d{1,3})$/.exec(textOf(config, "owner") ?? "")?.[1];
  return roleOf(config) === undefined || number === undefined ? undefined : 200 + Number(number);
};
