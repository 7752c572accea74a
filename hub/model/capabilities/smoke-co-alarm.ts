import { capability } from "../capability.ts";

export const smokeCoAlarm = capability({
  name: "smokeCoAlarm",
  label: "Smoke and CO alarm",
  matter: "SmokeCoAlarm",
  attributes: {
    smokeState: { type: "enum", values: ["normal", "warning", "critical"], label: "Smoke" },
    coState: { type: "enum", values: ["normal", "warning", "critical"], label: "CO" },
    testInProgress: { type: "boolean", words: ["no", "running"], label: "Test" },
  },
  commands: {},
});
