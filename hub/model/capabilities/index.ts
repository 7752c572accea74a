import type { Capability } from "../capability.ts";
import { activatedCarbonFilterMonitoring } from "./activated-carbon-filter-monitoring.ts";
import { airQuality } from "./air-quality.ts";
import { audioOutput } from "./audio-output.ts";
import { batteryControl } from "./battery-control.ts";
import { booleanState } from "./boolean-state.ts";
import { booleanStateConfiguration } from "./boolean-state-configuration.ts";
import { carbonDioxideConcentrationMeasurement } from "./carbon-dioxide-concentration-measurement.ts";
import { carbonMonoxideConcentrationMeasurement } from "./carbon-monoxide-concentration-measurement.ts";
import { closureControl } from "./closure-control.ts";
import { colorControl } from "./color-control.ts";
import { commodityMetering } from "./commodity-metering.ts";
import { commodityPrice } from "./commodity-price.ts";
import { commodityTariff } from "./commodity-tariff.ts";
import { deviceEnergyManagement } from "./device-energy-management.ts";
import { deviceEnergyManagementMode } from "./device-energy-management-mode.ts";
import { dishwasherAlarm } from "./dishwasher-alarm.ts";
import { dishwasherMode } from "./dishwasher-mode.ts";
import { doorLock } from "./door-lock.ts";
import { electricalEnergyMeasurement } from "./electrical-energy-measurement.ts";
import { electricalGridConditions } from "./electrical-grid-conditions.ts";
import { electricalPowerMeasurement } from "./electrical-power-measurement.ts";
import { energyEvse } from "./energy-evse.ts";
import { energyEvseMode } from "./energy-evse-mode.ts";
import { energyPreference } from "./energy-preference.ts";
import { fanControl } from "./fan-control.ts";
import { flowMeasurement } from "./flow-measurement.ts";
import { formaldehydeConcentrationMeasurement } from "./formaldehyde-concentration-measurement.ts";
import { hepaFilterMonitoring } from "./hepa-filter-monitoring.ts";
import { houseNumber } from "./house-number.ts";
import { illuminanceMeasurement } from "./illuminance-measurement.ts";
import { laundryDryerControls } from "./laundry-dryer-controls.ts";
import { laundryWasherControls } from "./laundry-washer-controls.ts";
import { laundryWasherMode } from "./laundry-washer-mode.ts";
import { levelControl } from "./level-control.ts";
import { mediaInput } from "./media-input.ts";
import { mediaPlayback } from "./media-playback.ts";
import { meterIdentification } from "./meter-identification.ts";
import { microwaveOvenControl } from "./microwave-oven-control.ts";
import { microwaveOvenMode } from "./microwave-oven-mode.ts";
import { modeSelect } from "./mode-select.ts";
import { nitrogenDioxideConcentrationMeasurement } from "./nitrogen-dioxide-concentration-measurement.ts";
import { occupancySensing } from "./occupancy-sensing.ts";
import { onOff } from "./on-off.ts";
import { operationalState } from "./operational-state.ts";
import { ovenCavityOperationalState } from "./oven-cavity-operational-state.ts";
import { ovenMode } from "./oven-mode.ts";
import { ozoneConcentrationMeasurement } from "./ozone-concentration-measurement.ts";
import { pm1ConcentrationMeasurement } from "./pm1-concentration-measurement.ts";
import { pm10ConcentrationMeasurement } from "./pm10-concentration-measurement.ts";
import { pm25ConcentrationMeasurement } from "./pm25-concentration-measurement.ts";
import { powerSource } from "./power-source.ts";
import { pressureMeasurement } from "./pressure-measurement.ts";
import { pumpConfigurationAndControl } from "./pump-configuration-and-control.ts";
import { radonConcentrationMeasurement } from "./radon-concentration-measurement.ts";
import { refrigeratorAlarm } from "./refrigerator-alarm.ts";
import { refrigeratorAndTemperatureControlledCabinetMode } from "./refrigerator-and-temperature-controlled-cabinet-mode.ts";
import { relativeHumidityMeasurement } from "./relative-humidity-measurement.ts";
import { rvcCleanMode } from "./rvc-clean-mode.ts";
import { rvcOperationalState } from "./rvc-operational-state.ts";
import { rvcRunMode } from "./rvc-run-mode.ts";
import { serviceArea } from "./service-area.ts";
import { smokeCoAlarm } from "./smoke-co-alarm.ts";
import { soilMeasurement } from "./soil-measurement.ts";
import { solarControl } from "./solar-control.ts";
import { switchCapability } from "./switch.ts";
import { temperatureControl } from "./temperature-control.ts";
import { temperatureMeasurement } from "./temperature-measurement.ts";
import { thermostat } from "./thermostat.ts";
import { totalVolatileOrganicCompoundsConcentrationMeasurement } from "./total-volatile-organic-compounds-concentration-measurement.ts";
import { valveConfigurationAndControl } from "./valve-configuration-and-control.ts";
import { waterHeaterManagement } from "./water-heater-management.ts";
import { waterHeaterMode } from "./water-heater-mode.ts";
import { waterTankLevelMonitoring } from "./water-tank-level-monitoring.ts";
import { windowCovering } from "./window-covering.ts";

/** Every capability by name: one line each. `vendor` is none of them: its attributes are described by the node itself. */
export const capabilities: Readonly<Record<string, Capability>> = {
  activatedCarbonFilterMonitoring,
  airQuality,
  audioOutput,
  batteryControl,
  booleanState,
  booleanStateConfiguration,
  carbonDioxideConcentrationMeasurement,
  carbonMonoxideConcentrationMeasurement,
  closureControl,
  colorControl,
  commodityMetering,
  commodityPrice,
  commodityTariff,
  deviceEnergyManagement,
  deviceEnergyManagementMode,
  dishwasherAlarm,
  dishwasherMode,
  doorLock,
  electricalEnergyMeasurement,
  electricalGridConditions,
  electricalPowerMeasurement,
  energyEvse,
  energyEvseMode,
  energyPreference,
  fanControl,
  flowMeasurement,
  formaldehydeConcentrationMeasurement,
  hepaFilterMonitoring,
  houseNumber,
  illuminanceMeasurement,
  laundryDryerControls,
  laundryWasherControls,
  laundryWasherMode,
  levelControl,
  mediaInput,
  mediaPlayback,
  meterIdentification,
  microwaveOvenControl,
  microwaveOvenMode,
  modeSelect,
  nitrogenDioxideConcentrationMeasurement,
  occupancySensing,
  onOff,
  operationalState,
  ovenCavityOperationalState,
  ovenMode,
  ozoneConcentrationMeasurement,
  pm10ConcentrationMeasurement,
  pm1ConcentrationMeasurement,
  pm25ConcentrationMeasurement,
  powerSource,
  pressureMeasurement,
  pumpConfigurationAndControl,
  radonConcentrationMeasurement,
  refrigeratorAlarm,
  refrigeratorAndTemperatureControlledCabinetMode,
  relativeHumidityMeasurement,
  rvcCleanMode,
  rvcOperationalState,
  rvcRunMode,
  serviceArea,
  smokeCoAlarm,
  soilMeasurement,
  solarControl,
  switch: switchCapability,
  temperatureControl,
  temperatureMeasurement,
  thermostat,
  totalVolatileOrganicCompoundsConcentrationMeasurement,
  valveConfigurationAndControl,
  waterHeaterManagement,
  waterHeaterMode,
  waterTankLevelMonitoring,
  windowCovering,
};

/** Holds what only the maker has: readable, plottable, usable in rules, under the maker's own words. */
export const VENDOR = "vendor";
