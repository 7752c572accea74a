import { deviceType } from "../device-type.ts";

export const electricalMeter = deviceType({
  name: "electricalMeter",
  matter: "ElectricalMeter",
  label: "House meter",
  icon: "grid",
  words: ["house meter", "grid meter"],
});
