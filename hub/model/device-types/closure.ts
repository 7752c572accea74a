import { deviceType } from "../device-type.ts";

export const closure = deviceType({
  name: "closure",
  matter: "Closure",
  label: "Gate or garage door",
  icon: "gate",
  words: ["garage door", "gate"],
});
