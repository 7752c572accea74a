import { capability } from "../capability.ts";
import { resource } from "./resource.ts";

export const waterTankLevelMonitoring = capability(
  resource("waterTankLevelMonitoring", "WaterTankLevelMonitoring", "Water tank"),
);
