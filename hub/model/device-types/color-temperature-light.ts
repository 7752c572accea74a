import { deviceType } from "../device-type.ts";

export const colorTemperatureLight = deviceType({
  name: "colorTemperatureLight",
  matter: "ColorTemperatureLight",
  label: "White spectrum light",
  icon: "light",
  words: ["light", "lamp"],
});
