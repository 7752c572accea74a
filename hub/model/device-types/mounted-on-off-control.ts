import { deviceType } from "../device-type.ts";

export const mountedOnOffControl = deviceType({
  name: "mountedOnOffControl",
  matter: "MountedOnOffControl",
  label: "Built-in switch",
  icon: "switch",
  words: ["switch", "relay"],
});
