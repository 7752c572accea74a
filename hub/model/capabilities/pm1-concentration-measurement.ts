import { capability } from "../capability.ts";

export const pm1ConcentrationMeasurement = capability({
  name: "pm1ConcentrationMeasurement",
  label: "PM1",
  matter: "Pm1ConcentrationMeasurement",
  attributes: {
    measuredValue: { type: "number", unit: "µg/m3", min: 0, max: 10000, label: "PM1", kind: "measurement" },
  },
  commands: {},
});
