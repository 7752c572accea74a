import type { Ecosystem } from "../../../hub/ports.ts";

/** What is known of one ecosystem. */
export interface EcosystemFacts {
  readonly name: string;
  /** What the list is based on; shown to people. */
  readonly basis: string;
  /** The standard's device types that it shows; undefined: every one. */
  readonly shows?: ReadonlySet<string>;
  /** Those that it is known not to show, where it shows nearly every one. */
  readonly hides?: ReadonlySet<string>;
}

const lights = ["OnOffLight", "DimmableLight", "ColorTemperatureLight", "ExtendedColorLight"];
const plugs = ["OnOffPlugInUnit", "DimmablePlugInUnit"];
const dimmers = ["MountedOnOffControl", "MountedDimmableLoadControl"];
const house = ["DoorLock", "WindowCovering", "Thermostat", "ContactSensor", "GenericSwitch"];
const airs = ["TemperatureSensor", "HumiditySensor", "OccupancySensor", "LightSensor"];
const climate = [
  "Fan",
  "AirPurifier",
  "AirQualitySensor",
  "SmokeCoAlarm",
  "RoomAirConditioner",
  "RoboticVacuumCleaner",
];
const leaks = ["WaterLeakDetector", "WaterFreezeDetector", "RainSensor"];
const kitchen = ["Dishwasher", "LaundryWasher", "LaundryDryer", "Refrigerator"];
const plant = ["PressureSensor", "FlowSensor", "Pump", "WaterValve", "WaterHeater"];

/** In every one of the lists. */
const common = [...lights, ...plugs, ...house, ...airs, ...climate, "MountedOnOffControl", "WaterLeakDetector"];

const unproven = (app: string): string => `Not from a source and not tried with ${app}: take it as a hint.`;

/**
 * What each ecosystem shows of Matter. The lists have no source and go out of date: they are a hint in the preview and hold
 * nothing back, since a type that one app does not show today may be shown tomorrow.
 */
export const ecosystemFacts: Readonly<Record<Ecosystem, EcosystemFacts>> = {
  any: { name: "Any ecosystem", basis: "Everything that Matter has a device type for goes out." },
  apple: {
    name: "Apple Home",
    basis: unproven("Apple's app"),
    shows: new Set([...common, ...dimmers, "WaterValve"]),
  },
  google: {
    name: "Google Home",
    basis: unproven("Google's app"),
    shows: new Set([...common, ...dimmers, ...leaks, ...kitchen, ...plant]),
  },
  amazon: {
    name: "Amazon Alexa",
    basis: `${unproven("Alexa")} Alexa finds a bridge on port 5540 only.`,
    shows: new Set([...common, ...leaks, "Dishwasher"]),
  },
  smartthings: {
    name: "SmartThings",
    basis: unproven("SmartThings"),
    shows: new Set([
      ...[...common, ...dimmers, ...leaks, ...kitchen, ...plant],
      ...["EnergyEvse", "SolarPower", "BatteryStorage", "HeatPump", "ElectricalSensor"],
    ]),
  },
  homeAssistant: {
    name: "Home Assistant",
    basis:
      "As its public source has it, Home Assistant shows each measurement and switch that it knows, whatever the kind of device; " +
      "prices are not among them. Not tried with Home Assistant.",
    hides: new Set(["ElectricalEnergyTariff"]),
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
