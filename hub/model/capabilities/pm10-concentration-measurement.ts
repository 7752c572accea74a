import { capability } from "../capability.ts";

export const pm10ConcentrationMeasurement = capability({
  name: "pm10ConcentrationMeasurement",
  label: "PM10",
  matter: "Pm10ConcentrationMeasurement",
  attributes: {
    measuredValue: { type: "number", unit: "µg/m3", min: 0, max: 10000, label: "PM10", kind: "measurement" },
  },
  commands: {},
});
