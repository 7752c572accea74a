import { deviceType } from "../device-type.ts";

export const extendedColorLight = deviceType({
  name: "extendedColorLight",
  matter: "ExtendedColorLight",
  label: "Colour light",
  icon: "light",
  words: ["light", "lamp"],
});
