import { capability } from "../capability.ts";
import { modes } from "./mode.ts";

/** Read only: heat is never started from afar. */
export const microwaveOvenMode = capability(
  modes("microwaveOvenMode", "MicrowaveOvenMode", "Microwave mode", "readOnly"),
);
