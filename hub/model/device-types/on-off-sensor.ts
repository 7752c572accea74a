import { deviceType } from "../device-type.ts";

export const onOffSensor = deviceType({
  name: "onOffSensor",
  matter: "OnOffSensor",
  label: "Switching sensor",
  icon: "motion",
  words: [],
});
