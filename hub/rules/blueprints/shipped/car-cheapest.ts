import type { Blueprint } from "../../../model/blueprint/blueprint.ts";

export const carCheapest: Blueprint = {
  inglenookBlueprint: 1,
  id: "car-cheapest",
  version: 1,
  title: "Car charges in the cheapest hours",
  description: "Lets the car charge in the cheapest hours before it has to be ready, and in no others.",
  about: "energy",
  icon: "car",
  inputs: {
    charger: {
      kind: "device",
      label: "Charger",
      kinds: ["charger"],
      has: ["energyEvse.enableCharging", "energyEvse.disable"],
    },
    hours: { kind: "number", label: "Hours it needs", unit: "h", min: 0.5, max: 14, step: 0.5, default: 4 },
    from: { kind: "time", label: "It is plugged in from", default: "18:00" },
    to: { kind: "time", label: "Ready by", default: "07:00" },
  },
  rule: {
    form: "while",
    while: { kind: "cheapest", hours: { input: "hours" }, from: { input: "from" }, to: { input: "to" } },
    keep: [{ kind: "command", target: { input: "charger" }, capability: "energyEvse", command: "enableCharging" }],
    otherwise: [{ kind: "command", target: { input: "charger" }, capability: "energyEvse", command: "disable" }],
  },
};
