import { deviceType } from "../device-type.ts";

export const solarPower = deviceType({
  name: "solarPower",
  matter: "SolarPower",
  label: "Solar power",
  icon: "solar",
  words: ["solar", "pv", "inverter"],
});
