import { deviceType } from "../device-type.ts";

export const windowCovering = deviceType({
  name: "windowCovering",
  matter: "WindowCovering",
  label: "Window covering",
  icon: "blind",
  words: ["blind", "shade", "shutter", "curtain", "cover"],
});
