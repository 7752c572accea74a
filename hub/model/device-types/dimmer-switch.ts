import { deviceType } from "../device-type.ts";

export const dimmerSwitch = deviceType({
  name: "dimmerSwitch",
  matter: "DimmerSwitch",
  label: "Wall dimmer",
  icon: "button",
  words: [],
});
