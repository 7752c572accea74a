import { capability } from "../capability.ts";
import { moment, percent, seconds, yesNo } from "./shapes.ts";

const states: readonly string[] = ["closed", "open", "transitioning"];

export const valveConfigurationAndControl = capability({
  name: "valveConfigurationAndControl",
  label: "Valve",
  matter: "ValveConfigurationAndControl",
  attributes: {
    currentState: { type: "enum", values: states, label: "Valve" },
    targetState: { type: "enum", values: states, label: "Wanted" },
    currentLevel: { ...percent, label: "Open" },
    targetLevel: { ...percent, label: "Wanted open" },
    openDuration: { ...seconds, label: "Opened for" },
    remainingDuration: { ...seconds, label: "Closes in" },
    autoCloseTime: { ...moment, label: "Closes at" },
    defaultOpenDuration: { ...seconds, min: 1, label: "Usually open for", writable: true },
    valveFault: { ...yesNo, label: "Fault" },
  },
  commands: {
    open: {
      label: "Open",
      args: {
        openDuration: { ...seconds, min: 1, label: "For", optional: true },
        targetLevel: { ...percent, min: 1, label: "How far", optional: true },
      },
      wants: () => ({ currentState: "open" }),
      begins: { currentState: "transitioning" },
    },
    close: {
      label: "Close",
      args: {},
      wants: () => ({ currentState: "closed" }),
      begins: { currentState: "transitioning" },
    },
  },
});
