import { deviceType } from "../device-type.ts";

export const doorLockController = deviceType({
  name: "doorLockController",
  matter: "DoorLockController",
  label: "Lock control",
  icon: "remote",
  words: [],
});
