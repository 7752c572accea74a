import { capability } from "../capability.ts";

export const illuminanceMeasurement = capability({
  name: "illuminanceMeasurement",
  label: "Light level",
  matter: "IlluminanceMeasurement",
  attributes: {
    measuredValue: { type: "number", unit: "lx", min: 0, max: 200000, label: "Light level", kind: "measurement" },
  },
  commands: {},
});
