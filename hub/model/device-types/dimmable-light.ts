import { deviceType } from "../device-type.ts";

export const dimmableLight = deviceType({
  name: "dimmableLight",
  matter: "DimmableLight",
  label: "Dimmable light",
  icon: "light",
  words: ["light", "lamp"],
});
