import { capability } from "../capability.ts";
import { modes } from "./mode.ts";

export const laundryWasherMode = capability(modes("laundryWasherMode", "LaundryWasherMode", "Programme"));
