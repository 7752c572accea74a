import { deviceType } from "../device-type.ts";

export const soilSensor = deviceType({
  name: "soilSensor",
  matter: "SoilSensor",
  label: "Soil sensor",
  icon: "soil",
  words: ["soil"],
});
