import type { Blueprint } from "../../../model/blueprint/blueprint.ts";

export const freezerWarm: Blueprint = {
  inglenookBlueprint: 1,
  id: "freezer-warm",
  version: 1,
  title: "Freezer too warm",
  description: "Tells you when the freezer stays warmer than it should, and again every two hours while it does.",
  about: "safety",
  icon: "fridge",
  inputs: {
    sensor: {
      kind: "device",
      label: "Thermometer in the freezer",
      has: ["temperatureMeasurement.measuredValue"],
      prefer: ["refrigerator", "temperatureControlledCabinet"],
    },
    limit: { kind: "number", label: "Too warm above", unit: "°C", min: -30, max: 10, default: -15 },
    minutes: { kind: "number", label: "For so many minutes", unit: "min", min: 5, max: 240, step: 5, default: 30 },
  },
  rule: {
    form: "when",
    on: [
      {
        kind: "crosses",
        target: { input: "sensor" },
        of: "temperatureMeasurement.measuredValue",
        above: { input: "limit" },
        forMinutes: { input: "minutes" },
      },
    ],
    do: [
      {
        kind: "repeat",
        while: {
          kind: "state",
          target: { input: "sensor" },
          of: "temperatureMeasurement.measuredValue",
          op: ">",
          value: { input: "limit" },
        },
        times: 12,
        do: [
          {
            kind: "notify",
            title: "The freezer is too warm",
            values: [
              {
                label: "Now",
                value: { read: "temperatureMeasurement.measuredValue", target: { input: "sensor" } },
              },
            ],
            level: "alarm",
          },
          { kind: "wait", minutes: 120 },
        ],
      },
    ],
    mode: "single",
  },
};
