/** What makers' words mean: one line a meaning, shared by the dialects, which bring their own words to these. */
import { capabilities } from "../../hub/model/capabilities/index.ts";

export interface Meaning {
  /** `capability.attribute` */
  readonly to: string;
  /** The unit of a number that comes without one; "ratio" is 0..1 for percent. Without it a bare number is not this. */
  readonly unit?: string;
  /** A number from 0 to the maker's own top, for percent. */
  readonly scale?: true;
  /** Maker's word, in small letters, to the house's; "true" and "false" are the maker's on and off sides. */
  readonly words?: Readonly<Record<string, string | boolean>>;
  /** The endpoint's device type where the capability alone does not say it. */
  readonly type?: string;
}

const alarm = { true: "critical", false: "normal" } as const;
/** What a thermostat does now: what only blows or dries neither heats nor cools. */
const running = {
  ...{ heat: "heat", heating: "heat", preheating: "heat", cool: "cool", cooling: "cool" },
  ...{ off: "off", idle: "off", fan: "off", fan_only: "off", dry: "off", drying: "off", defrosting: "off" },
} as const;
const power = "electricalPowerMeasurement";
const energy = "electricalEnergyMeasurement";

/** Every attribute of the house under its own path, `capability.attribute`, as mappings that people write name it. */
const byPath = Object.values(capabilities).flatMap(({ name, attributes }) =>
  Object.entries(attributes).map(([attribute, spec]): [string, Meaning] => {
    const to = `${name}.${attribute}`;
    const scale = to === "levelControl.currentLevel" || to === "fanControl.percentSetting";
    return [to, { to, ...(spec.type === "number" ? { unit: spec.unit } : {}), ...(scale ? { scale } : {}) }];
  }),
);

export const meanings: Readonly<Record<string, Meaning>> = {
  ...Object.fromEntries(byPath),
  // electricity
  power: { to: `${power}.activePower`, unit: "W" },
  voltage: { to: `${power}.voltage`, unit: "V" },
  current: { to: `${power}.activeCurrent`, unit: "A" },
  ac_frequency: { to: `${power}.frequency`, unit: "Hz" },
  power_factor: { to: `${power}.powerFactor`, unit: "ratio" },
  power_reactive: { to: `${power}.reactivePower`, unit: "var" },
  power_apparent: { to: `${power}.apparentPower`, unit: "VA" },
  energy: { to: `${energy}.cumulativeEnergyImported`, unit: "kWh" },
  produced_energy: { to: `${energy}.cumulativeEnergyExported`, unit: "kWh" },
  // a device's own battery, and the home's
  battery: { to: "powerSource.batPercentRemaining", unit: "%" },
  battery_voltage: { to: "powerSource.batVoltage", unit: "mV" },
  battery_low: { to: "powerSource.batChargeLevel", words: { true: "critical", false: "ok" } },
  battery_state: {
    to: "powerSource.batChargeLevel",
    words: { low: "critical", middle: "ok", medium: "ok", high: "ok", full: "ok", normal: "ok" },
  },
  state_of_charge: { to: "powerSource.batPercentRemaining", unit: "%", type: "batteryStorage" },
  battery_capacity: { to: "powerSource.batCapacity", unit: "kWh" },
  battery_mode: {
    to: "batteryControl.mode",
    words: { follow_load: "followLoad", hold: "hold", charge_from_grid: "chargeFromGrid" },
  },
  solar_limit: { to: "solarControl.limit", unit: "%" },
  // climate and air
  temperature: { to: "temperatureMeasurement.measuredValue", unit: "C" },
  humidity: { to: "relativeHumidityMeasurement.measuredValue", unit: "%" },
  pressure: { to: "pressureMeasurement.measuredValue", unit: "hPa" },
  illuminance: { to: "illuminanceMeasurement.measuredValue" },
  illuminance_lux: { to: "illuminanceMeasurement.measuredValue", unit: "lx" },
  soil_moisture: { to: "soilMeasurement.soilMoistureMeasuredValue", unit: "%" },
  flow: { to: "flowMeasurement.measuredValue" },
  co2: { to: "carbonDioxideConcentrationMeasurement.measuredValue", unit: "ppm" },
  co: { to: "carbonMonoxideConcentrationMeasurement.measuredValue", unit: "ppm" },
  formaldehyd: { to: "formaldehydeConcentrationMeasurement.measuredValue" },
  formaldehyde: { to: "formaldehydeConcentrationMeasurement.measuredValue" },
  hcho: { to: "formaldehydeConcentrationMeasurement.measuredValue" },
  voc: { to: "totalVolatileOrganicCompoundsConcentrationMeasurement.measuredValue" },
  pm1: { to: "pm1ConcentrationMeasurement.measuredValue", unit: "µg/m3" },
  pm25: { to: "pm25ConcentrationMeasurement.measuredValue", unit: "µg/m3" },
  pm10: { to: "pm10ConcentrationMeasurement.measuredValue", unit: "µg/m3" },
  air_quality: {
    to: "airQuality.airQuality",
    words: {
      excellent: "good",
      good: "fair",
      moderate: "moderate",
      poor: "poor",
      unhealthy: "veryPoor",
      hazardous: "extremelyPoor",
      out_of_range: "unknown",
      unknown: "unknown",
    },
  },
  // yes or no
  occupancy: { to: "occupancySensing.occupancy" },
  presence: { to: "occupancySensing.occupancy" },
  presence_state: {
    to: "occupancySensing.occupancy",
    words: {
      ...{ none: false, absence: false, absent: false, nobody: false, unoccupied: false },
      ...{ presence: true, present: true, occupied: true, motion: true, moving: true, move: true, stationary: true },
      ...{ static: true, still: true, peaceful: true, small_move: true, large_move: true, small_movement: true },
      ...{ large_movement: true, both: true },
    },
  },
  contact: { to: "booleanState.stateValue", words: { true: false, false: true }, type: "contactSensor" },
  water_leak: { to: "booleanState.stateValue", type: "waterLeakDetector" },
  rain: { to: "booleanState.stateValue", type: "rainSensor" },
  smoke: { to: "smokeCoAlarm.smokeState", words: alarm },
  carbon_monoxide: { to: "smokeCoAlarm.coState", words: alarm },
  alarm_test: { to: "smokeCoAlarm.testInProgress" },
  // switching, light, covers, locks, fans
  on: { to: "onOff.onOff" },
  level: { to: "levelControl.currentLevel", unit: "%", scale: true },
  color_temp: { to: "colorControl.colorTemperatureMireds", unit: "mired" },
  hue: { to: "colorControl.currentHue", unit: "deg" },
  saturation: { to: "colorControl.currentSaturation", unit: "%" },
  color_x: { to: "colorControl.currentX", unit: "1" },
  color_y: { to: "colorControl.currentY", unit: "1" },
  position: { to: "windowCovering.currentPositionLiftPercentage", unit: "%" },
  tilt: { to: "windowCovering.currentPositionTiltPercentage", unit: "%" },
  moving: {
    to: "windowCovering.operationalStatus",
    words: {
      ...{ up: "opening", open: "opening", opening: "opening", down: "closing", close: "closing", closing: "closing" },
      ...{ stop: "stopped", stopped: "stopped", standby: "stopped", pause: "stopped", paused: "stopped" },
      ...{ forward: "opening", rising: "opening", backward: "closing", back: "closing", reverse: "closing" },
      ...{ declining: "closing" },
    },
  },
  cover_state: {
    to: "windowCovering.operationalStatus",
    words: { open: "stopped", closed: "stopped", stopped: "stopped", opening: "opening", closing: "closing" },
  },
  lock: { to: "doorLock.lockState", words: { true: "locked", false: "unlocked" } },
  lock_state: {
    to: "doorLock.lockState",
    words: { not_fully_locked: "notFullyLocked", locked: "locked", unlocked: "unlocked", unlatched: "unlatched" },
  },
  fan_mode: { to: "fanControl.fanMode" },
  fan_steps: { to: "fanControl.fanMode", words: { "0": "off", "1": "low", "2": "medium", "3": "high" } },
  fan_speed: { to: "fanControl.percentSetting", unit: "%", scale: true },
  // thermostats
  local_temperature: { to: "thermostat.localTemperature", unit: "C" },
  occupied_heating_setpoint: { to: "thermostat.occupiedHeatingSetpoint", unit: "C" },
  current_heating_setpoint: { to: "thermostat.occupiedHeatingSetpoint", unit: "C" },
  occupied_cooling_setpoint: { to: "thermostat.occupiedCoolingSetpoint", unit: "C" },
  current_cooling_setpoint: { to: "thermostat.occupiedCoolingSetpoint", unit: "C" },
  local_temperature_calibration: { to: "thermostat.localTemperatureCalibration", unit: "C" },
  pi_heating_demand: { to: "thermostat.piHeatingDemand", unit: "%" },
  running_state: { to: "thermostat.thermostatRunningMode", words: running },
  running_mode: { to: "thermostat.thermostatRunningMode", words: running },
  system_mode: {
    to: "thermostat.systemMode",
    words: { heat_cool: "auto", fan_only: "fanOnly", emergency_heating: "emergencyHeat" },
  },
  heating_on: { to: "thermostat.systemMode", words: { true: "heat", false: "off" } },
  heating_now: { to: "thermostat.thermostatRunningMode", words: { true: "heat", false: "off" } },
  water_heater_demand: { to: "waterHeaterManagement.heatDemand", type: "waterHeater" },
  water_heater_boost: {
    to: "waterHeaterManagement.boostState",
    words: { true: "active", false: "inactive" },
    type: "waterHeater",
  },
  // EV charger
  ev_supply: { to: "energyEvse.supplyState", words: { true: "chargingEnabled", false: "disabled" } },
  ev_status: {
    to: "energyEvse.state",
    words: {
      ...{ not_connected: "notPluggedIn", ready: "pluggedInDemand", charging: "pluggedInCharging" },
      ...{ finished: "pluggedInNoDemand", fault: "fault", error: "fault" },
    },
  },
  // The states of a connector in OCPP 1.6, which many chargers use.
  ev_connector: {
    to: "energyEvse.state",
    words: {
      ...{ available: "notPluggedIn", reserved: "notPluggedIn", preparing: "pluggedInDemand" },
      ...{ charging: "pluggedInCharging", suspendedevse: "pluggedInDemand", suspendedev: "pluggedInNoDemand" },
      ...{ finishing: "sessionEnding", unavailable: "fault", faulted: "fault" },
    },
  },
  ev_connected: { to: "energyEvse.state", words: { true: "pluggedInNoDemand", false: "notPluggedIn" } },
  charge_limit: { to: "energyEvse.userMaximumChargeCurrent", unit: "A" },
  session_energy: { to: "energyEvse.sessionEnergyCharged", unit: "kWh" },
  ev_state_of_charge: { to: "energyEvse.stateOfCharge", unit: "%" },
  ev_battery_capacity: { to: "energyEvse.batteryCapacity", unit: "kWh" },
};

/** The device type that a capability alone makes of its endpoint. */
export const typeOfCapability: Readonly<Record<string, string>> = {
  energyEvse: "energyEvse",
  batteryControl: "batteryStorage",
  thermostat: "thermostat",
  windowCovering: "windowCovering",
  doorLock: "doorLock",
  fanControl: "fan",
  smokeCoAlarm: "smokeCoAlarm",
  occupancySensing: "occupancySensor",
  temperatureMeasurement: "temperatureSensor",
  relativeHumidityMeasurement: "humiditySensor",
  illuminanceMeasurement: "lightSensor",
  pressureMeasurement: "pressureSensor",
  flowMeasurement: "flowSensor",
  soilMeasurement: "soilSensor",
  airQuality: "airQualitySensor",
  carbonDioxideConcentrationMeasurement: "airQualitySensor",
  carbonMonoxideConcentrationMeasurement: "airQualitySensor",
  formaldehydeConcentrationMeasurement: "airQualitySensor",
  totalVolatileOrganicCompoundsConcentrationMeasurement: "airQualitySensor",
  pm1ConcentrationMeasurement: "airQualitySensor",
  pm25ConcentrationMeasurement: "airQualitySensor",
  pm10ConcentrationMeasurement: "airQualitySensor",
  electricalPowerMeasurement: "electricalSensor",
  electricalEnergyMeasurement: "electricalSensor",
  powerSource: "powerSource",
};
