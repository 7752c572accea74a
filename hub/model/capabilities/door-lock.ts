import { capability } from "../capability.ts";
import { seconds, yesNo } from "./shapes.ts";

export const doorLock = capability({
  name: "doorLock",
  label: "Lock",
  matter: "DoorLock",
  attributes: {
    lockState: { type: "enum", values: ["notFullyLocked", "locked", "unlocked", "unlatched"], label: "Lock" },
    doorState: {
      type: "enum",
      values: ["doorOpen", "doorClosed", "doorJammed", "doorForcedOpen", "doorUnspecifiedError", "doorAjar"],
      label: "Door",
    },
    alarm: {
      type: "enum",
      values: [
        "lockJammed",
        "lockFactoryReset",
        "lockRadioPowerCycled",
        "wrongCodeEntryLimit",
        "frontEscutcheonRemoved",
        "doorForcedOpen",
        "doorAjar",
        "forcedUser",
      ],
      label: "Last alarm",
      ours: true,
    },
    actuatorEnabled: { ...yesNo, label: "Motor works" },
    operatingMode: {
      type: "enum",
      values: ["normal", "vacation", "privacy", "noRemoteLockUnlock", "passage"],
      label: "Mode",
    },
    autoRelockTime: { ...seconds, label: "Locks itself after" },
  },
  commands: {
    lockDoor: { label: "Lock", args: {}, wants: () => ({ lockState: "locked" }) },
    unlockDoor: { label: "Unlock", args: {}, wants: () => ({ lockState: "unlocked" }) },
    unlockWithTimeout: {
      label: "Unlock for a while",
      args: { timeout: { type: "number", unit: "s", min: 1, max: 65_535, label: "For" } },
      wants: () => ({ lockState: "unlocked" }),
    },
    unboltDoor: { label: "Unbolt", args: {}, wants: () => ({ lockState: "unlocked" }) },
  },
});
