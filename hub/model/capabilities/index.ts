import type { Capability } from "../capability.ts";
import { airQuality } from "./air-quality.ts";
import { batteryControl } from "./battery-control.ts";
import { booleanState } from "./boolean-state.ts";
import { carbonDioxideConcentrationMeasurement } from "./carbon-dioxide-concentration-measurement.ts";
import { carbonMonoxideConcentrationMeasurement } from "./carbon-monoxide-concentration-measurement.ts";
import { colorControl } from "./color-control.ts";
import { doorLock } from "./door-lock.ts";
import { electricalEnergyMeasurement } from "./electrical-energy-measurement.ts";
import { electricalPowerMeasurement } from "./electrical-power-measurement.ts";
import { energyEvse } from "./energy-evse.ts";
import { fanControl } from "./fan-control.ts";
import { flowMeasurement } from "./flow-measurement.ts";
import { formaldehydeConcentrationMeasurement } from "./formaldehyde-concentration-measurement.ts";
import { illuminanceMeasurement } from "./illuminance-measurement.ts";
import { levelControl } from "./level-control.ts";
import { occupancySensing } from "./occupancy-sensing.ts";
import { onOff } from "./on-off.ts";
import { operationalState } from "./operational-state.ts";
import { pm1ConcentrationMeasurement } from "./pm1-concentration-measurement.ts";
import { pm10ConcentrationMeasurement } from "./pm10-concentration-measurement.ts";
import { pm25ConcentrationMeasurement } from "./pm25-concentration-measurement.ts";
import { powerSource } from "./power-source.ts";
import { pressureMeasurement } from "./pressure-measurement.ts";
import { relativeHumidityMeasurement } from "./relative-humidity-measurement.ts";
import { smokeCoAlarm } from "./smoke-co-alarm.ts";
import { soilMeasurement } from "./soil-measurement.ts";
import { temperatureMeasurement } from "./temperature-measurement.ts";
import { thermostat } from "./thermostat.ts";
import { totalVolatileOrganicCompoundsConcentrationMeasurement } from "./total-volatile-organic-compounds-concentration-measurement.ts";
import { waterHeaterManagement } from "./water-heater-management.ts";
import { windowCovering } from "./window-covering.ts";

/** Every capability by name: one line each. `vendor` is none of them: its attributes are described by the node itself. */
export const capabilities: Readonly<Record<string, Capability>> = {
  airQuality,
  batteryControl,
  booleanState,
  carbonDioxideConcentrationMeasurement,
  carbonMonoxideConcentrationMeasurement,
  colorControl,
  doorLock,
  electricalEnergyMeasurement,
  electricalPowerMeasurement,
  energyEvse,
  fanControl,
  flowMeasurement,
  formaldehydeConcentrationMeasurement,
  illuminanceMeasurement,
  levelControl,
  occupancySensing,
  onOff,
  operationalState,
  pm1ConcentrationMeasurement,
  pm10ConcentrationMeasurement,
  pm25ConcentrationMeasurement,
  powerSource,
  pressureMeasurement,
  relativeHumidityMeasurement,
  smokeCoAlarm,
  soilMeasurement,
  temperatureMeasurement,
  thermostat,
  totalVolatileOrganicCompoundsConcentrationMeasurement,
  waterHeaterManagement,
  windowCovering,
};

/** Holds what only the maker has: readable, plottable, usable in rules, under the maker's own words. */
export const VENDOR = "vendor";
