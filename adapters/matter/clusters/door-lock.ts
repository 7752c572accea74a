import { flag, scaled, wireNumber, words } from "./codecs.ts";
import { field } from "./structs.ts";
import { type ClusterTable, clusterTable, type Siblings } from "./table.ts";

const alarms = new Map([
  [0, "lockJammed"],
  [1, "lockFactoryReset"],
  [3, "lockRadioPowerCycled"],
  [4, "wrongCodeEntryLimit"],
  [5, "frontEscutcheonRemoved"],
  [6, "doorForcedOpen"],
  [7, "doorAjar"],
  [8, "forcedUser"],
]);

/** A PIN is never sent: it would lie in the audit and in rules. A lock that wants one says how that is changed. */
const withoutPin = (fields: Record<string, unknown>, siblings: Siblings): Record<string, unknown> | string =>
  siblings("requirePinForRemoteOperation") === true
    ? "the lock wants a code for remote commands: switch that off in the lock's own settings"
    : fields;

export const doorLock: ClusterTable = clusterTable({
  cluster: "DoorLock",
  id: 0x0101,
  capability: "doorLock",
  attributes: {
    lockState: words({ 0: "notFullyLocked", 1: "locked", 2: "unlocked", 3: "unlatched" }),
    doorState: words({
      ...{ 0: "doorOpen", 1: "doorClosed", 2: "doorJammed", 3: "doorForcedOpen" },
      ...{ 4: "doorUnspecifiedError", 5: "doorAjar" },
    }),
    actuatorEnabled: flag,
    operatingMode: words({ 0: "normal", 1: "vacation", 2: "privacy", 3: "noRemoteLockUnlock", 4: "passage" }),
    autoRelockTime: scaled(1),
  },
  events: {
    doorLockAlarm: [
      { attribute: "alarm", decode: (fields) => alarms.get(wireNumber(field(fields, "alarmCode")) ?? -1) },
    ],
  },
  commands: {
    lockDoor: { command: "lockDoor", id: 0, fields: (_, siblings) => withoutPin({}, siblings) },
    unlockDoor: { command: "unlockDoor", id: 1, fields: (_, siblings) => withoutPin({}, siblings) },
    unlockWithTimeout: {
      command: "unlockWithTimeout",
      id: 3,
      fields: ({ timeout }, siblings) => withoutPin({ timeout: Math.round(Number(timeout)) }, siblings),
    },
    unboltDoor: { command: "unboltDoor", id: 39, fields: (_, siblings) => withoutPin({}, siblings) },
  },
});
