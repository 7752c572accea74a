import { deviceType } from "../device-type.ts";

export const colorDimmerSwitch = deviceType({
  name: "colorDimmerSwitch",
  matter: "ColorDimmerSwitch",
  label: "Wall colour dimmer",
  icon: "button",
  words: [],
});
