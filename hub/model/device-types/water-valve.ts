import { deviceType } from "../device-type.ts";

export const waterValve = deviceType({
  name: "waterValve",
  matter: "WaterValve",
  label: "Water valve",
  icon: "valve",
  words: ["valve"],
});
