import { deviceType } from "../device-type.ts";

export const genericSwitch = deviceType({
  name: "genericSwitch",
  matter: "GenericSwitch",
  label: "Button",
  icon: "button",
  words: ["button", "remote"],
});
