import { deviceType } from "../device-type.ts";

export const networkInfrastructureManager = deviceType({
  name: "networkInfrastructureManager",
  matter: "NetworkInfrastructureManager",
  label: "Router",
  icon: "network",
  words: [],
});
