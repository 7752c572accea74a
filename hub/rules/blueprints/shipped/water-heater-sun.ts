import type { Blueprint } from "../../../model/blueprint/blueprint.ts";

export const waterHeaterSun: Blueprint = {
  inglenookBlueprint: 1,
  id: "water-heater-sun",
  version: 1,
  title: "Surplus sun into hot water",
  description:
    "Turns the water heater on when enough sun would leave the house, and off again once it has to be bought. So that there is hot water after a dark day, it can heat in the cheapest hours of the night as well.",
  about: "energy",
  icon: "sun",
  inputs: {
    heater: { kind: "device", label: "Water heater", kinds: ["waterHeater"], has: ["onOff.on", "onOff.off"] },
    surplus: {
      kind: "number",
      label: "Begin when more leaves the house than",
      hint: "About the power of the heater",
      unit: "W",
      min: 200,
      max: 20000,
      step: 100,
      default: 1800,
    },
    bought: {
      kind: "number",
      label: "Allow so much to be bought",
      unit: "W",
      min: 0,
      max: 5000,
      step: 50,
      default: 200,
    },
    hours: {
      kind: "number",
      label: "Heat in the cheapest hours of the night too",
      hint: "So many hours between 22:00 and 06:00; left out: only sun",
      unit: "h",
      min: 0.5,
      max: 8,
      step: 0.5,
      optional: true,
    },
  },
  rule: {
    form: "while",
    while: {
      kind: "any",
      of: [
        { kind: "surplusAbove", watts: { input: "surplus" } },
        {
          kind: "all",
          of: [
            { kind: "state", target: { input: "heater" }, of: "onOff.onOff", op: "=", value: true },
            { kind: "surplusAbove", watts: { input: "bought", times: -1 } },
          ],
        },
        { given: "hours", use: { kind: "cheapest", hours: { input: "hours" }, from: "22:00", to: "06:00" } },
      ],
    },
    keep: [{ kind: "command", target: { input: "heater" }, capability: "onOff", command: "on" }],
    otherwise: [{ kind: "command", target: { input: "heater" }, capability: "onOff", command: "off" }],
  },
};
