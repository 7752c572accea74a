import type { Blueprint } from "../../../model/blueprint/blueprint.ts";

export const carPeakGuard: Blueprint = {
  inglenookBlueprint: 1,
  id: "car-peak-guard",
  version: 1,
  title: "Car waits while the house draws too much",
  description:
    "When the house takes more than a limit from the grid, the car stops charging, and goes on once the house has been calm for a while.",
  about: "energy",
  icon: "car",
  inputs: {
    meter: {
      kind: "device",
      label: "House meter",
      has: ["electricalPowerMeasurement.activePower"],
      prefer: ["electricalMeter", "electricalUtilityMeter", "meterReferencePoint"],
    },
    charger: {
      kind: "device",
      label: "Charger",
      kinds: ["charger"],
      has: ["energyEvse.enableCharging", "energyEvse.disable", "energyEvse.supplyState"],
    },
    limit: { kind: "number", label: "At most", unit: "W", min: 1000, max: 60000, step: 100, default: 9000 },
    calm: {
      kind: "number",
      label: "Go on below",
      hint: "So low that the car fits beside it",
      unit: "W",
      min: 0,
      max: 50000,
      step: 100,
      default: 4000,
    },
    minutes: { kind: "number", label: "After so many calm minutes", unit: "min", min: 1, max: 60, default: 10 },
  },
  rule: {
    form: "when",
    on: [
      {
        kind: "crosses",
        target: { input: "meter" },
        of: "electricalPowerMeasurement.activePower",
        above: { input: "limit" },
        forMinutes: 0.5,
      },
    ],
    if: {
      kind: "state",
      target: { input: "charger" },
      of: "energyEvse.supplyState",
      op: "=",
      value: "chargingEnabled",
    },
    do: [
      { kind: "command", target: { input: "charger" }, capability: "energyEvse", command: "disable" },
      {
        kind: "waitUntil",
        condition: {
          kind: "state",
          target: { input: "meter" },
          of: "electricalPowerMeasurement.activePower",
          op: "<",
          value: { input: "calm" },
          forMinutes: { input: "minutes" },
        },
        atMostMinutes: 720,
      },
      { kind: "command", target: { input: "charger" }, capability: "energyEvse", command: "enableCharging" },
    ],
    mode: "single",
  },
};
