import { deviceType } from "../device-type.ts";

export const doorLock = deviceType({
  name: "doorLock",
  matter: "DoorLock",
  label: "Lock",
  icon: "lock",
  words: ["lock"],
});
