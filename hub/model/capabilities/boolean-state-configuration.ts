import { capability } from "../capability.ts";
import { yesNo } from "./shapes.ts";

export const booleanStateConfiguration = capability({
  name: "booleanStateConfiguration",
  label: "Detector",
  matter: "BooleanStateConfiguration",
  attributes: {
    sensorFault: { ...yesNo, label: "Sensor fault" },
    alarmsActive: { ...yesNo, label: "Sounds or blinks" },
    alarmsSuppressed: { ...yesNo, label: "Silenced" },
    currentSensitivityLevel: {
      type: "number",
      unit: "1",
      min: 0,
      max: 9,
      step: 1,
      label: "Sensitivity",
      writable: true,
    },
  },
  commands: {},
});
