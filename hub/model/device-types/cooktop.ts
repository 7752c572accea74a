import { deviceType } from "../device-type.ts";

export const cooktop = deviceType({
  name: "cooktop",
  matter: "Cooktop",
  label: "Cooktop",
  icon: "hob",
  words: ["cooktop", "hob", "stove"],
});
