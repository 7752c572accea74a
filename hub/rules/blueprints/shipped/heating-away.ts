import type { Blueprint } from "../../../model/blueprint/blueprint.ts";

export const heatingAway: Blueprint = {
  inglenookBlueprint: 1,
  id: "heating-away",
  version: 1,
  title: "Heating back when nobody is home",
  description:
    "Once everybody has been gone for a while, the heating goes back; as soon as somebody comes home, it goes up again.",
  about: "heating",
  icon: "thermostat",
  inputs: {
    thermostats: {
      kind: "devices",
      label: "Thermostats",
      has: ["thermostat.occupiedHeatingSetpoint"],
      prefer: ["thermostat"],
    },
    away: { kind: "number", label: "While nobody is home", unit: "°C", min: 7, max: 22, step: 0.5, default: 17 },
    home: { kind: "number", label: "When somebody is home", unit: "°C", min: 15, max: 26, step: 0.5, default: 20.5 },
    minutes: { kind: "number", label: "After so many minutes", unit: "min", min: 1, max: 240, default: 20 },
  },
  rule: {
    form: "when",
    on: [
      {
        kind: "holds",
        condition: { kind: "presence", who: "anyone", home: false },
        forMinutes: { input: "minutes" },
      },
      { kind: "presence", who: "anyone", does: "comes" },
    ],
    do: [
      {
        kind: "choose",
        options: [
          {
            if: { kind: "presence", who: "anyone", home: false },
            do: [
              {
                kind: "command",
                target: { input: "thermostats" },
                capability: "thermostat",
                command: "set",
                args: { occupiedHeatingSetpoint: { input: "away" } },
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
            args: { occupiedHeatingSetpoint: { input: "home" } },
          },
        ],
      },
    ],
    mode: "restart",
  },
};
