import { capability } from "../capability.ts";

/** Lifetime counters. A counter that restarts by session or day is none of these. */
export const electricalEnergyMeasurement = capability({
  name: "electricalEnergyMeasurement",
  label: "Energy",
  matter: "ElectricalEnergyMeasurement",
  attributes: {
    cumulativeEnergyImported: {
      type: "number",
      unit: "kWh",
      min: 0,
      max: 100000000,
      label: "Imported",
      kind: "counter",
    },
    cumulativeEnergyExported: {
      type: "number",
      unit: "kWh",
      min: 0,
      max: 100000000,
      label: "Exported",
      kind: "counter",
    },
  },
  commands: {},
});
