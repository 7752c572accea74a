import { deviceType } from "../device-type.ts";

export const deviceEnergyManagement = deviceType({
  name: "deviceEnergyManagement",
  matter: "DeviceEnergyManagement",
  label: "Energy management",
  icon: "power",
  words: [],
});
