import { deviceType } from "../device-type.ts";

export const heatPump = deviceType({
  name: "heatPump",
  matter: "HeatPump",
  label: "Heat pump",
  icon: "heat",
  words: ["heat pump"],
});
