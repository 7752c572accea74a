import { capability } from "../capability.ts";
import { modes } from "./mode.ts";

export const rvcRunMode = capability(modes("rvcRunMode", "RvcRunMode", "Cleaning"));
