import type { Blueprint } from "../../../model/blueprint/blueprint.ts";

export const blindsSummer: Blueprint = {
  inglenookBlueprint: 1,
  id: "blinds-summer",
  version: 1,
  title: "Blinds against summer heat",
  description:
    "When a room gets too warm while the sun is high, its blinds go down, and up again in the evening or once it is cooler.",
  about: "heating",
  icon: "blind",
  inputs: {
    blinds: {
      kind: "devices",
      label: "Blinds",
      has: ["windowCovering.goToLiftPercentage"],
      prefer: ["blind"],
    },
    sensor: { kind: "device", label: "Temperature of the room", has: ["temperatureMeasurement.measuredValue"] },
    warm: { kind: "number", label: "Too warm above", unit: "°C", min: 18, max: 35, step: 0.5, default: 24.5 },
    open: { kind: "number", label: "Leave open", unit: "%", min: 0, max: 60, step: 5, default: 15 },
    evening: { kind: "time", label: "Up again at the latest at", default: "20:00" },
  },
  rule: {
    form: "when",
    on: [
      {
        kind: "crosses",
        target: { input: "sensor" },
        of: "temperatureMeasurement.measuredValue",
        above: { input: "warm" },
        forMinutes: 5,
      },
    ],
    if: {
      kind: "all",
      of: [
        { kind: "formula", is: { op: ">", of: [{ now: "sunElevation" }, 15] } },
        { kind: "between", from: "06:00", to: { input: "evening" } },
      ],
    },
    do: [
      {
        kind: "command",
        target: { input: "blinds" },
        capability: "windowCovering",
        command: "goToLiftPercentage",
        args: { liftPercent: { input: "open" } },
      },
      {
        kind: "waitUntil",
        condition: {
          kind: "any",
          of: [
            { kind: "between", from: { input: "evening" }, to: "06:00" },
            {
              kind: "state",
              target: { input: "sensor" },
              of: "temperatureMeasurement.measuredValue",
              op: "<",
              value: { input: "warm", plus: -1.5 },
            },
          ],
        },
        atMostMinutes: 900,
      },
      { kind: "command", target: { input: "blinds" }, capability: "windowCovering", command: "upOrOpen" },
    ],
    mode: "single",
  },
};
