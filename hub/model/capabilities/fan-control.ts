import { capability } from "../capability.ts";

export const fanControl = capability({
  name: "fanControl",
  label: "Fan",
  matter: "FanControl",
  attributes: {
    fanMode: {
      type: "enum",
      values: ["off", "low", "medium", "high", "on", "auto", "smart"],
      label: "Fan",
      writable: true,
    },
    percentSetting: { type: "number", unit: "%", min: 0, max: 100, label: "Speed", writable: true },
  },
  commands: {},
});
