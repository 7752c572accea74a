import type { Blueprint } from "../../../model/blueprint/blueprint.ts";

export const carSun: Blueprint = {
  inglenookBlueprint: 1,
  id: "car-sun",
  version: 1,
  title: "Car charges from the sun",
  description:
    "Lets the car charge while enough sun would leave the house. Below a least charge, or in the cheapest hours of the night, it charges from the grid as well, if you wish.",
  about: "energy",
  icon: "car",
  inputs: {
    charger: {
      kind: "device",
      label: "Charger",
      kinds: ["charger"],
      has: ["energyEvse.enableCharging", "energyEvse.disable", "energyEvse.supplyState"],
    },
    surplus: {
      kind: "number",
      label: "Begin when more leaves the house than",
      hint: "A car takes about 1,400 W at least",
      unit: "W",
      min: 500,
      max: 22000,
      step: 100,
      default: 1400,
    },
    bought: {
      kind: "number",
      label: "Allow so much to be bought",
      unit: "W",
      min: 0,
      max: 5000,
      step: 50,
      default: 300,
    },
    charge: {
      kind: "device",
      label: "What tells the car's charge",
      hint: "Left out: the floor below does not count",
      has: ["energyEvse.stateOfCharge"],
      prefer: ["charger"],
      optional: true,
    },
    floor: {
      kind: "number",
      label: "Charge at once below",
      unit: "%",
      min: 5,
      max: 90,
      step: 5,
      default: 30,
    },
    hours: {
      kind: "number",
      label: "Charge in the cheapest hours of the night too",
      hint: "So many hours between 22:00 and 06:00; left out: never",
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
            {
              kind: "state",
              target: { input: "charger" },
              of: "energyEvse.supplyState",
              op: "=",
              value: "chargingEnabled",
            },
            { kind: "surplusAbove", watts: { input: "bought", times: -1 } },
          ],
        },
        {
          given: "charge",
          use: {
            kind: "state",
            target: { input: "charge" },
            of: "energyEvse.stateOfCharge",
            op: "<",
            value: { input: "floor" },
          },
        },
        { given: "hours", use: { kind: "cheapest", hours: { input: "hours" }, from: "22:00", to: "06:00" } },
      ],
    },
    keep: [{ kind: "command", target: { input: "charger" }, capability: "energyEvse", command: "enableCharging" }],
    otherwise: [{ kind: "command", target: { input: "charger" }, capability: "energyEvse", command: "disable" }],
  },
};
