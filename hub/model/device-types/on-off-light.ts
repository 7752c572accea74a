import { deviceType } from "../device-type.ts";

export const onOffLight = deviceType({
  name: "onOffLight",
  matter: "OnOffLight",
  label: "Light",
  icon: "light",
  words: ["light", "lamp"],
});
