import { capability } from "../capability.ts";
import { modes } from "./mode.ts";

export const modeSelect = capability(modes("modeSelect", "ModeSelect", "Setting"));
