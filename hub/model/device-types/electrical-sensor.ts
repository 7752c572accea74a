import { deviceType } from "../device-type.ts";

export const electricalSensor = deviceType({
  name: "electricalSensor",
  matter: "ElectricalSensor",
  label: "Electrical sensor",
  icon: "power",
  words: ["meter"],
});
