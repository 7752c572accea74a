import { capability } from "../capability.ts";

export const temperatureMeasurement = capability({
  name: "temperatureMeasurement",
  label: "Temperature",
  matter: "TemperatureMeasurement",
  attributes: {
    measuredValue: { type: "number", unit: "degC", min: -273.15, max: 1000, label: "Temperature", kind: "measurement" },
  },
  commands: {},
});
