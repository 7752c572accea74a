import { capability } from "../capability.ts";
import { modes } from "./mode.ts";

export const energyEvseMode = capability(modes("energyEvseMode", "EnergyEvseMode", "Charging mode"));
