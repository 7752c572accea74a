/** A plausible home in the API's own words: development aid and data for the dashboard's tests. */
import type { ArgView, AttributeView, CommandView, EndpointView, Known, NodeView } from "../../../hub/http/schemas.ts";

type Icon = readonly [name: string, label: string, icon: string];
type Value = number | boolean | string;

const UNIT_TEXT: Readonly<Record<string, string>> = { degC: "°C", "%": "%" };

interface Part {
  readonly name: string;
  readonly label: string;
  readonly value: Value | undefined;
  readonly unit?: string;
  readonly range?: readonly [number, number, number?];
  readonly values?: readonly string[];
  readonly words?: readonly string[];
  readonly kind?: AttributeView["kind"];
  readonly writable?: true;
}

function attribute(node: string, endpoint: number, part: Part, started: number): AttributeView {
  const [capability = "", name = ""] = part.name.split(".");
  const { value, unit, range, values, words } = part;
  const type = unit ? "number" : values ? "enum" : typeof value === "string" ? "string" : "boolean";
  const known: Known =
    value === undefined
      ? { status: "unknown", reason: "never reported" }
      : { status: "known", value, at: started - 4_000, source: `demo/${node}#${name}` };
  return {
    key: `${node}/${endpoint}/${part.name}`,
    capability,
    attribute: name,
    label: part.label,
    capabilityLabel: part.label,
    type,
    ...(unit ? { unit, unitText: UNIT_TEXT[unit] ?? unit } : {}),
    ...(range ? { min: range[0], max: range[1], ...(range[2] ? { step: range[2] } : {}) } : {}),
    ...(values ? { values } : {}),
    ...(words ? { words } : {}),
    kind: part.kind ?? "state",
    writable: part.writable === true,
    source: `demo/${node}#${name}`,
    known,
  };
}

const command = (name: string, label: string, args: readonly ArgView[] = []): CommandView => {
  const [capability = "", verb = ""] = name.split(".");
  return { capability, command: verb, label, args };
};

const ON_OFF = [command("onOff.on", "Turn on"), command("onOff.off", "Turn off"), command("onOff.toggle", "Toggle")];
const LEVEL = command("levelControl.moveToLevel", "Set level", [
  { name: "level", label: "Level", type: "number", unit: "%", unitText: "%", min: 0, max: 100, optional: false },
  {
    name: "transitionTime",
    label: "Transition",
    type: "number",
    unit: "s",
    unitText: "s",
    min: 0,
    max: 60,
    optional: true,
  },
]);
const COVER = [
  command("windowCovering.upOrOpen", "Open"),
  command("windowCovering.downOrClose", "Close"),
  command("windowCovering.stopMotion", "Stop"),
];
const EVSE = [command("energyEvse.enableCharging", "Charge"), command("energyEvse.disable", "Stop charging")];

const on = (value: boolean | undefined): Part => ({ name: "onOff.onOff", label: "On", value, words: ["off", "on"] });
const watts = (value: number | undefined): Part => ({
  name: "electricalPowerMeasurement.activePower",
  label: "Power",
  value,
  unit: "W",
  kind: "measurement",
});
const energy = (value: number): Part => ({
  name: "electricalEnergyMeasurement.cumulativeEnergyImported",
  label: "Imported",
  value,
  unit: "kWh",
  kind: "counter",
});
const temperature = (value: number): Part => ({
  name: "temperatureMeasurement.measuredValue",
  label: "Temperature",
  value,
  unit: "degC",
  kind: "measurement",
});
const percent = (name: string, label: string, value: number | undefined): Part => ({
  name,
  label,
  value,
  unit: "%",
  range: [0, 100],
  kind: "measurement",
});

export const HOSTILE_NAME = `<img src=x onerror="document.title='pwned'"> Kitchen light`;

type Row = readonly [
  id: string,
  name: string,
  room: string,
  type: Icon,
  parts: readonly Part[],
  commands?: readonly CommandView[],
];

const ROWS: readonly Row[] = [
  [
    "lamp",
    "Living room light",
    "Living room",
    ["colorTemperatureLight", "White spectrum light", "light"],
    [on(true), percent("levelControl.currentLevel", "Level", 62)],
    [...ON_OFF, LEVEL],
  ],
  [
    "blinds",
    "Blinds",
    "Living room",
    ["windowCovering", "Window covering", "blind"],
    [percent("windowCovering.currentPositionLiftPercentage", "Open", 100)],
    COVER,
  ],
  [
    "climate",
    "Climate",
    "Living room",
    ["temperatureSensor", "Temperature sensor", "temperature"],
    [
      temperature(20.8),
      percent("relativeHumidityMeasurement.measuredValue", "Humidity", 44),
      percent("powerSource.batPercentRemaining", "Charge", 81),
    ],
  ],
  ["tv", "TV corner", "Living room", ["basicVideoPlayer", "TV", "tv"], [on(true), watts(13.6), energy(88.42)], ON_OFF],
  [
    "thermostat",
    "Thermostat",
    "Living room",
    ["thermostat", "Thermostat", "thermostat"],
    [
      { name: "thermostat.localTemperature", label: "Temperature", value: 20.7, unit: "degC", kind: "measurement" },
      {
        name: "thermostat.occupiedHeatingSetpoint",
        label: "Heat to",
        value: 20.5,
        unit: "degC",
        range: [4, 30, 0.5],
        writable: true,
      },
      { name: "thermostat.systemMode", label: "Mode", value: "heat", values: ["off", "heat"], writable: true },
    ],
  ],
  ["kitchen", HOSTILE_NAME, "Kitchen", ["onOffLight", "Light", "light"], [on(false)], ON_OFF],
  [
    "window",
    "Window",
    "Kitchen",
    ["contactSensor", "Contact sensor", "door"],
    [{ name: "booleanState.stateValue", label: "State", value: true, words: ["no", "yes"] }],
  ],
  [
    "dishwasher",
    "Dishwasher",
    "Kitchen",
    ["dishwasher", "Dishwasher", "appliance"],
    [on(true), watts(0.9), energy(41.2)],
    ON_OFF,
  ],
  [
    "fridge",
    "Fridge",
    "Kitchen",
    ["refrigerator", "Fridge", "appliance"],
    [on(true), watts(71), energy(120.9)],
    ON_OFF,
  ],
  [
    "bed",
    "Bedroom light",
    "Bedroom",
    ["dimmableLight", "Dimmable light", "light"],
    [on(undefined), percent("levelControl.currentLevel", "Level", undefined)],
    [...ON_OFF, LEVEL],
  ],
  [
    "motion",
    "Motion",
    "Hallway",
    ["occupancySensor", "Motion sensor", "motion"],
    [
      { name: "occupancySensing.occupancy", label: "Occupied", value: false, words: ["clear", "occupied"] },
      {
        name: "illuminanceMeasurement.measuredValue",
        label: "Illuminance",
        value: 118,
        unit: "lx",
        kind: "measurement",
      },
    ],
  ],
  [
    "heater",
    "Water heater",
    "Utility",
    ["waterHeater", "Water heater", "water"],
    [on(true), watts(1834), energy(540.3), temperature(52.4)],
    ON_OFF,
  ],
  [
    "battery",
    "Home battery",
    "Utility",
    ["batteryStorage", "Home battery", "battery"],
    [
      watts(1240),
      percent("powerSource.batPercentRemaining", "Charge", 57),
      {
        name: "batteryControl.mode",
        label: "Mode",
        value: "followLoad",
        values: ["followLoad", "hold", "chargeFromGrid"],
        writable: true,
      },
    ],
  ],
  ["meter", "House meter", "Utility", ["electricalMeter", "House meter", "grid"], [watts(412)]],
  ["solar", "Roof", "Utility", ["solarPower", "Solar power", "solar"], [watts(-3120)]],
  ["heatpump", "Heat pump", "Utility", ["heatPump", "Heat pump", "heat"], [watts(640), energy(910.1)]],
  [
    "car",
    "Car",
    "Garage",
    ["energyEvse", "EV charger", "car"],
    [
      {
        name: "energyEvse.state",
        label: "Car",
        value: "pluggedInDemand",
        values: ["notPluggedIn", "pluggedInDemand", "pluggedInCharging"],
      },
      { name: "energyEvse.supplyState", label: "Supply", value: "disabled", values: ["disabled", "chargingEnabled"] },
      percent("energyEvse.stateOfCharge", "Car's charge", 43),
      watts(0),
    ],
    EVSE,
  ],
  [
    "outdoor",
    "Outdoor sensor",
    "Outside",
    ["temperatureSensor", "Temperature sensor", "temperature"],
    [temperature(6.3)],
  ],
];

/** The home's nodes at a moment. The outdoor sensor is silent since a day: its value is stale. */
export function fakeNodes(now: number): NodeView[] {
  return ROWS.map(([id, name, room, type, parts, commands]) => {
    const endpoint: EndpointView = {
      number: 1,
      deviceTypes: [{ name: type[0], label: type[1], icon: type[2] }],
      attributes: parts.map((p) => attribute(id, 1, p, now)).map((a) => (id === "outdoor" ? silent(a, now) : a)),
      commands: commands ?? [],
    };
    const matter = id === "fridge" || id === "thermostat";
    return {
      id,
      name,
      vendor: "Example",
      model: type[1],
      serial: `SN-${id}`,
      adapter: matter ? "matter" : "mqtt",
      dialect: matter ? "matter" : "zigbee2mqtt",
      room,
      reachable: id !== "outdoor",
      presence: id === "outdoor" ? "lost" : id === "bed" ? "unheard" : "here",
      ...(id === "bed" ? {} : { heardAt: now - (id === "outdoor" ? 86_400_000 : 4_000) }),
      labels: [],
      noPlans: false,
      told: {},
      roles: {},
      meters: {},
      endpoints: [endpoint],
    };
  });
}

function silent(a: AttributeView, now: number): AttributeView {
  if (a.known.status === "unknown") return a;
  const { value, source } = a.known;
  return {
    ...a,
    known: { status: "stale", value, source, at: now - 86_400_000, reason: "the device is not reachable" },
  };
}

export const fakeRooms = ["Living room", "Kitchen", "Bedroom", "Hallway", "Office", "Utility", "Garage", "Outside"];
