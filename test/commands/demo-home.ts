import type { Value } from "../../hub/model/capability.ts";
import { emptyHome, type Home } from "../../hub/model/home.ts";
import type { CapabilityInstance, EndpointDescription } from "../../hub/model/node.ts";
import { pathKey } from "../../hub/model/path.ts";

/** A capability with all of the named attributes, and commands. */
const cap = (attributes: string, commands = ""): CapabilityInstance => ({
  attributes: Object.fromEntries(
    attributes
      .split(" ")
      .filter(Boolean)
      .map((a) => [a, { source: "test" }]),
  ),
  commands: Object.fromEntries(
    commands
      .split(" ")
      .filter(Boolean)
      .map((c) => [c, { source: "test" }]),
  ),
});

const onOff = cap("onOff", "on off toggle");
const level = cap("currentLevel", "moveToLevel");
const power = cap("activePower voltage activeCurrent");
const energy = cap("cumulativeEnergyImported cumulativeEnergyExported");
const imported = cap("cumulativeEnergyImported");
const temperature = cap("measuredValue");
const battery = cap("batPercentRemaining");

type Caps = Readonly<Record<string, CapabilityInstance>>;
const endpoint = (number: number, deviceTypes: string[], capabilities: Caps): EndpointDescription => ({
  number,
  deviceTypes,
  capabilities,
});

/** [id, name, room, endpoints, role of endpoint 1] */
type Row = readonly [string, string, string, readonly EndpointDescription[], string?];

const plug = (more: Caps = {}) => [
  endpoint(1, ["onOffPlugInUnit"], {
    onOff,
    electricalPowerMeasurement: power,
    electricalEnergyMeasurement: imported,
    ...more,
  }),
];
const meter = (types = ["electricalSensor"]) => [
  endpoint(1, types, { electricalPowerMeasurement: power, electricalEnergyMeasurement: energy }),
];

const rows: readonly Row[] = [
  [
    "living-light",
    "Living room light",
    "Living room",
    [
      endpoint(1, ["colorTemperatureLight"], {
        onOff,
        levelControl: level,
        colorControl: cap("colorTemperatureMireds", "moveToColorTemperature"),
      }),
    ],
  ],
  ["bedroom-light", "Bedroom light", "Bedroom", [endpoint(1, ["dimmableLight"], { onOff, levelControl: level })]],
  [
    "kitchen-window",
    "Kitchen window",
    "Kitchen",
    [endpoint(1, ["contactSensor"], { booleanState: cap("stateValue"), powerSource: battery })],
  ],
  [
    "hall-motion",
    "Hallway motion",
    "Hallway",
    [
      endpoint(1, ["occupancySensor", "lightSensor"], {
        occupancySensing: cap("occupancy"),
        illuminanceMeasurement: cap("measuredValue"),
        powerSource: battery,
      }),
    ],
  ],
  [
    "living-climate",
    "Living room climate",
    "Living room",
    [
      endpoint(1, ["temperatureSensor", "humiditySensor"], {
        temperatureMeasurement: temperature,
        relativeHumidityMeasurement: cap("measuredValue"),
        powerSource: battery,
      }),
    ],
  ],
  [
    "outdoor",
    "Outdoor sensor",
    "Outside",
    [
      endpoint(1, ["temperatureSensor", "humiditySensor"], {
        temperatureMeasurement: temperature,
        relativeHumidityMeasurement: cap("measuredValue"),
        powerSource: battery,
      }),
    ],
  ],
  ["tv", "TV corner plug", "Living room", plug(), "basicVideoPlayer"],
  [
    "evse",
    "EV charger",
    "Garage",
    [
      endpoint(1, ["energyEvse"], {
        energyEvse: cap(
          "state supplyState userMaximumChargeCurrent sessionEnergyCharged stateOfCharge batteryCapacity",
          "enableCharging disable set",
        ),
        electricalPowerMeasurement: power,
        electricalEnergyMeasurement: imported,
      }),
    ],
  ],
  [
    "battery",
    "Home battery",
    "Utility",
    [
      endpoint(1, ["batteryStorage"], {
        batteryControl: cap("mode", "set"),
        powerSource: cap("batPercentRemaining batCapacity"),
        electricalPowerMeasurement: power,
        electricalEnergyMeasurement: energy,
      }),
    ],
  ],
  [
    "heater",
    "Water heater",
    "Utility",
    [...plug(), endpoint(2, ["temperatureSensor"], { temperatureMeasurement: temperature })],
    "waterHeater",
  ],
  ["dishwasher", "Dishwasher plug", "Kitchen", plug(), "dishwasher"],
  ["kitchen-light", "Kitchen light", "Kitchen", [endpoint(1, ["onOffLight"], { onOff })]],
  ["house-meter", "House meter", "Utility", meter(), "electricalMeter"],
  ["solar", "Solar inverter meter", "Utility", meter(), "solarPower"],
  ["heat-pump", "Heat pump meter", "Utility", meter(), "heatPump"],
  [
    "office-light",
    "Office light",
    "Office",
    [endpoint(1, ["onOffLight"], { onOff, electricalPowerMeasurement: power })],
  ],
  [
    "blinds",
    "Living room blinds",
    "Living room",
    [
      endpoint(1, ["windowCovering"], {
        windowCovering: cap(
          "currentPositionLiftPercentage operationalStatus",
          "upOrOpen downOrClose stopMotion goToLiftPercentage",
        ),
      }),
    ],
  ],
  ["fridge", "Fridge plug", "Kitchen", plug(), "refrigerator"],
  [
    "thermostat",
    "Living room thermostat",
    "Living room",
    [endpoint(1, ["thermostat"], { thermostat: cap("localTemperature occupiedHeatingSetpoint systemMode", "set") })],
  ],
];

/** Adds a device to a home. */
export function addNode(home: Home, [id, name, room, endpoints, role]: Row): void {
  home.nodes.set(id, {
    description: { id, name, adapter: "mqtt", dialect: "test", addresses: [], endpoints },
    settings: { room, ...(role && { roles: { 1: role } }) },
    reachable: true,
    heardAt: 0,
    values: new Map(),
  });
}

/** The simulated home's nineteen devices. */
export function demoHome(): Home {
  const home = emptyHome({ name: "Demo", timeZone: "Europe/Berlin", latitude: 52, longitude: 13, currency: "EUR" });
  for (const row of rows) addNode(home, row);
  return home;
}

/** Sets what a device last reported; `path` as `1/onOff.onOff`. */
export function report(home: Home, node: string, path: string, value: Value, at = 1000): void {
  const [, number = "1", capability = "", attribute = ""] = /^(\d+)\/(\w+)\.(\w+)$/.exec(path) ?? [];
  const key = pathKey({ node, endpoint: Number(number), capability, attribute });
  home.nodes.get(node)?.values.set(key, { value, at, source: "test", ageUnknown: false });
}

/** More devices for the dangerous and the ambiguous: locks, a garage door, two lamps in one room. */
export function largerHome(): Home {
  const home = demoHome();
  const lock = [endpoint(1, ["doorLock"], { doorLock: cap("lockState", "lockDoor unlockDoor") })];
  const cover = [
    endpoint(1, ["windowCovering"], {
      windowCovering: cap("currentPositionLiftPercentage", "upOrOpen downOrClose stopMotion goToLiftPercentage"),
    }),
  ];
  addNode(home, ["front-lock", "Front door lock", "Hallway", lock]);
  addNode(home, ["back-lock", "Back door lock", "Kitchen", lock]);
  addNode(home, ["garage-door", "Garage door", "Garage", cover]);
  addNode(home, ["desk-lamp", "Desk lamp", "Office", [endpoint(1, ["dimmableLight"], { onOff, levelControl: level })]]);
  addNode(home, ["bed-lamp", "Lamp", "Bedroom", [endpoint(1, ["onOffLight"], { onOff })]]);
  addNode(home, ["living-lamp", "Lamp", "Living room", [endpoint(1, ["onOffLight"], { onOff })]]);
  addNode(home, [
    "front-door",
    "Front door",
    "Hallway",
    [endpoint(1, ["contactSensor"], { booleanState: cap("stateValue") })],
  ]);
  return home;
}
