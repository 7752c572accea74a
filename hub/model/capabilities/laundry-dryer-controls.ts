import { capability } from "../capability.ts";

export const laundryDryerControls = capability({
  name: "laundryDryerControls",
  label: "Drying",
  matter: "LaundryDryerControls",
  attributes: {
    selectedDrynessLevel: { type: "enum", values: ["low", "normal", "extra", "max"], label: "Dryness", writable: true },
  },
  commands: {},
});
