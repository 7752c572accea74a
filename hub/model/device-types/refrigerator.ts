import { deviceType } from "../device-type.ts";

export const refrigerator = deviceType({
  name: "refrigerator",
  matter: "Refrigerator",
  label: "Fridge",
  icon: "fridge",
  words: ["fridge", "refrigerator"],
});
