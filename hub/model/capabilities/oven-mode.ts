import { capability } from "../capability.ts";
import { modes } from "./mode.ts";

/** Read only: heat is never started from afar. */
export const ovenMode = capability(modes("ovenMode", "OvenMode", "Oven mode", "readOnly"));
