/** What Home Assistant's device classes mean (https://www.home-assistant.io/integrations/sensor/#device-class). */

import { textOf } from "../../json.ts";
import { houseUnit } from "../../units.ts";
import type { Entity } from "./config.ts";

/** Sensor class to a word of meanings.ts. Not listed: kept as the maker's own. */
const sensors: Readonly<Record<string, string>> = {
  temperature: "temperature",
  humidity: "humidity",
  moisture: "soil_moisture",
  atmospheric_pressure: "pressure",
  pressure: "pressure",
  illuminance: "illuminance_lux",
  power: "power",
  current: "current",
  frequency: "ac_frequency",
  power_factor: "power_factor",
  reactive_power: "power_reactive",
  apparent_power: "power_apparent",
  battery: "battery",
  carbon_dioxide: "co2",
  carbon_monoxide: "co",
  pm1: "pm1",
  pm25: "pm25",
  pm10: "pm10",
  volatile_organic_compounds: "voc",
  volatile_organic_compounds_parts: "voc",
  volume_flow_rate: "flow",
};

/** Binary class to a word; ON is open, wet, moving, smoke, low. */
const binary: Readonly<Record<string, string>> = {
  ...{ door: "contact", window: "contact", garage_door: "contact", opening: "contact" },
  ...{ motion: "occupancy", occupancy: "occupancy", presence: "occupancy" },
  moisture: "water_leak",
  smoke: "smoke",
  carbon_monoxide: "carbon_monoxide",
  battery: "battery_low",
};

/** Names of energy that flows out of the device, and of counters that start anew each day or session. */
const OUT = /export|produc|\breturn|\bfeed|inject|solar|\bpv\b|yield|generat|einspeis/i;
const PASSING = /today|daily|\bday\b|month|week|year|session|\bhour|since|heute|yesterday|\blast\b|\btrip\b/i;
/** What a thing of this class says of something else than the device's surroundings or supply. */
const ASIDE =
  /set.?point|\btarget|threshold|\blimit|\bmax|\bmin(imum)?\b|\brat(ed|ing)\b|nominal|offset|calibrat|\bdevice\b|\bchip\b|\bcpu\b|internal|processor/i;

const named = (entity: Entity): string =>
  `${textOf(entity.config, "name") ?? ""} ${entity.objectId}`.replaceAll("_", " ");

function energyWord(entity: Entity): string | undefined {
  const name = named(entity);
  const counts = textOf(entity.config, "state_class");
  const restarts = entity.config.last_reset_value_template !== undefined;
  if (PASSING.test(name) || counts === "measurement" || restarts) return undefined;
  return OUT.test(name) ? "produced_energy" : "energy";
}

/** Whether the device has a battery entity, so that its voltage is a cell's. */
export interface Around {
  readonly battery: boolean;
  readonly measuresPower: boolean;
}

/** Class of a sensor that names none, by its unit: only where a unit has one meaning. */
const byUnit: Readonly<Record<string, string>> = { W: "power", kWh: "energy", V: "voltage", lx: "illuminance" };

/** The word of a sensor by its class, or by its unit; undefined: the maker's own. */
export function sensorWord(entity: Entity, around: Around): string | undefined {
  const { config } = entity;
  const unit = textOf(config, "unit_of_measurement");
  const stated = textOf(config, "device_class");
  const kind = stated ?? (unit === undefined ? undefined : byUnit[houseUnit(unit)?.unit ?? ""]);
  const category = textOf(config, "entity_category");
  if (kind === undefined || (stated === undefined && category !== undefined)) return undefined;
  if (kind === "energy") return energyWord(entity);
  if (kind === "voltage") {
    if (around.battery && !around.measuresPower) return "battery_voltage";
    return category === undefined ? "voltage" : undefined;
  }
  // Some programs call every percentage a power factor.
  if (kind === "power_factor" && !around.measuresPower && !/factor|cos|\bpf\b/i.test(named(entity))) return undefined;
  if (kind !== "battery" && (category === "config" || ASIDE.test(named(entity)))) return undefined;
  if (kind === "temperature" && category !== undefined) return undefined;
  // Kilohertz and more are a radio's or a processor's, never the mains'.
  if (kind === "frequency" && unit !== undefined && !/^m?Hz$/.test(unit)) return undefined;
  return Object.hasOwn(sensors, kind) ? sensors[kind] : undefined;
}

/** The word of a binary sensor by its class; undefined: the maker's own. */
export function binaryWord(entity: Entity): string | undefined {
  const kind = textOf(entity.config, "device_class");
  return kind !== undefined && Object.hasOwn(binary, kind) ? binary[kind] : undefined;
}
