import { capability } from "../capability.ts";
import { modes } from "./mode.ts";

export const deviceEnergyManagementMode = capability(
  modes("deviceEnergyManagementMode", "DeviceEnergyManagementMode", "Who may manage its energy"),
);
