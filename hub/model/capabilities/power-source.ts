import { capability } from "../capability.ts";

/** Of a device's own battery, and of a home battery (device type batteryStorage). */
export const powerSource = capability({
  name: "powerSource",
  label: "Battery",
  matter: "PowerSource",
  attributes: {
    batPercentRemaining: { type: "number", unit: "%", min: 0, max: 100, label: "Charge", kind: "measurement" },
    batVoltage: { type: "number", unit: "V", min: 0, max: 1000, label: "Battery voltage", kind: "measurement" },
    batChargeLevel: { type: "enum", values: ["ok", "warning", "critical"], label: "Charge level" },
    batCapacity: { type: "number", unit: "kWh", min: 0, max: 1000, label: "Capacity", ours: true },
  },
  commands: {},
});
