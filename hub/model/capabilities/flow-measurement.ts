import { capability } from "../capability.ts";

export const flowMeasurement = capability({
  name: "flowMeasurement",
  label: "Flow",
  matter: "FlowMeasurement",
  attributes: {
    measuredValue: { type: "number", unit: "m3/h", min: 0, max: 10000, label: "Flow", kind: "measurement" },
  },
  commands: {},
});
