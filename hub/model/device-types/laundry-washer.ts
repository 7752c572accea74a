import { deviceType } from "../device-type.ts";

export const laundryWasher = deviceType({
  name: "laundryWasher",
  matter: "LaundryWasher",
  label: "Washing machine",
  icon: "appliance",
  words: ["washing machine", "washer"],
});
