import type { Blueprint } from "../../../model/blueprint/blueprint.ts";

export const allOffAway: Blueprint = {
  inglenookBlueprint: 1,
  id: "all-off-away",
  version: 1,
  title: "Everything off when the last one leaves",
  description: "When the last person leaves, the lights and what you choose beside them go off.",
  about: "energy",
  icon: "switch",
  inputs: {
    lights: {
      kind: "devices",
      label: "Lights",
      kinds: ["light"],
      has: ["onOff.off"],
      default: { kinds: ["light"] },
    },
    others: { kind: "devices", label: "What else", has: ["onOff.off"], optional: true },
    minutes: { kind: "number", label: "After", unit: "min", min: 1, max: 60, default: 5 },
  },
  rule: {
    form: "when",
    on: [
      {
        kind: "holds",
        condition: { kind: "presence", who: "anyone", home: false },
        forMinutes: { input: "minutes" },
      },
    ],
    do: [
      { kind: "command", target: { input: "lights" }, capability: "onOff", command: "off" },
      { given: "others", use: { kind: "command", target: { input: "others" }, capability: "onOff", command: "off" } },
    ],
    mode: "single",
  },
};
