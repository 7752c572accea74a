import type { NodeDescription } from "../../../hub/model/node.ts";

export const at = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, { source: "test" }]));
export const able = (attributes: readonly string[], commands: readonly string[] = []) => ({
  attributes: at(attributes),
  commands: at(commands),
});

export function device(
  id: string,
  name: string,
  kind: string,
  capabilities: Record<string, ReturnType<typeof able>>,
): NodeDescription {
  const endpoints = [{ number: 1, deviceTypes: [kind], capabilities }];
  return { id, name, adapter: "mqtt", dialect: "test", addresses: [], endpoints };
}

export const switching = able(["onOff"], ["on", "off", "toggle"]);
export const lamp = device("mqtt-lamp", "Reading lamp", "dimmableLight", {
  onOff: switching,
  levelControl: able(["currentLevel"], ["moveToLevel"]),
});
export const plug = device("mqtt-plug", "Kettle", "onOffPlugInUnit", {
  onOff: switching,
  electricalPowerMeasurement: able(["activePower"]),
});
export const climate = device("mqtt-climate", "Bath", "temperatureSensor", {
  temperatureMeasurement: able(["measuredValue"]),
  relativeHumidityMeasurement: able(["measuredValue"]),
});
export const valve = device("mqtt-valve", "Radiator", "thermostat", {
  thermostat: able(["localTemperature", "occupiedHeatingSetpoint", "systemMode"], ["set"]),
});
export const button = device("mqtt-button", "Bedside button", "genericSwitch", { switch: able(["event"]) });

export const lampOn = { "mqtt-lamp/1/onOff.onOff": true, "mqtt-lamp/1/levelControl.currentLevel": 40 };
