import { deviceType } from "../device-type.ts";

export const pressureSensor = deviceType({
  name: "pressureSensor",
  matter: "PressureSensor",
  label: "Pressure sensor",
  icon: "pressure",
  words: ["pressure"],
});
