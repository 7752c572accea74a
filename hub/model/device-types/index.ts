import type { DeviceType } from "../device-type.ts";
import { airPurifier } from "./air-purifier.ts";
import { airQualitySensor } from "./air-quality-sensor.ts";
import { audioDoorbell } from "./audio-doorbell.ts";
import { basicVideoPlayer } from "./basic-video-player.ts";
import { batteryStorage } from "./battery-storage.ts";
import { bridgedNode } from "./bridged-node.ts";
import { camera } from "./camera.ts";
import { cameraController } from "./camera-controller.ts";
import { castingVideoClient } from "./casting-video-client.ts";
import { chime } from "./chime.ts";
import { closure } from "./closure.ts";
import { closureController } from "./closure-controller.ts";
import { closurePanel } from "./closure-panel.ts";
import { colorDimmerSwitch } from "./color-dimmer-switch.ts";
import { colorTemperatureLight } from "./color-temperature-light.ts";
import { contactSensor } from "./contact-sensor.ts";
import { contentApp } from "./content-app.ts";
import { controlBridge } from "./control-bridge.ts";
import { cookSurface } from "./cook-surface.ts";
import { cooktop } from "./cooktop.ts";
import { deviceEnergyManagement } from "./device-energy-management.ts";
import { dimmableLight } from "./dimmable-light.ts";
import { dimmerSwitch } from "./dimmer-switch.ts";
import { dishwasher } from "./dishwasher.ts";
import { doorLock } from "./door-lock.ts";
import { doorLockController } from "./door-lock-controller.ts";
import { doorbell } from "./doorbell.ts";
import { electricalEnergyTariff } from "./electrical-energy-tariff.ts";
import { electricalMeter } from "./electrical-meter.ts";
import { electricalSensor } from "./electrical-sensor.ts";
import { electricalUtilityMeter } from "./electrical-utility-meter.ts";
import { energyEvse } from "./energy-evse.ts";
import { extendedColorLight } from "./extended-color-light.ts";
import { extractorHood } from "./extractor-hood.ts";
import { fan } from "./fan.ts";
import { floodlightCamera } from "./floodlight-camera.ts";
import { flowSensor } from "./flow-sensor.ts";
import { genericSwitch } from "./generic-switch.ts";
import { heatPump } from "./heat-pump.ts";
import { humiditySensor } from "./humidity-sensor.ts";
import { intercom } from "./intercom.ts";
import { irrigationSystem } from "./irrigation-system.ts";
import { laundryDryer } from "./laundry-dryer.ts";
import { laundryWasher } from "./laundry-washer.ts";
import { lightSensor } from "./light-sensor.ts";
import { meterReferencePoint } from "./meter-reference-point.ts";
import { microwaveOven } from "./microwave-oven.ts";
import { modeSelect } from "./mode-select.ts";
import { mountedOnOffControl } from "./mounted-on-off-control.ts";
import { networkInfrastructureManager } from "./network-infrastructure-manager.ts";
import { occupancySensor } from "./occupancy-sensor.ts";
import { onOffLight } from "./on-off-light.ts";
import { onOffLightSwitch } from "./on-off-light-switch.ts";
import { onOffPlugInUnit } from "./on-off-plug-in-unit.ts";
import { onOffSensor } from "./on-off-sensor.ts";
import { oven } from "./oven.ts";
import { powerSource } from "./power-source.ts";
import { pressureSensor } from "./pressure-sensor.ts";
import { pump } from "./pump.ts";
import { pumpController } from "./pump-controller.ts";
import { rainSensor } from "./rain-sensor.ts";
import { refrigerator } from "./refrigerator.ts";
import { roboticVacuumCleaner } from "./robotic-vacuum-cleaner.ts";
import { roomAirConditioner } from "./room-air-conditioner.ts";
import { smokeCoAlarm } from "./smoke-co-alarm.ts";
import { snapshotCamera } from "./snapshot-camera.ts";
import { soilSensor } from "./soil-sensor.ts";
import { solarPower } from "./solar-power.ts";
import { speaker } from "./speaker.ts";
import { temperatureControlledCabinet } from "./temperature-controlled-cabinet.ts";
import { temperatureSensor } from "./temperature-sensor.ts";
import { thermostat } from "./thermostat.ts";
import { thermostatController } from "./thermostat-controller.ts";
import { threadBorderRouter } from "./thread-border-router.ts";
import { videoDoorbell } from "./video-doorbell.ts";
import { videoRemoteControl } from "./video-remote-control.ts";
import { waterFreezeDetector } from "./water-freeze-detector.ts";
import { waterHeater } from "./water-heater.ts";
import { waterLeakDetector } from "./water-leak-detector.ts";
import { waterValve } from "./water-valve.ts";
import { windowCovering } from "./window-covering.ts";
import { windowCoveringController } from "./window-covering-controller.ts";

/** Every device type by name: one line each. */
export const deviceTypes: Readonly<Record<string, DeviceType>> = {
  airPurifier,
  airQualitySensor,
  audioDoorbell,
  basicVideoPlayer,
  batteryStorage,
  bridgedNode,
  camera,
  cameraController,
  castingVideoClient,
  chime,
  closure,
  closureController,
  closurePanel,
  colorDimmerSwitch,
  colorTemperatureLight,
  contactSensor,
  contentApp,
  controlBridge,
  cookSurface,
  cooktop,
  deviceEnergyManagement,
  dimmableLight,
  dimmerSwitch,
  dishwasher,
  doorLock,
  doorLockController,
  doorbell,
  electricalEnergyTariff,
  electricalMeter,
  electricalSensor,
  electricalUtilityMeter,
  energyEvse,
  extendedColorLight,
  extractorHood,
  fan,
  floodlightCamera,
  flowSensor,
  genericSwitch,
  heatPump,
  humiditySensor,
  intercom,
  irrigationSystem,
  laundryDryer,
  laundryWasher,
  lightSensor,
  meterReferencePoint,
  microwaveOven,
  modeSelect,
  mountedOnOffControl,
  networkInfrastructureManager,
  occupancySensor,
  onOffLight,
  onOffLightSwitch,
  onOffPlugInUnit,
  onOffSensor,
  oven,
  powerSource,
  pressureSensor,
  pump,
  pumpController,
  rainSensor,
  refrigerator,
  roboticVacuumCleaner,
  roomAirConditioner,
  smokeCoAlarm,
  snapshotCamera,
  soilSensor,
  solarPower,
  speaker,
  temperatureControlledCabinet,
  temperatureSensor,
  thermostat,
  thermostatController,
  threadBorderRouter,
  videoDoorbell,
  videoRemoteControl,
  waterFreezeDetector,
  waterHeater,
  waterLeakDetector,
  waterValve,
  windowCovering,
  windowCoveringController,
};
