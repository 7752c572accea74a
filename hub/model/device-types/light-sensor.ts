import { deviceType } from "../device-type.ts";

export const lightSensor = deviceType({
  name: "lightSensor",
  matter: "LightSensor",
  label: "Light sensor",
  icon: "brightness",
  words: ["light level"],
});
