import type { Blueprint } from "../../../model/blueprint/blueprint.ts";

export const leftOpenAsk: Blueprint = {
  inglenookBlueprint: 1,
  id: "left-open-ask",
  version: 1,
  title: "Left home with a window open",
  description:
    "When the last one has left and a window still stands open, it asks whether the heating shall go back until somebody comes home. Without an answer all stays as it is.",
  about: "heating",
  icon: "door",
  inputs: {
    windows: { kind: "devices", label: "Windows", kinds: ["contact"], has: ["booleanState.stateValue"] },
    thermostats: {
      kind: "devices",
      label: "Thermostats",
      has: ["thermostat.occupiedHeatingSetpoint"],
      prefer: ["thermostat"],
    },
    low: { kind: "number", label: "Meanwhile", unit: "°C", min: 7, max: 20, step: 0.5, default: 15 },
    home: { kind: "number", label: "When somebody is home", unit: "°C", min: 15, max: 26, step: 0.5, default: 20.5 },
    minutes: { kind: "number", label: "Wait for an answer", unit: "min", min: 5, max: 240, default: 60 },
  },
  rule: {
    form: "when",
    on: [{ kind: "presence", who: "anyone", does: "leaves" }],
    if: { kind: "state", target: { input: "windows" }, of: "booleanState.stateValue", op: "=", value: false },
    do: [
      {
        kind: "ask",
        title: "A window is open and nobody is home: lower the heating?",
        atMostMinutes: { input: "minutes" },
        answers: [
          {
            name: "Lower it",
            do: [
              {
                kind: "command",
                target: { input: "thermostats" },
                capability: "thermostat",
                command: "set",
                args: { occupiedHeatingSetpoint: { input: "low" } },
              },
              {
                kind: "waitUntil",
                condition: { kind: "presence", who: "anyone", home: true },
                atMostMinutes: 1440,
              },
              {
                kind: "command",
                target: { input: "thermostats" },
                capability: "thermostat",
                command: "set",
                args: { occupiedHeatingSetpoint: { input: "home" } },
              },
            ],
          },
          { name: "Leave it", do: [] },
        ],
      },
    ],
    mode: "restart",
  },
};
