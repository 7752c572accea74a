import { capability } from "../capability.ts";

/** Contact sensor: yes is closed. Leak, rain and freeze detectors: yes is alarm (Matter device library, BooleanState). */
export const booleanState = capability({
  name: "booleanState",
  label: "Contact or alarm",
  matter: "BooleanState",
  attributes: {
    stateValue: { type: "boolean", words: ["no", "yes"], label: "State" },
  },
  commands: {},
});
