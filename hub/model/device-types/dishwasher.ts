import { deviceType } from "../device-type.ts";

export const dishwasher = deviceType({
  name: "dishwasher",
  matter: "Dishwasher",
  label: "Dishwasher",
  icon: "appliance",
  words: ["dishwasher"],
});
