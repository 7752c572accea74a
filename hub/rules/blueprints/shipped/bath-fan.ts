import type { Blueprint } from "../../../model/blueprint/blueprint.ts";

export const bathFan: Blueprint = {
  inglenookBlueprint: 1,
  id: "bath-fan",
  version: 1,
  title: "Fan while it is damp",
  description: "Runs a fan when the air of a bathroom or cellar gets damp, until it is dry again.",
  about: "other",
  icon: "fan",
  inputs: {
    sensor: { kind: "device", label: "Humidity", has: ["relativeHumidityMeasurement.measuredValue"] },
    fan: { kind: "device", label: "Fan", has: ["onOff.on", "onOff.off"], prefer: ["fan"] },
    damp: { kind: "number", label: "On above", unit: "%", min: 40, max: 95, default: 68 },
    dry: { kind: "number", label: "Off below", unit: "%", min: 30, max: 90, default: 58 },
    most: { kind: "number", label: "At most", unit: "min", min: 10, max: 600, step: 10, default: 120 },
  },
  rule: {
    form: "when",
    on: [
      {
        kind: "crosses",
        target: { input: "sensor" },
        of: "relativeHumidityMeasurement.measuredValue",
        above: { input: "damp" },
      },
    ],
    do: [
      { kind: "command", target: { input: "fan" }, capability: "onOff", command: "on" },
      {
        kind: "waitUntil",
        condition: {
          kind: "state",
          target: { input: "sensor" },
          of: "relativeHumidityMeasurement.measuredValue",
          op: "<",
          value: { input: "dry" },
        },
        atMostMinutes: { input: "most" },
      },
      { kind: "command", target: { input: "fan" }, capability: "onOff", command: "off" },
    ],
    mode: "single",
  },
};
