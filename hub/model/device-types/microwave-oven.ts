import { deviceType } from "../device-type.ts";

export const microwaveOven = deviceType({
  name: "microwaveOven",
  matter: "MicrowaveOven",
  label: "Microwave",
  icon: "oven",
  words: ["microwave"],
});
