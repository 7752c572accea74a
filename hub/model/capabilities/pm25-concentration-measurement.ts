import { capability } from "../capability.ts";

export const pm25ConcentrationMeasurement = capability({
  name: "pm25ConcentrationMeasurement",
  label: "PM2.5",
  matter: "Pm25ConcentrationMeasurement",
  attributes: {
    measuredValue: { type: "number", unit: "µg/m3", min: 0, max: 10000, label: "PM2.5", kind: "measurement" },
  },
  commands: {},
});
