import { capability } from "../capability.ts";
import { resource } from "./resource.ts";

export const hepaFilterMonitoring = capability(resource("hepaFilterMonitoring", "HepaFilterMonitoring", "HEPA filter"));
