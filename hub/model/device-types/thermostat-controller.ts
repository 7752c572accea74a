import { deviceType } from "../device-type.ts";

export const thermostatController = deviceType({
  name: "thermostatController",
  matter: "ThermostatController",
  label: "Room control",
  icon: "thermostat",
  words: [],
});
