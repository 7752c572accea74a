import { deviceType } from "../device-type.ts";

export const batteryStorage = deviceType({
  name: "batteryStorage",
  matter: "BatteryStorage",
  label: "Home battery",
  icon: "battery",
  words: ["battery"],
});
