import { deviceType } from "../device-type.ts";

export const electricalUtilityMeter = deviceType({
  name: "electricalUtilityMeter",
  matter: "ElectricalUtilityMeter",
  label: "Utility meter",
  icon: "grid",
  words: [],
});
