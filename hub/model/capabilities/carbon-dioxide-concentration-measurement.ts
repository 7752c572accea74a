import { capability } from "../capability.ts";

export const carbonDioxideConcentrationMeasurement = capability({
  name: "carbonDioxideConcentrationMeasurement",
  label: "CO2",
  matter: "CarbonDioxideConcentrationMeasurement",
  attributes: {
    measuredValue: { type: "number", unit: "ppm", min: 0, max: 100000, label: "CO2", kind: "measurement" },
  },
  commands: {},
});
