import { capability } from "../capability.ts";

export const operationalState = capability({
  name: "operationalState",
  label: "Appliance",
  matter: "OperationalState",
  attributes: {
    operationalState: { type: "enum", values: ["stopped", "running", "paused", "error"], label: "State" },
  },
  commands: {
    start: { label: "Start", args: {}, wants: () => ({ operationalState: "running" }) },
    pause: { label: "Pause", args: {}, wants: () => ({ operationalState: "paused" }) },
    resume: { label: "Resume", args: {}, wants: () => ({ operationalState: "running" }) },
    stop: { label: "Stop", args: {}, wants: () => ({ operationalState: "stopped" }) },
  },
});
