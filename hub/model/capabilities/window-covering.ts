import { capability } from "../capability.ts";
import { percent, yesNo } from "./shapes.ts";

/** 100 % is open here, as people and every MQTT maker say; Matter counts from open (0) to closed (100), converted in its adapter. */
export const windowCovering = capability({
  name: "windowCovering",
  label: "Window covering",
  matter: "WindowCovering",
  attributes: {
    currentPositionLiftPercentage: { type: "number", unit: "%", min: 0, max: 100, label: "Open" },
    currentPositionTiltPercentage: { type: "number", unit: "%", min: 0, max: 100, label: "Tilt open" },
    operationalStatus: { type: "enum", values: ["stopped", "opening", "closing"], label: "Movement" },
    safetyStatus: { ...yesNo, label: "Blocked or faulty" },
  },
  commands: {
    upOrOpen: {
      label: "Open",
      args: {},
      wants: () => ({ currentPositionLiftPercentage: 100 }),
      begins: { operationalStatus: "opening" },
    },
    downOrClose: {
      label: "Close",
      args: {},
      wants: () => ({ currentPositionLiftPercentage: 0 }),
      begins: { operationalStatus: "closing" },
    },
    stopMotion: { label: "Stop", args: {}, wants: () => ({}) },
    goToLiftPercentage: {
      label: "Set position",
      args: { liftPercent: { ...percent, label: "Open" } },
      wants: (args) => ({ currentPositionLiftPercentage: args.liftPercent ?? 0 }),
    },
    goToTiltPercentage: {
      label: "Set tilt",
      args: { tiltPercent: { ...percent, label: "Tilt open" } },
      wants: (args) => ({ currentPositionTiltPercentage: args.tiltPercent ?? 0 }),
    },
  },
});
