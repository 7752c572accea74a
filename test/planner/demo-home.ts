/** A home of the usual parts, as adapters would describe it. */
import { emptyHome, type Home } from "../../hub/model/home.ts";
import type { CapabilityInstance, EndpointDescription, NodeDescription } from "../../hub/model/node.ts";
import { nodeIdOf } from "../../hub/model/path.ts";

const attributes = (...names: string[]): CapabilityInstance["attributes"] =>
  Object.fromEntries(names.map((name) => [name, { source: `test#${name}` }]));
const commands = (...names: string[]): CapabilityInstance["commands"] =>
  Object.fromEntries(names.map((name) => [name, { source: `test#${name}` }]));

const power = { attributes: attributes("activePower"), commands: {} };
const onOff = { attributes: attributes("onOff"), commands: commands("on", "off", "toggle") };
const temperature = { attributes: attributes("measuredValue"), commands: {} };

type Capabilities = EndpointDescription["capabilities"];

const kinds: Record<string, { types: string[]; capabilities: Capabilities }> = {
  meter: { types: ["electricalSensor"], capabilities: { electricalPowerMeasurement: power } },
  plug: { types: ["onOffPlugInUnit"], capabilities: { onOff, electricalPowerMeasurement: power } },
  tank: {
    types: ["onOffPlugInUnit"],
    capabilities: { onOff, electricalPowerMeasurement: power, temperatureMeasurement: temperature },
  },
  evse: {
    types: ["energyEvse"],
    capabilities: {
      electricalPowerMeasurement: power,
      energyEvse: {
        attributes: attributes("state", "supplyState", "stateOfCharge", "batteryCapacity"),
        commands: commands("enableCharging", "disable"),
      },
    },
  },
  battery: {
    types: ["batteryStorage"],
    capabilities: {
      electricalPowerMeasurement: power,
      powerSource: { attributes: attributes("batPercentRemaining", "batCapacity"), commands: {} },
      batteryControl: { attributes: attributes("mode"), commands: commands("set") },
    },
  },
  thermostat: {
    types: ["thermostat"],
    capabilities: {
      thermostat: {
        attributes: attributes("localTemperature", "occupiedHeatingSetpoint", "systemMode"),
        commands: commands("set"),
      },
    },
  },
  weather: { types: ["temperatureSensor"], capabilities: { temperatureMeasurement: temperature } },
  motion: {
    types: ["occupancySensor"],
    capabilities: { occupancySensing: { attributes: attributes("occupancy"), commands: {} } },
  },
  light: { types: ["onOffLight"], capabilities: { onOff, electricalPowerMeasurement: power } },
  lock: {
    types: ["doorLock"],
    capabilities: { doorLock: { attributes: attributes("lockState"), commands: commands("lockDoor", "unlockDoor") } },
  },
};

/** name, kind, room, role */
const DEVICES: readonly (readonly [string, string, string, string?])[] = [
  ["House meter", "meter", "Utility", "electricalMeter"],
  ["Solar", "meter", "Utility", "solarPower"],
  ["Heat pump", "meter", "Utility", "heatPump"],
  ["Water heater", "tank", "Utility", "waterHeater"],
  ["Dishwasher", "plug", "Kitchen", "dishwasher"],
  ["TV corner", "plug", "Living room", "basicVideoPlayer"],
  ["Fridge", "plug", "Kitchen", "refrigerator"],
  ["EV charger", "evse", "Garage"],
  ["Home battery", "battery", "Utility"],
  ["Living room thermostat", "thermostat", "Living room"],
  ["Outdoor sensor", "weather", "Outside"],
  ["Hallway motion", "motion", "Hallway"],
  ["Office light", "light", "Office"],
  ["Front door", "lock", "Hallway"],
];

export const idOf = (name: string): string => nodeIdOf("t", name);

export const pathOf = (name: string, attribute: string): string => `${idOf(name)}/1/${attribute}`;

export function demoHome(rename: (name: string) => string = (name) => name): Home {
  const home = emptyHome({
    name: "Demo",
    timeZone: "Europe/Berlin",
    latitude: 52.5,
    longitude: 13.4,
    currency: "EUR",
  });
  for (const [name, kind, room, role] of DEVICES) {
    const made = kinds[kind];
    if (!made) throw new RangeError(kind);
    const description: NodeDescription = {
      id: idOf(name),
      name: rename(name),
      adapter: "mqtt",
      dialect: "test",
      addresses: [],
      endpoints: [{ number: 1, deviceTypes: made.types, capabilities: made.capabilities }],
    };
    home.nodes.set(description.id, {
      description,
      settings: { room, ...(role ? { roles: { 1: role } } : {}) },
      reachable: true,
      heardAt: 0,
      values: new Map(),
    });
  }
  return home;
}

/** Night cheap, early evening dear. */
export const demoTariff = {
  name: "time of use",
  importBands: [
    { from: "22:00", to: "06:00", perKwh: 0.22 },
    { from: "17:00", to: "21:00", perKwh: 0.42 },
  ],
  importPerKwh: 0.31,
  exportPerKwh: 0.08,
  standingPerDay: 0.4,
  co2Bands: [
    { from: "11:00", to: "15:00", gPerKwh: 220 },
    { from: "17:00", to: "22:00", gPerKwh: 460 },
  ],
  co2GPerKwh: 340,
};
