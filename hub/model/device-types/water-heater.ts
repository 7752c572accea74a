import { deviceType } from "../device-type.ts";

export const waterHeater = deviceType({
  name: "waterHeater",
  matter: "WaterHeater",
  label: "Water heater",
  icon: "water",
  words: ["water heater", "boiler", "hot water"],
});
