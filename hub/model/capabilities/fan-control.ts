import { capability } from "../capability.ts";
import { percent, yesNo } from "./shapes.ts";

export const fanControl = capability({
  name: "fanControl",
  label: "Fan",
  matter: "FanControl",
  attributes: {
    fanMode: {
      type: "enum",
      values: ["off", "low", "medium", "high", "on", "auto", "smart"],
      label: "Fan",
      writable: true,
    },
    percentSetting: { type: "number", unit: "%", min: 0, max: 100, label: "Speed", writable: true },
    percentCurrent: { ...percent, label: "Speed now" },
    speedSetting: { type: "number", unit: "1", min: 0, max: 100, step: 1, label: "Step", writable: true },
    speedCurrent: { type: "number", unit: "1", min: 0, max: 100, label: "Step now" },
    rockSetting: { type: "enum", values: ["still", "leftRight", "upDown", "round"], label: "Swing", writable: true },
    windSetting: { type: "enum", values: ["even", "sleepWind", "naturalWind"], label: "Wind", writable: true },
    airflowDirection: { type: "enum", values: ["forward", "reverse"], label: "Direction", writable: true },
  },
  commands: {
    step: {
      label: "One step",
      args: {
        direction: { type: "enum", values: ["increase", "decrease"], label: "To" },
        lowestOff: { ...yesNo, label: "Down to off", optional: true },
      },
      wants: () => ({}),
    },
  },
});
