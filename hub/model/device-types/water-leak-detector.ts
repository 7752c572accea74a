import { deviceType } from "../device-type.ts";

export const waterLeakDetector = deviceType({
  name: "waterLeakDetector",
  matter: "WaterLeakDetector",
  label: "Leak detector",
  icon: "leak",
  words: ["leak"],
});
