import { deviceType } from "../device-type.ts";

export const laundryDryer = deviceType({
  name: "laundryDryer",
  matter: "LaundryDryer",
  label: "Dryer",
  icon: "appliance",
  words: ["dryer"],
});
