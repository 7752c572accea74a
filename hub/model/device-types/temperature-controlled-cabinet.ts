import { deviceType } from "../device-type.ts";

export const temperatureControlledCabinet = deviceType({
  name: "temperatureControlledCabinet",
  matter: "TemperatureControlledCabinet",
  label: "Compartment",
  icon: "fridge",
  words: [],
});
