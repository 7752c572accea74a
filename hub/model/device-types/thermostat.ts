import { deviceType } from "../device-type.ts";

export const thermostat = deviceType({
  name: "thermostat",
  matter: "Thermostat",
  label: "Thermostat",
  icon: "thermostat",
  words: ["thermostat", "heating", "radiator"],
});
