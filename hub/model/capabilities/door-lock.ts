import { capability } from "../capability.ts";

export const doorLock = capability({
  name: "doorLock",
  label: "Lock",
  matter: "DoorLock",
  attributes: {
    lockState: { type: "enum", values: ["notFullyLocked", "locked", "unlocked", "unlatched"], label: "Lock" },
  },
  commands: {
    lockDoor: { label: "Lock", args: {}, wants: () => ({ lockState: "locked" }) },
    unlockDoor: { label: "Unlock", args: {}, wants: () => ({ lockState: "unlocked" }) },
  },
});
