import { capability } from "../capability.ts";

export const onOff = capability({
  name: "onOff",
  label: "On/off",
  matter: "OnOff",
  attributes: {
    onOff: { type: "boolean", words: ["off", "on"], label: "On" },
  },
  commands: {
    on: { label: "Turn on", args: {}, wants: () => ({ onOff: true }) },
    off: { label: "Turn off", args: {}, wants: () => ({ onOff: false }) },
    toggle: { label: "Toggle", args: {}, wants: (_, now) => ({ onOff: now("onOff") !== true }) },
  },
});
