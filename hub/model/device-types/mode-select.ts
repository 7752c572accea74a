import { deviceType } from "../device-type.ts";

export const modeSelect = deviceType({
  name: "modeSelect",
  matter: "ModeSelect",
  label: "Setting",
  icon: "settings",
  words: [],
});
