import { deviceType } from "../device-type.ts";

export const waterFreezeDetector = deviceType({
  name: "waterFreezeDetector",
  matter: "WaterFreezeDetector",
  label: "Frost detector",
  icon: "cooling",
  words: ["frost detector"],
});
