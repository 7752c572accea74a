import { capability } from "../capability.ts";
import { yesNo } from "./shapes.ts";

export const refrigeratorAlarm = capability({
  name: "refrigeratorAlarm",
  label: "Refrigerator alarm",
  matter: "RefrigeratorAlarm",
  attributes: {
    state: { ...yesNo, label: "Alarm" },
    doorOpen: { ...yesNo, label: "Door left open", ours: true },
  },
  commands: {},
});
