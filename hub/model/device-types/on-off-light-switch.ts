import { deviceType } from "../device-type.ts";

export const onOffLightSwitch = deviceType({
  name: "onOffLightSwitch",
  matter: "OnOffLightSwitch",
  label: "Wall switch",
  icon: "button",
  words: [],
});
