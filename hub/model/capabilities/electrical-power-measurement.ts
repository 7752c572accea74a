import { capability } from "../capability.ts";

/** Positive is imported by the endpoint, negative is exported. */
export const electricalPowerMeasurement = capability({
  name: "electricalPowerMeasurement",
  label: "Power",
  matter: "ElectricalPowerMeasurement",
  attributes: {
    activePower: { type: "number", unit: "W", min: -1000000, max: 1000000, label: "Power", kind: "measurement" },
    voltage: { type: "number", unit: "V", min: -100000, max: 100000, label: "Voltage", kind: "measurement" },
    activeCurrent: { type: "number", unit: "A", min: -10000, max: 10000, label: "Current", kind: "measurement" },
    reactivePower: {
      type: "number",
      unit: "var",
      min: -1000000,
      max: 1000000,
      label: "Reactive power",
      kind: "measurement",
    },
    apparentPower: {
      type: "number",
      unit: "VA",
      min: -1000000,
      max: 1000000,
      label: "Apparent power",
      kind: "measurement",
    },
    frequency: { type: "number", unit: "Hz", min: 0, max: 1000, label: "Frequency", kind: "measurement" },
    powerFactor: { type: "number", unit: "%", min: -100, max: 100, label: "Power factor", kind: "measurement" },
  },
  commands: {},
});
