import { words } from "./codecs.ts";
import { clusterTable } from "./table.ts";

export const doorLock = clusterTable({
  cluster: "DoorLock",
  id: 0x0101,
  capability: "doorLock",
  attributes: {
    lockState: words({ 0: "notFullyLocked", 1: "locked", 2: "unlocked", 3: "unlatched" }),
  },
  commands: {
    lockDoor: { command: "lockDoor", id: 0, fields: () => ({}) },
    unlockDoor: { command: "unlockDoor", id: 1, fields: () => ({}) },
  },
});
