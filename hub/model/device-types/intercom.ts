import { deviceType } from "../device-type.ts";

export const intercom = deviceType({
  name: "intercom",
  matter: "Intercom",
  label: "Intercom",
  icon: "bell",
  words: ["intercom"],
});
