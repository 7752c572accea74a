import type { Blueprint } from "../../../model/blueprint/blueprint.ts";

export const waterHeaterCheapest: Blueprint = {
  inglenookBlueprint: 1,
  id: "water-heater-cheapest",
  version: 1,
  title: "Hot water in the cheapest hours",
  description:
    "Heats the water in the cheapest hours of each day and leaves it off in all others. Choose as many hours as the tank needs to get hot, with one to spare.",
  about: "energy",
  icon: "water",
  inputs: {
    heater: { kind: "device", label: "Water heater", kinds: ["waterHeater"], has: ["onOff.on", "onOff.off"] },
    hours: { kind: "number", label: "Hours a day", unit: "h", min: 0.5, max: 20, step: 0.5, default: 4 },
    from: {
      kind: "time",
      label: "Day begins at",
      hint: "The cheapest hours are looked for from here on",
      default: "20:00",
    },
    to: { kind: "time", label: "Hot at the latest by", default: "19:30" },
  },
  rule: {
    form: "while",
    while: { kind: "cheapest", hours: { input: "hours" }, from: { input: "from" }, to: { input: "to" } },
    keep: [{ kind: "command", target: { input: "heater" }, capability: "onOff", command: "on" }],
    otherwise: [{ kind: "command", target: { input: "heater" }, capability: "onOff", command: "off" }],
  },
};
