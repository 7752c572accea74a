import { capability } from "../capability.ts";

export const formaldehydeConcentrationMeasurement = capability({
  name: "formaldehydeConcentrationMeasurement",
  label: "Formaldehyde",
  matter: "FormaldehydeConcentrationMeasurement",
  attributes: {
    measuredValue: { type: "number", unit: "mg/m3", min: 0, max: 1000, label: "Formaldehyde", kind: "measurement" },
  },
  commands: {},
});
