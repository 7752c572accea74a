import type { Ecosystem } from "../../../hub/ports.ts";

/** What is known of one ecosystem. */
export interface EcosystemFacts {
  readonly name: string;
  /** What the list is based on; shown to people. */
  readonly basis: string;
  /** The standard's device types that it shows; undefined: every one. */
  readonly shows?: ReadonlySet<string>;
}

const switches = ["OnOffLight", "DimmableLight", "ColorTemperatureLight", "ExtendedColorLight", "OnOffPlugInUnit"];
const mounted = ["DimmablePlugInUnit", "MountedOnOffControl", "MountedDimmableLoadControl"];
const basics = [...switches, "DimmablePlugInUnit", "DoorLock", "WindowCovering", "Thermostat", "ContactSensor"];
const airs = ["TemperatureSensor", "HumiditySensor", "OccupancySensor", "LightSensor"];

/**
 * What each ecosystem shows of Matter. Lists go out of date: they are a hint in the preview and hold nothing back, since a
 * type that one app does not show today may be shown tomorrow.
 */
export const ecosystemFacts: Readonly<Record<Ecosystem, EcosystemFacts>> = {
  any: { name: "Any ecosystem", basis: "Everything that Matter has a device type for goes out." },
  apple: {
    name: "Apple Home",
    basis: "As it was known when this was written, without a source at hand; not tried with Apple's app.",
    shows: new Set([
      ...basics,
      ...airs,
      ...mounted,
      "GenericSwitch",
      "Fan",
      "AirPurifier",
      "AirQualitySensor",
      "SmokeCoAlarm",
      "RoomAirConditioner",
      "RoboticVacuumCleaner",
      "WaterLeakDetector",
      "WaterValve",
    ]),
  },
  google: {
    name: "Google Home",
    basis: "As it was known when this was written, without a source at hand; not tried with Google's app.",
    shows: new Set([
      ...basics,
      ...airs,
      ...mounted,
      "Fan",
      "AirPurifier",
      "AirQualitySensor",
      "SmokeCoAlarm",
      "RoomAirConditioner",
      "RoboticVacuumCleaner",
      "Dishwasher",
      "LaundryWasher",
      "LaundryDryer",
      "Refrigerator",
      "PressureSensor",
      "FlowSensor",
      "Pump",
      "WaterLeakDetector",
      "WaterFreezeDetector",
      "RainSensor",
      "WaterValve",
      "WaterHeater",
      "GenericSwitch",
    ]),
  },
  amazon: {
    name: "Amazon Alexa",
    basis:
      "As it was known when this was written, without a source at hand; not tried with Alexa. Alexa finds a bridge on port 5540 only.",
    shows: new Set([
      ...basics,
      ...airs,
      "MountedOnOffControl",
      "Fan",
      "AirPurifier",
      "AirQualitySensor",
      "SmokeCoAlarm",
      "RoomAirConditioner",
      "RoboticVacuumCleaner",
      "WaterLeakDetector",
      "WaterFreezeDetector",
      "RainSensor",
      "Dishwasher",
      "GenericSwitch",
    ]),
  },
  smartthings: {
    name: "SmartThings",
    basis: "As it was known when this was written, without a source at hand; not tried with SmartThings.",
    shows: new Set([
      ...basics,
      ...airs,
      ...mounted,
      "GenericSwitch",
      "Fan",
      "AirPurifier",
      "AirQualitySensor",
      "SmokeCoAlarm",
      "RoomAirConditioner",
      "RoboticVacuumCleaner",
      "Dishwasher",
      "LaundryWasher",
      "LaundryDryer",
      "Refrigerator",
      "PressureSensor",
      "FlowSensor",
      "Pump",
      "WaterLeakDetector",
      "WaterFreezeDetector",
      "RainSensor",
      "WaterValve",
      "EnergyEvse",
      "SolarPower",
      "BatteryStorage",
      "HeatPump",
      "WaterHeater",
      "ElectricalSensor",
    ]),
  },
  homeAssistant: {
    name: "Home Assistant",
    basis:
      "Home Assistant reads what a device measures and does whatever its device type is; not tried with Home Assistant.",
  },
};

/** Makers of controllers by their Matter vendor number, as in the public ledger of the standard's alliance. */
const makers: ReadonlyMap<number, string> = new Map([
  [0x1349, "Apple Home"],
  [0x1384, "Apple Keychain"],
  [0x6006, "Google Home"],
  [0x1217, "Amazon Alexa"],
  [0x10e1, "SmartThings"],
  [0x134b, "Home Assistant"],
]);

export const makerOf = (vendorId: number): string =>
  makers.get(vendorId) ?? (vendorId >= 0xfff1 && vendorId <= 0xfff4 ? "a test controller" : `maker ${vendorId}`);
