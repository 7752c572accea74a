import { capability } from "../capability.ts";
import { percent, watts, yesNo } from "./shapes.ts";

const operation: readonly string[] = ["normal", "minimum", "maximum", "local"];
const control: readonly string[] = [
  "constantSpeed",
  "constantPressure",
  "proportionalPressure",
  "constantFlow",
  "constantTemperature",
  "automatic",
];

export const pumpConfigurationAndControl = capability({
  name: "pumpConfigurationAndControl",
  label: "Pump",
  matter: "PumpConfigurationAndControl",
  attributes: {
    running: { ...yesNo, label: "Runs", ours: true },
    fault: { ...yesNo, label: "Fault", ours: true },
    capacity: { ...percent, label: "Of its capacity" },
    speed: { type: "number", unit: "rpm", min: 0, max: 65_535, label: "Speed", kind: "measurement" },
    power: { ...watts, label: "Power", kind: "measurement" },
    lifetimeRunningHours: { type: "number", unit: "h", min: 0, max: 20_000_000, label: "Ran for", kind: "counter" },
    lifetimeEnergyConsumed: { type: "number", unit: "kWh", min: 0, max: 5_000_000, label: "Energy", kind: "counter" },
    effectiveOperationMode: { type: "enum", values: operation, label: "Works" },
    effectiveControlMode: { type: "enum", values: control, label: "Keeps" },
    operationMode: { type: "enum", values: operation, label: "Operation", writable: true },
    controlMode: { type: "enum", values: control, label: "Control", writable: true },
  },
  commands: {},
});
