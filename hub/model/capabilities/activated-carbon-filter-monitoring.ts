import { capability } from "../capability.ts";
import { resource } from "./resource.ts";

export const activatedCarbonFilterMonitoring = capability(
  resource("activatedCarbonFilterMonitoring", "ActivatedCarbonFilterMonitoring", "Carbon filter"),
);
