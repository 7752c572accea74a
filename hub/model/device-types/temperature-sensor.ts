import { deviceType } from "../device-type.ts";

export const temperatureSensor = deviceType({
  name: "temperatureSensor",
  matter: "TemperatureSensor",
  label: "Temperature sensor",
  icon: "temperature",
  words: ["temperature", "thermometer"],
});
