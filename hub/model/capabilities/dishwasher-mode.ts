import { capability } from "../capability.ts";
import { modes } from "./mode.ts";

export const dishwasherMode = capability(modes("dishwasherMode", "DishwasherMode", "Programme"));
