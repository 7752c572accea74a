import { capability } from "../capability.ts";
import { seconds } from "./shapes.ts";

export const operationalState = capability({
  name: "operationalState",
  label: "Appliance",
  matter: "OperationalState",
  attributes: {
    operationalState: { type: "enum", values: ["stopped", "running", "paused", "error"], label: "State" },
    currentPhase: { type: "string", maxLength: 64, label: "Part of the run" },
    countdownTime: { ...seconds, label: "Time left" },
    operationalError: { type: "string", maxLength: 64, label: "Error" },
  },
  commands: {
    start: { label: "Start", args: {}, wants: () => ({ operationalState: "running" }) },
    pause: { label: "Pause", args: {}, wants: () => ({ operationalState: "paused" }) },
    resume: { label: "Resume", args: {}, wants: () => ({ operationalState: "running" }) },
    stop: { label: "Stop", args: {}, wants: () => ({ operationalState: "stopped" }) },
  },
});
