import { capability } from "../capability.ts";

export const relativeHumidityMeasurement = capability({
  name: "relativeHumidityMeasurement",
  label: "Humidity",
  matter: "RelativeHumidityMeasurement",
  attributes: {
    measuredValue: { type: "number", unit: "%", min: 0, max: 100, label: "Humidity", kind: "measurement" },
  },
  commands: {},
});
