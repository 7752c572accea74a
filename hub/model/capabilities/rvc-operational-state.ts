import { capability } from "../capability.ts";
import { seconds } from "./shapes.ts";

export const rvcOperationalState = capability({
  name: "rvcOperationalState",
  label: "Robot vacuum",
  matter: "RvcOperationalState",
  attributes: {
    operationalState: {
      type: "enum",
      values: [
        "stopped",
        "running",
        "paused",
        "error",
        "seekingCharger",
        "charging",
        "docked",
        "emptyingDustBin",
        "cleaningMop",
        "fillingWaterTank",
        "updatingMaps",
      ],
      label: "State",
    },
    currentPhase: { type: "string", maxLength: 64, label: "Part of the run" },
    countdownTime: { ...seconds, label: "Time left" },
    operationalError: { type: "string", maxLength: 64, label: "Error" },
  },
  commands: {
    pause: { label: "Pause", args: {}, wants: () => ({ operationalState: "paused" }) },
    resume: { label: "Resume", args: {}, wants: () => ({ operationalState: "running" }) },
    goHome: {
      label: "To the dock",
      args: {},
      wants: () => ({ operationalState: "docked" }),
      begins: { operationalState: "seekingCharger" },
    },
  },
});
