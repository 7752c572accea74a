import { capability } from "../capability.ts";

export const carbonMonoxideConcentrationMeasurement = capability({
  name: "carbonMonoxideConcentrationMeasurement",
  label: "CO",
  matter: "CarbonMonoxideConcentrationMeasurement",
  attributes: {
    measuredValue: { type: "number", unit: "ppm", min: 0, max: 100000, label: "CO", kind: "measurement" },
  },
  commands: {},
});
