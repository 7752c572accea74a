import type { Blueprint } from "../../../model/blueprint/blueprint.ts";

export const batteryEvening: Blueprint = {
  inglenookBlueprint: 1,
  id: "battery-evening",
  version: 1,
  title: "Battery kept for the evening",
  description:
    "Holds the home battery while its charge is below what you want in the evening, so that it is not spent before the dear hours begin. Sun that is left over still goes into it.",
  about: "energy",
  icon: "battery",
  inputs: {
    battery: {
      kind: "device",
      label: "Battery",
      kinds: ["batteryStorage"],
      has: ["batteryControl.mode", "powerSource.batPercentRemaining", "electricalPowerMeasurement.activePower"],
    },
    charge: { kind: "number", label: "Keep at least", unit: "%", min: 10, max: 100, step: 5, default: 60 },
    from: { kind: "time", label: "From", default: "08:00" },
    to: { kind: "time", label: "Until the dear hours begin at", default: "17:00" },
  },
  rule: {
    form: "while",
    while: {
      kind: "all",
      of: [
        { kind: "between", from: { input: "from" }, to: { input: "to" } },
        {
          kind: "state",
          target: { input: "battery" },
          of: "powerSource.batPercentRemaining",
          op: "<=",
          value: { input: "charge" },
        },
        // Sun that is left over still goes into it: what leaves the house and what the battery takes are counted as one.
        {
          kind: "formula",
          is: {
            op: "<",
            of: [
              {
                op: "+",
                of: [
                  { now: "surplus" },
                  { read: "electricalPowerMeasurement.activePower", target: { input: "battery" } },
                ],
              },
              50,
            ],
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
        args: { mode: "hold" },
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
