import { deviceType } from "../device-type.ts";

export const contactSensor = deviceType({
  name: "contactSensor",
  matter: "ContactSensor",
  label: "Contact sensor",
  icon: "door",
  words: ["door", "window", "contact"],
});
