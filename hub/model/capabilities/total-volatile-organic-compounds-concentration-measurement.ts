import { capability } from "../capability.ts";

export const totalVolatileOrganicCompoundsConcentrationMeasurement = capability({
  name: "totalVolatileOrganicCompoundsConcentrationMeasurement",
  label: "VOC",
  matter: "TotalVolatileOrganicCompoundsConcentrationMeasurement",
  attributes: {
    measuredValue: { type: "number", unit: "ppb", min: 0, max: 1000000, label: "VOC", kind: "measurement" },
  },
  commands: {},
});
