import { deviceType } from "../device-type.ts";

export const airPurifier = deviceType({
  name: "airPurifier",
  matter: "AirPurifier",
  label: "Air purifier",
  icon: "air",
  words: ["air purifier"],
});
