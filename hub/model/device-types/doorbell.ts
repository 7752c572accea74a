import { deviceType } from "../device-type.ts";

export const doorbell = deviceType({
  name: "doorbell",
  matter: "Doorbell",
  label: "Doorbell",
  icon: "bell",
  words: ["doorbell"],
});
