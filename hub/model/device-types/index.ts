import type { DeviceType } from "../device-type.ts";
import { airPurifier } from "./air-purifier.ts";
import { airQualitySensor } from "./air-quality-sensor.ts";
import { basicVideoPlayer } from "./basic-video-player.ts";
import { batteryStorage } from "./battery-storage.ts";
import { bridgedNode } from "./bridged-node.ts";
import { colorTemperatureLight } from "./color-temperature-light.ts";
import { contactSensor } from "./contact-sensor.ts";
import { dimmableLight } from "./dimmable-light.ts";
import { dishwasher } from "./dishwasher.ts";
import { doorLock } from "./door-lock.ts";
import { electricalMeter } from "./electrical-meter.ts";
import { electricalSensor } from "./electrical-sensor.ts";
import { energyEvse } from "./energy-evse.ts";
import { extendedColorLight } from "./extended-color-light.ts";
import { fan } from "./fan.ts";
import { flowSensor } from "./flow-sensor.ts";
import { genericSwitch } from "./generic-switch.ts";
import { heatPump } from "./heat-pump.ts";
import { humiditySensor } from "./humidity-sensor.ts";
import { laundryDryer } from "./laundry-dryer.ts";
import { laundryWasher } from "./laundry-washer.ts";
import { lightSensor } from "./light-sensor.ts";
import { mountedOnOffControl } from "./mounted-on-off-control.ts";
import { occupancySensor } from "./occupancy-sensor.ts";
import { onOffLight } from "./on-off-light.ts";
import { onOffPlugInUnit } from "./on-off-plug-in-unit.ts";
import { powerSource } from "./power-source.ts";
import { pressureSensor } from "./pressure-sensor.ts";
import { pump } from "./pump.ts";
import { rainSensor } from "./rain-sensor.ts";
import { refrigerator } from "./refrigerator.ts";
import { roboticVacuumCleaner } from "./robotic-vacuum-cleaner.ts";
import { roomAirConditioner } from "./room-air-conditioner.ts";
import { smokeCoAlarm } from "./smoke-co-alarm.ts";
import { soilSensor } from "./soil-sensor.ts";
import { solarPower } from "./solar-power.ts";
import { temperatureSensor } from "./temperature-sensor.ts";
import { thermostat } from "./thermostat.ts";
import { waterHeater } from "./water-heater.ts";
import { waterLeakDetector } from "./water-leak-detector.ts";
import { waterValve } from "./water-valve.ts";
import { windowCovering } from "./window-covering.ts";

/** Every device type by name: one line each. */
export const deviceTypes: Readonly<Record<string, DeviceType>> = {
  airPurifier,
  airQualitySensor,
  basicVideoPlayer,
  batteryStorage,
  bridgedNode,
  colorTemperatureLight,
  contactSensor,
  dimmableLight,
  dishwasher,
  doorLock,
  electricalMeter,
  electricalSensor,
  energyEvse,
  extendedColorLight,
  fan,
  flowSensor,
  genericSwitch,
  heatPump,
  humiditySensor,
  laundryDryer,
  laundryWasher,
  lightSensor,
  mountedOnOffControl,
  occupancySensor,
  onOffLight,
  onOffPlugInUnit,
  powerSource,
  pressureSensor,
  pump,
  rainSensor,
  refrigerator,
  roboticVacuumCleaner,
  roomAirConditioner,
  smokeCoAlarm,
  soilSensor,
  solarPower,
  temperatureSensor,
  thermostat,
  waterHeater,
  waterLeakDetector,
  waterValve,
  windowCovering,
};
