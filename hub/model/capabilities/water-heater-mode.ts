import { capability } from "../capability.ts";
import { modes } from "./mode.ts";

export const waterHeaterMode = capability(modes("waterHeaterMode", "WaterHeaterMode", "Water heater mode"));
