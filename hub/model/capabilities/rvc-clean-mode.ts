import { capability } from "../capability.ts";
import { modes } from "./mode.ts";

export const rvcCleanMode = capability(modes("rvcCleanMode", "RvcCleanMode", "Way of cleaning"));
