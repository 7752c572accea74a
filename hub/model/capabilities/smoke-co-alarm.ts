import { capability } from "../capability.ts";
import { moment, yesNo } from "./shapes.ts";

const levels: readonly string[] = ["normal", "warning", "critical"];

export const smokeCoAlarm = capability({
  name: "smokeCoAlarm",
  label: "Smoke and CO alarm",
  matter: "SmokeCoAlarm",
  attributes: {
    expressedState: {
      type: "enum",
      values: [
        "normal",
        "smokeAlarm",
        "coAlarm",
        "batteryAlert",
        "testing",
        "hardwareFault",
        "endOfService",
        "interconnectSmoke",
        "interconnectCo",
        "inoperative",
      ],
      label: "Alarm",
    },
    smokeState: { type: "enum", values: levels, label: "Smoke" },
    coState: { type: "enum", values: levels, label: "CO" },
    interconnectSmokeAlarm: { type: "enum", values: levels, label: "Smoke elsewhere" },
    interconnectCoAlarm: { type: "enum", values: levels, label: "CO elsewhere" },
    batteryAlert: { type: "enum", values: levels, label: "Battery" },
    deviceMuted: { type: "enum", values: ["notMuted", "muted"], label: "Silenced" },
    testInProgress: { type: "boolean", words: ["no", "running"], label: "Test" },
    hardwareFaultAlert: { ...yesNo, label: "Fault" },
    endOfServiceAlert: { type: "enum", values: ["normal", "expired"], label: "Service life" },
    contaminationState: {
      type: "enum",
      values: ["normal", "low", "warning", "critical"],
      label: "Dirt in the chamber",
    },
    smokeSensitivityLevel: { type: "enum", values: ["high", "standard", "low"], label: "Sensitivity" },
    expiryDate: { ...moment, label: "Replace by" },
    unmounted: { ...yesNo, label: "Taken off its base" },
  },
  commands: {
    selfTestRequest: { label: "Test", args: {}, wants: () => ({ testInProgress: true }) },
  },
});
