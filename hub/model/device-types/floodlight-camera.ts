import { deviceType } from "../device-type.ts";

export const floodlightCamera = deviceType({
  name: "floodlightCamera",
  matter: "FloodlightCamera",
  label: "Floodlight camera",
  icon: "camera",
  words: ["camera"],
});
