import { deviceType } from "../device-type.ts";

export const irrigationSystem = deviceType({
  name: "irrigationSystem",
  matter: "IrrigationSystem",
  label: "Irrigation",
  icon: "sprinkler",
  words: ["irrigation", "sprinkler"],
});
