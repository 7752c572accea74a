import { deviceType } from "../device-type.ts";

export const rainSensor = deviceType({
  name: "rainSensor",
  matter: "RainSensor",
  label: "Rain sensor",
  icon: "rain",
  words: ["rain"],
});
