import type { Blueprint } from "../../../model/blueprint/blueprint.ts";

export const windowHeating: Blueprint = {
  inglenookBlueprint: 1,
  id: "window-heating",
  version: 1,
  title: "Window open, heating off",
  description:
    "When a window has been open for some minutes, the thermostat of the room goes back to a frost-safe temperature; once all windows are closed, it gets what it had before.",
  about: "heating",
  icon: "door",
  inputs: {
    windows: {
      kind: "devices",
      label: "Windows",
      kinds: ["contact"],
      has: ["booleanState.stateValue"],
    },
    thermostat: {
      kind: "device",
      label: "Thermostat",
      has: ["thermostat.occupiedHeatingSetpoint"],
      prefer: ["thermostat"],
    },
    minutes: { kind: "number", label: "Open for", unit: "min", min: 0.5, max: 60, default: 3 },
    low: { kind: "number", label: "Meanwhile", unit: "°C", min: 7, max: 18, step: 0.5, default: 8 },
  },
  rule: {
    form: "when",
    on: [
      {
        kind: "becomes",
        target: { input: "windows" },
        of: "booleanState.stateValue",
        to: false,
        forMinutes: { input: "minutes" },
      },
    ],
    variables: { before: { read: "thermostat.occupiedHeatingSetpoint", target: { input: "thermostat" } } },
    do: [
      {
        kind: "command",
        target: { input: "thermostat" },
        capability: "thermostat",
        command: "set",
        args: { occupiedHeatingSetpoint: { input: "low" } },
      },
      {
        kind: "waitUntil",
        condition: {
          kind: "state",
          target: { input: "windows" },
          of: "booleanState.stateValue",
          op: "=",
          value: true,
          every: true,
        },
        atMostMinutes: 1440,
      },
      {
        kind: "command",
        target: { input: "thermostat" },
        capability: "thermostat",
        command: "set",
        args: { occupiedHeatingSetpoint: { variable: "before" } },
      },
    ],
    mode: "single",
  },
};
