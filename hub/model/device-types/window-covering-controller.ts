import { deviceType } from "../device-type.ts";

export const windowCoveringController = deviceType({
  name: "windowCoveringController",
  matter: "WindowCoveringController",
  label: "Blind control",
  icon: "remote",
  words: [],
});
