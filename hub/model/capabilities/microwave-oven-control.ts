import { capability } from "../capability.ts";
import { percent, seconds } from "./shapes.ts";

/** Read only: heat is never started from afar. */
export const microwaveOvenControl = capability({
  name: "microwaveOvenControl",
  label: "Microwave",
  matter: "MicrowaveOvenControl",
  attributes: {
    cookTime: { ...seconds, label: "Cooking time" },
    powerSetting: { ...percent, label: "Power" },
  },
  commands: {},
});
