import type { Blueprint } from "../../../model/blueprint/blueprint.ts";

export const batteryCheapest: Blueprint = {
  inglenookBlueprint: 1,
  id: "battery-cheapest",
  version: 1,
  title: "Battery fills up in the cheapest hours",
  description:
    "Charges the home battery from the grid in the cheapest hours of the night, up to a charge, and lets it serve the house at all other times. It pays where the night is far cheaper than the evening, or before a storm.",
  about: "energy",
  icon: "battery",
  inputs: {
    battery: {
      kind: "device",
      label: "Battery",
      kinds: ["batteryStorage"],
      has: ["batteryControl.mode", "powerSource.batPercentRemaining"],
    },
    charge: { kind: "number", label: "Up to", unit: "%", min: 10, max: 100, step: 5, default: 80 },
    hours: { kind: "number", label: "In the cheapest hours", unit: "h", min: 0.5, max: 12, step: 0.5, default: 3 },
    from: { kind: "time", label: "From", default: "21:00" },
    to: { kind: "time", label: "To", default: "07:00" },
    months: {
      kind: "choice",
      label: "When",
      options: [
        { value: "winter", label: "from October to March, when there is little sun" },
        { value: "always", label: "all year" },
      ],
      default: "winter",
    },
  },
  rule: {
    form: "while",
    while: {
      kind: "all",
      of: [
        { kind: "cheapest", hours: { input: "hours" }, from: { input: "from" }, to: { input: "to" } },
        {
          kind: "state",
          target: { input: "battery" },
          of: "powerSource.batPercentRemaining",
          op: "<",
          value: { input: "charge" },
        },
        {
          choice: "months",
          of: {
            winter: { kind: "date", from: "10-01", to: "03-31" },
            always: { kind: "date", from: "01-01", to: "12-31" },
          },
        },
      ],
    },
    keep: [
      {
        kind: "command",
        target: { input: "battery" },
        capability: "batteryControl",
        command: "set",
        args: { mode: "chargeFromGrid" },
      },
    ],
    otherwise: [
      {
        kind: "command",
        target: { input: "battery" },
        capability: "batteryControl",
        command: "set",
        args: { mode: "followLoad" },
      },
    ],
  },
};
