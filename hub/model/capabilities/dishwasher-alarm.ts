import { capability } from "../capability.ts";
import { yesNo } from "./shapes.ts";

export const dishwasherAlarm = capability({
  name: "dishwasherAlarm",
  label: "Dishwasher alarm",
  matter: "DishwasherAlarm",
  attributes: {
    state: { ...yesNo, label: "Alarm" },
    inflowError: { ...yesNo, label: "No water comes in", ours: true },
    drainError: { ...yesNo, label: "Does not drain", ours: true },
    doorError: { ...yesNo, label: "Door not shut", ours: true },
    tempTooLow: { ...yesNo, label: "Too cold", ours: true },
    tempTooHigh: { ...yesNo, label: "Too hot", ours: true },
    waterLevelError: { ...yesNo, label: "Wrong water level", ours: true },
  },
  commands: {},
});
