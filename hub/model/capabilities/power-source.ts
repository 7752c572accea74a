import { capability } from "../capability.ts";
import { seconds, yesNo } from "./shapes.ts";

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
    batChargeState: {
      type: "enum",
      values: ["unknown", "isCharging", "isAtFullCharge", "isNotCharging"],
      label: "Charging",
    },
    batChargingCurrent: {
      type: "number",
      unit: "A",
      min: 0,
      max: 10_000,
      label: "Charging current",
      kind: "measurement",
    },
    batTimeRemaining: { ...seconds, label: "Lasts for" },
    batTimeToFullCharge: { ...seconds, label: "Full in" },
    batReplacementNeeded: { ...yesNo, label: "Replace the battery" },
    batReplacementDescription: { type: "string", maxLength: 60, label: "Battery to buy" },
    batQuantity: { type: "number", unit: "1", min: 0, max: 255, label: "Batteries" },
    batPresent: { ...yesNo, label: "Battery in place" },
    batFault: { ...yesNo, label: "Battery fault", ours: true },
    status: { type: "enum", values: ["unspecified", "active", "standby", "unavailable"], label: "Source" },
    wiredPresent: { ...yesNo, label: "Mains" },
  },
  commands: {},
});
