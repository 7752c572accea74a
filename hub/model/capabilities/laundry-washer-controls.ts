import { capability } from "../capability.ts";

export const laundryWasherControls = capability({
  name: "laundryWasherControls",
  label: "Washing",
  matter: "LaundryWasherControls",
  attributes: {
    spinSpeedCurrent: { type: "string", maxLength: 64, label: "Spin", writable: true },
    numberOfRinses: { type: "enum", values: ["none", "normal", "extra", "max"], label: "Rinses", writable: true },
  },
  commands: {},
});
