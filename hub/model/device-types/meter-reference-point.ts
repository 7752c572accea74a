import { deviceType } from "../device-type.ts";

export const meterReferencePoint = deviceType({
  name: "meterReferencePoint",
  matter: "MeterReferencePoint",
  label: "Metering point",
  icon: "grid",
  words: [],
});
