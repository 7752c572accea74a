import { unknownDeviceType } from "../../hub/model/device-type.ts";

/** Matter device type ids (Device Library) and our name for each. */
export const deviceTypeIds: ReadonlyMap<number, string> = new Map([
  [0x000a, "doorLock"],
  [0x000b, "doorLockController"],
  [0x000f, "genericSwitch"],
  [0x0011, "powerSource"],
  [0x0013, "bridgedNode"],
  [0x0015, "contactSensor"],
  [0x0017, "solarPower"],
  [0x0018, "batteryStorage"],
  [0x0022, "speaker"],
  [0x0024, "contentApp"],
  [0x0027, "modeSelect"],
  [0x0028, "basicVideoPlayer"],
  [0x0029, "castingVideoClient"],
  [0x002a, "videoRemoteControl"],
  [0x002b, "fan"],
  [0x002c, "airQualitySensor"],
  [0x002d, "airPurifier"],
  [0x0040, "irrigationSystem"],
  [0x0041, "waterFreezeDetector"],
  [0x0042, "waterValve"],
  [0x0043, "waterLeakDetector"],
  [0x0044, "rainSensor"],
  [0x0045, "soilSensor"],
  [0x0070, "refrigerator"],
  [0x0071, "temperatureControlledCabinet"],
  [0x0072, "roomAirConditioner"],
  [0x0073, "laundryWasher"],
  [0x0074, "roboticVacuumCleaner"],
  [0x0075, "dishwasher"],
  [0x0076, "smokeCoAlarm"],
  [0x0077, "cookSurface"],
  [0x0078, "cooktop"],
  [0x0079, "microwaveOven"],
  [0x007a, "extractorHood"],
  [0x007b, "oven"],
  [0x007c, "laundryDryer"],
  [0x0090, "networkInfrastructureManager"],
  [0x0091, "threadBorderRouter"],
  [0x0100, "onOffLight"],
  [0x0101, "dimmableLight"],
  [0x0103, "onOffLightSwitch"],
  [0x0104, "dimmerSwitch"],
  [0x0105, "colorDimmerSwitch"],
  [0x0106, "lightSensor"],
  [0x0107, "occupancySensor"],
  [0x010a, "onOffPlugInUnit"],
  [0x010c, "colorTemperatureLight"],
  [0x010d, "extendedColorLight"],
  [0x010f, "mountedOnOffControl"],
  [0x0140, "intercom"],
  [0x0141, "audioDoorbell"],
  [0x0142, "camera"],
  [0x0143, "videoDoorbell"],
  [0x0144, "floodlightCamera"],
  [0x0145, "snapshotCamera"],
  [0x0146, "chime"],
  [0x0147, "cameraController"],
  [0x0148, "doorbell"],
  [0x0202, "windowCovering"],
  [0x0203, "windowCoveringController"],
  [0x0230, "closure"],
  [0x0231, "closurePanel"],
  [0x023e, "closureController"],
  [0x0301, "thermostat"],
  [0x0302, "temperatureSensor"],
  [0x0303, "pump"],
  [0x0304, "pumpController"],
  [0x0305, "pressureSensor"],
  [0x0306, "flowSensor"],
  [0x0307, "humiditySensor"],
  [0x0309, "heatPump"],
  [0x030a, "thermostatController"],
  [0x050c, "energyEvse"],
  [0x050d, "deviceEnergyManagement"],
  [0x050f, "waterHeater"],
  [0x0510, "electricalSensor"],
  [0x0511, "electricalUtilityMeter"],
  [0x0512, "meterReferencePoint"],
  [0x0513, "electricalEnergyTariff"],
  [0x0514, "electricalMeter"],
  [0x0840, "controlBridge"],
  [0x0850, "onOffSensor"],
]);

/** Types that do all of another one's work and a little more; the house calls both by the same name. */
const supersets: ReadonlyMap<number, string> = new Map([
  [0x0023, "basicVideoPlayer"],
  [0x010b, "onOffPlugInUnit"],
  [0x0110, "mountedOnOffControl"],
]);

/** What runs the node or holds others together; nothing in it is about the home. */
const infrastructure: ReadonlySet<number> = new Set([
  0x000e, // Aggregator
  0x0012, // OTA Requestor
  0x0014, // OTA Provider
  0x0016, // Root Node
  0x0019, // Secondary Network Interface
  0x0130, // Joint Fabric Administrator
]);

/** Device type ids are 32 bits wide: the maker's code and the type (7.15.2). */
const WIDEST = 0xffff_ffff;

/**
 * Our device type of a Matter id: undefined for infrastructure and for what is no id at all. A type that nobody here
 * knows, as a maker's own, is named by its id (`unknown0x1234`), so that its endpoint is shown and never dropped.
 */
export function deviceTypeOf(id: number): string | undefined {
  const known = deviceTypeIds.get(id) ?? supersets.get(id);
  if (known) return known;
  if (infrastructure.has(id) || !Number.isInteger(id) || id < 0 || id > WIDEST) return undefined;
  return unknownDeviceType(id);
}
