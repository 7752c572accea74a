import { ask, bridgeCluster } from "../table.ts";
import { numberOf } from "./codecs.ts";

/** A latch that is drawn is told as unlocked: Unlatched belongs to the feature Unbolting (5.2.6.3). */
const states = { notFullyLocked: 0, locked: 1, unlocked: 2, unlatched: 2 };

export const doorLock = bridgeCluster({
  cluster: "DoorLock",
  fixed: () => ({
    lockType: 0,
    actuatorEnabled: true,
    operatingMode: 0,
    // A zero bit is a mode that it has (5.2.6.13): normal only.
    supportedOperatingModes: {
      normal: false,
      vacation: true,
      privacy: true,
      noRemoteLockUnlock: false,
      passage: true,
      alwaysSet: 2047,
    },
  }),
  state: (held) => ({ lockState: numberOf(states, held("doorLock.lockState")) ?? null }),
  events: (before, after) =>
    before.lockState === after.lockState || (after.lockState !== 1 && after.lockState !== 2)
      ? []
      : [
          {
            name: "lockOperation",
            payload: {
              lockOperationType: after.lockState === 1 ? 0 : 1,
              operationSource: 0,
              userIndex: null,
              fabricIndex: null,
              sourceNode: null,
            },
          },
        ],
  commands: {
    lockDoor: () => [ask("doorLock", "lockDoor")],
    unlockDoor: () => [ask("doorLock", "unlockDoor")],
  },
});
