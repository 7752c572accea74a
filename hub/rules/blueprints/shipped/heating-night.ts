import type { Blueprint } from "../../../model/blueprint/blueprint.ts";

export const heatingNight: Blueprint = {
  inglenookBlueprint: 1,
  id: "heating-night",
  version: 1,
  title: "Heating back at night",
  description: "The heating goes back in the evening and up again in the morning, on the days that you choose.",
  about: "heating",
  icon: "heat",
  inputs: {
    thermostats: {
      kind: "devices",
      label: "Thermostats",
      has: ["thermostat.occupiedHeatingSetpoint"],
      prefer: ["thermostat"],
    },
    evening: { kind: "time", label: "Back at", default: "22:00" },
    night: { kind: "number", label: "At night", unit: "°C", min: 10, max: 22, step: 0.5, default: 18 },
    morning: { kind: "time", label: "Up at", default: "06:00" },
    day: { kind: "number", label: "By day", unit: "°C", min: 15, max: 26, step: 0.5, default: 20.5 },
    days: { kind: "weekdays", label: "Up on these days", default: [1, 2, 3, 4, 5, 6, 7] },
  },
  rule: {
    form: "when",
    on: [
      { kind: "time", id: "evening", at: { input: "evening" }, late: "catchUp" },
      { kind: "time", id: "morning", at: { input: "morning" }, weekdays: { input: "days" }, late: "catchUp" },
    ],
    do: [
      {
        kind: "choose",
        options: [
          {
            if: { kind: "trigger", id: "evening" },
            do: [
              {
                kind: "command",
                target: { input: "thermostats" },
                capability: "thermostat",
                command: "set",
                args: { occupiedHeatingSetpoint: { input: "night" } },
              },
            ],
          },
        ],
        otherwise: [
          {
            kind: "command",
            target: { input: "thermostats" },
            capability: "thermostat",
            command: "set",
            args: { occupiedHeatingSetpoint: { input: "day" } },
          },
        ],
      },
    ],
    mode: "restart",
  },
};
