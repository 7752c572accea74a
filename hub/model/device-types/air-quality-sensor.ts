import { deviceType } from "../device-type.ts";

export const airQualitySensor = deviceType({
  name: "airQualitySensor",
  matter: "AirQualitySensor",
  label: "Air quality sensor",
  icon: "air",
  words: ["air quality"],
});
