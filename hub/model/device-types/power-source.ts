import { deviceType } from "../device-type.ts";

export const powerSource = deviceType({
  name: "powerSource",
  matter: "PowerSource",
  label: "Battery-powered",
  icon: "battery-low",
  words: [],
});
