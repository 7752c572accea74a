import type { Blueprint } from "../../../model/blueprint/blueprint.ts";

export const leftOpen: Blueprint = {
  inglenookBlueprint: 1,
  id: "left-open",
  version: 1,
  title: "Left open while it is cold",
  description: "Tells you when a window or door stays open for long while it is cold outside.",
  about: "notice",
  icon: "door",
  inputs: {
    windows: { kind: "devices", label: "Windows and doors", kinds: ["contact"], has: ["booleanState.stateValue"] },
    outside: { kind: "device", label: "Temperature outside", has: ["temperatureMeasurement.measuredValue"] },
    cold: { kind: "number", label: "Cold is below", unit: "°C", min: -10, max: 20, default: 12 },
    minutes: { kind: "number", label: "Open for", unit: "min", min: 1, max: 240, default: 15 },
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
    if: {
      kind: "state",
      target: { input: "outside" },
      of: "temperatureMeasurement.measuredValue",
      op: "<",
      value: { input: "cold" },
    },
    do: [
      {
        kind: "notify",
        title: "A window or door is still open",
        values: [
          {
            label: "Outside",
            value: { read: "temperatureMeasurement.measuredValue", target: { input: "outside" } },
          },
        ],
        level: "warn",
      },
    ],
    mode: "parallel",
  },
};
