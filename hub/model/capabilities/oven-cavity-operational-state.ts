import { capability } from "../capability.ts";
import { seconds } from "./shapes.ts";

/** An oven is read and stopped: heat is never started from afar, so `start` is not in the vocabulary. */
export const ovenCavityOperationalState = capability({
  name: "ovenCavityOperationalState",
  label: "Oven",
  matter: "OvenCavityOperationalState",
  attributes: {
    operationalState: { type: "enum", values: ["stopped", "running", "paused", "error"], label: "State" },
    currentPhase: { type: "string", maxLength: 64, label: "Part of the run" },
    countdownTime: { ...seconds, label: "Time left" },
    operationalError: { type: "string", maxLength: 64, label: "Error" },
  },
  commands: {
    stop: { label: "Stop", args: {}, wants: () => ({ operationalState: "stopped" }) },
  },
});
