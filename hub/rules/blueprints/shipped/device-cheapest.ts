import type { Blueprint } from "../../../model/blueprint/blueprint.ts";

export const deviceCheapest: Blueprint = {
  inglenookBlueprint: 1,
  id: "device-cheapest",
  version: 1,
  title: "A device runs in the cheapest hours",
  description:
    "For what has to run some hours a day and does not mind when: a pool pump, a dehumidifier, a battery charger.",
  about: "energy",
  icon: "plug",
  inputs: {
    plug: { kind: "device", label: "Device", has: ["onOff.on", "onOff.off"], prefer: ["pump", "plug"] },
    hours: { kind: "number", label: "Hours a day", unit: "h", min: 0.5, max: 23, step: 0.5, default: 6 },
    from: { kind: "time", label: "From", default: "00:00" },
    to: { kind: "time", label: "To", default: "23:59" },
  },
  rule: {
    form: "while",
    while: { kind: "cheapest", hours: { input: "hours" }, from: { input: "from" }, to: { input: "to" } },
    keep: [{ kind: "command", target: { input: "plug" }, capability: "onOff", command: "on" }],
    otherwise: [{ kind: "command", target: { input: "plug" }, capability: "onOff", command: "off" }],
  },
};
