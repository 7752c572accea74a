import { capability } from "../capability.ts";

export const pressureMeasurement = capability({
  name: "pressureMeasurement",
  label: "Air pressure",
  matter: "PressureMeasurement",
  attributes: {
    measuredValue: { type: "number", unit: "hPa", min: 0, max: 20000, label: "Air pressure", kind: "measurement" },
  },
  commands: {},
});
