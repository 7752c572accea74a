import { describe, expect, test } from "vitest";
import { dialects } from "../../adapters/mqtt/dialects/index.ts";
import { makers } from "../../firmware-sim/workshop/makers.ts";
import type { Value } from "../../hub/model/capability.ts";
import type { NodeDescription } from "../../hub/model/node.ts";
import { Listener } from "../adapters/mqtt/listener.ts";
import { Room } from "./room.ts";

/** What the hub must make of a kind: device types, values in house units, and a command that comes back. */
interface Wanted {
  readonly types: readonly string[];
  readonly values: Readonly<Record<string, Value | readonly [min: number, max: number]>>;
  /** `capability.command`, its arguments, and the reading that proves it. */
  readonly ask?: readonly [command: string, args: Readonly<Record<string, Value>>, path: string, value: Value];
  readonly options?: object;
}

const power = (watts: number): readonly [number, number] => [watts * 0.85, watts * 1.15];
const mains = { "electricalPowerMeasurement.voltage": [225, 236] } as const;
const kwh = { "electricalEnergyMeasurement.cumulativeEnergyImported": [1, 402] } as const;
const off = ["onOff.off", {}, "onOff.onOff", false] as const;
const half = ["levelControl.moveToLevel", { level: 50 }, "levelControl.currentLevel", 50] as const;
const halfOpen = [
  "windowCovering.goToLiftPercentage",
  { liftPercent: 40 },
  "windowCovering.currentPositionLiftPercentage",
  40,
] as const;
const open = { "windowCovering.currentPositionLiftPercentage": 100 };
const warmer = [
  "thermostat.set",
  { occupiedHeatingSetpoint: 22.5 },
  "thermostat.occupiedHeatingSetpoint",
  22.5,
] as const;
const heating = {
  "thermostat.localTemperature": [15, 25],
  "thermostat.occupiedHeatingSetpoint": [20, 22],
  "thermostat.systemMode": "heat",
} as const;
const airAt = (celsius: number) => ({
  "temperatureMeasurement.measuredValue": [celsius - 3, celsius + 3] as const,
  "relativeHumidityMeasurement.measuredValue": [15, 95] as const,
  "powerSource.batPercentRemaining": [60, 98] as const,
});
const plug = (watts: number): Wanted => ({
  types: ["onOffPlugInUnit", "electricalSensor"],
  values: { "onOff.onOff": true, "electricalPowerMeasurement.activePower": power(watts), ...mains, ...kwh },
  ask: off,
});
const colourLight: Wanted = {
  types: ["extendedColorLight"],
  values: { "onOff.onOff": false, "levelControl.currentLevel": 60 },
  ask: half,
};

const wanted: Readonly<Record<string, Wanted>> = {
  "zigbee2mqtt/light": colourLight,
  "zigbee2mqtt/plug": plug(120),
  "zigbee2mqtt/valve": { types: ["thermostat"], values: heating, ask: warmer },
  "zigbee2mqtt/cover": { types: ["windowCovering"], values: open, ask: halfOpen },
  "zigbee2mqtt/climate-sensor": { types: ["temperatureSensor", "humiditySensor"], values: airAt(20.5) },
  "zigbee2mqtt/remote": { types: ["genericSwitch"], values: { "powerSource.batPercentRemaining": [60, 98] } },
  "ha-discovery/light": colourLight,
  "ha-discovery/heat-pump": {
    types: ["thermostat", "electricalSensor"],
    values: { ...heating, "electricalEnergyMeasurement.cumulativeEnergyImported": [3412, 3413] },
    ask: warmer,
  },
  "ha-discovery/meter": {
    types: ["electricalSensor"],
    values: {
      "electricalPowerMeasurement.activePower": [-1400, 200],
      "electricalEnergyMeasurement.cumulativeEnergyExported": [6120, 6122],
      "electricalEnergyMeasurement.cumulativeEnergyImported": [8204, 8205],
    },
  },
  "ha-discovery/lock": {
    types: ["doorLock"],
    values: { "doorLock.lockState": "locked", "powerSource.batPercentRemaining": [60, 98] },
    ask: ["doorLock.unlockDoor", {}, "doorLock.lockState", "unlocked"],
  },
  "esphome/plug": plug(140),
  "esphome/light": colourLight,
  "esphome/cover": {
    types: ["windowCovering", "contactSensor"],
    values: { "windowCovering.currentPositionLiftPercentage": 0, "booleanState.stateValue": true },
    ask: halfOpen,
  },
  "esphome/climate": { types: ["roomAirConditioner", "thermostat"], values: heating, ask: warmer },
  "esphome/soil": { types: ["temperatureSensor"], values: { "temperatureMeasurement.measuredValue": [11, 17] } },
  "tasmota/plug": plug(75),
  "tasmota/light": colourLight,
  "tasmota/shutter": { types: ["windowCovering"], values: open, ask: halfOpen },
  "tasmota/sensor": {
    types: ["temperatureSensor", "humiditySensor", "pressureSensor"],
    values: { "temperatureMeasurement.measuredValue": [16, 22], "pressureMeasurement.measuredValue": [1000, 1025] },
  },
  "tasmota/switch": {
    types: ["onOffPlugInUnit"],
    values: { "onOff.onOff": false },
    ask: ["onOff.on", {}, "onOff.onOff", true],
  },
  "shelly-gen1/plug": {
    ...plug(62),
    values: {
      "onOff.onOff": true,
      "electricalPowerMeasurement.activePower": power(62),
      "electricalEnergyMeasurement.cumulativeEnergyImported": [0, 0.01],
    },
  },
  "shelly-gen1/bulb": {
    types: ["colorTemperatureLight"],
    values: { "onOff.onOff": false, "levelControl.currentLevel": 60 },
    ask: half,
  },
  "shelly-gen1/roller": { types: ["windowCovering"], values: open, ask: halfOpen },
  "shelly-gen1/ht": { types: ["temperatureSensor", "humiditySensor"], values: airAt(21) },
  "shelly-gen1/em": {
    types: ["electricalSensor"],
    values: {
      "electricalPowerMeasurement.activePower": power(-900).toReversed() as [number, number],
      "electricalEnergyMeasurement.cumulativeEnergyExported": [88.2, 88.3],
      "electricalEnergyMeasurement.cumulativeEnergyImported": [120.4, 120.5],
      ...mains,
    },
    ask: ["onOff.on", {}, "onOff.onOff", true],
  },
  "shelly-gen1/i3": { types: ["genericSwitch"], values: {} },
  "shelly-gen2/plug": plug(48),
  "shelly-gen2/dimmer": {
    types: ["dimmableLight"],
    values: { "onOff.onOff": false, "levelControl.currentLevel": 60 },
    ask: half,
  },
  "shelly-gen2/cover": { types: ["windowCovering"], values: open, ask: halfOpen },
  "shelly-gen2/ht": { types: ["temperatureSensor", "humiditySensor"], values: airAt(20) },
  "shelly-gen2/meter": {
    types: ["electricalSensor"],
    values: {
      "electricalPowerMeasurement.activePower": power(1350),
      "electricalEnergyMeasurement.cumulativeEnergyImported": [1539, 1540],
      "electricalEnergyMeasurement.cumulativeEnergyExported": [72, 73],
    },
  },
  "shelly-gen2/i4": { types: ["genericSwitch"], values: {} },
  "homie/light": colourLight,
  "homie/light 3": { ...colourLight, options: { version: "3" } },
  "homie/light 5": { ...colourLight, options: { version: "5", domain: "attic" } },
  "homie/meter 5": { ...plug(310), options: { version: "5" } },
  "homie/thermostat": { types: ["thermostat"], values: heating, ask: warmer },
  "homie/meter": {
    ...plug(310),
    types: ["onOffPlugInUnit", "electricalSensor"],
  },
  "homie/sensor": { types: ["temperatureSensor", "humiditySensor"], values: airAt(18) },
  "zwave-js-ui/plug": plug(95),
  "zwave-js-ui/dimmer": {
    types: ["dimmableLight"],
    values: { "onOff.onOff": false },
    ask: ["levelControl.moveToLevel", { level: 100 }, "levelControl.currentLevel", 100],
  },
  "zwave-js-ui/thermostat": { types: ["thermostat"], values: heating, ask: warmer },
  "zwave-js-ui/door": {
    types: ["contactSensor"],
    values: { "temperatureMeasurement.measuredValue": [14, 20], "powerSource.batPercentRemaining": [60, 98] },
  },
  "zwave-js-ui/scene": { types: ["genericSwitch"], values: {} },
};

/** What stands behind the kind only tells variants apart. */
const kindOf = (title: string): string => title.split(" ")[0] ?? "";

/** Kinds that set up a bridge, and are no devices. */
const setUps = ["zigbee2mqtt/bridge", "zigbee2mqtt/group", "zwave-js-ui/gateway"];
const kinds = makers.flatMap((maker) => maker.kinds.map((kind) => `${maker.name}/${kind.name}`));

/** A hub that hears everything, asks what its dialects ask, and is answered. */
function hub(room: Room): Listener {
  const ear = new Listener();
  let depth = 0;
  room.onMessage(({ topic, payload }) => {
    ear.hear([topic, payload]);
    const asked = ear.questions.splice(0);
    depth += 1;
    // A question that always brings another would never end.
    expect(depth).toBeLessThan(30);
    for (const one of asked) room.say(one.topic, one.payload);
    depth -= 1;
  });
  return ear;
}

function theNode(ear: Listener): NodeDescription {
  const [node, ...others] = [...ear.nodes.values()];
  expect(others.map(({ id }) => id)).toEqual([]);
  if (!node) throw new Error("the hub found no device");
  return node;
}

/** The first value of a path on any endpoint; the sums of a device come first. */
function reading(ear: Listener, node: NodeDescription, path: string): Value | undefined {
  for (const { number } of node.endpoints) {
    const value = ear.value(`${node.id}/${number}/${path}`);
    if (value !== undefined) return value;
  }
  return undefined;
}

function order(
  ear: Listener,
  node: NodeDescription,
  room: Room,
  command: string,
  args: Readonly<Record<string, Value>>,
): void {
  const [capability = "", verb = ""] = command.split(".");
  const able = node.endpoints.find(({ capabilities }) => capabilities[capability]?.commands[verb] !== undefined);
  if (!able) throw new Error(`no endpoint of ${node.name} takes ${command}`);
  const sent = ear.ingest.encode({ target: { node: node.id, endpoint: able.number }, capability, command: verb, args });
  if (!sent.ok) throw new Error(sent.reason);
  for (const { topic, payload } of sent.publish) room.say(topic, payload);
}

const known = new Set(dialects.map(({ name }) => name));
// ESPHome announces itself by Home Assistant's discovery.
const readBy = (kind: string): string => (kind.startsWith("esphome/") ? "ha-discovery" : (kind.split("/")[0] ?? ""));

test("each simulated kind has its line here", () => {
  const tested = new Set(Object.keys(wanted).map(kindOf));
  expect(kinds.filter((kind) => !setUps.includes(kind)).sort()).toEqual([...tested].sort());
});

describe.each(Object.entries(wanted))("the hub and a simulated %s", (title, { types, values, ask, options }) => {
  const kind = kindOf(title);
  const missing = !known.has(readBy(kind));
  if (missing) console.warn(`skipped: no dialect ${readBy(kind)} is registered for ${kind}`);

  function meet() {
    const room = new Room([{ kind, name: "Test thing", ...(options ? { options } : {}) }]);
    const ear = hub(room);
    room.run(60);
    return { room, ear, node: theNode(ear) };
  }

  test.skipIf(missing)("it is known as what it is, with its values in the house's units", () => {
    const { ear, node } = meet();
    expect(node.endpoints.flatMap(({ deviceTypes }) => deviceTypes)).toEqual(expect.arrayContaining([...types]));
    for (const [path, value] of Object.entries(values)) {
      const read = reading(ear, node, path);
      if (!Array.isArray(value)) expect([path, read]).toEqual([path, value]);
      else expect([path, Number(read) >= value[0] && Number(read) <= value[1], read]).toEqual([path, true, read]);
    }
    expect(ear.problems).toEqual([]);
  });

  test.skipIf(missing || !ask)("it obeys, and its own report proves it", () => {
    if (!ask) return;
    const { room, ear, node } = meet();
    const [command, args, path, value] = ask;
    expect(reading(ear, node, path)).not.toBe(value);
    order(ear, node, room, command, args);
    // Nothing is true before the device has said so.
    room.run(30);
    expect(reading(ear, node, path)).toBe(value);
    expect(ear.problems).toEqual([]);
  });
});
