import { capability } from "../capability.ts";

export const soilMeasurement = capability({
  name: "soilMeasurement",
  label: "Soil moisture",
  matter: "SoilMeasurement",
  attributes: {
    soilMoistureMeasuredValue: {
      type: "number",
      unit: "%",
      min: 0,
      max: 100,
      label: "Soil moisture",
      kind: "measurement",
    },
  },
  commands: {},
});
