import { deviceType } from "../device-type.ts";

export const pumpController = deviceType({
  name: "pumpController",
  matter: "PumpController",
  label: "Pump control",
  icon: "remote",
  words: [],
});
