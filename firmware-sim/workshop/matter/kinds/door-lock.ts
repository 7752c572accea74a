import { Endpoint } from "@matter/main";
import { DoorLock } from "@matter/main/clusters/door-lock";
import { DoorLockDevice } from "@matter/main/devices/door-lock";
import { type Product, truthIn } from "../product.ts";

const { LockState } = DoorLock;
const words = new Map<number | null, string>([
  [LockState.NotFullyLocked, "jammed"],
  [LockState.Locked, "locked"],
  [LockState.Unlocked, "unlocked"],
]);

/** A lock with a motor: `locked` is a hand on the knob, `jammed` a bolt that does not go in. */
export function doorLock(): Product {
  const endpoint = new Endpoint(DoorLockDevice, {
    id: "lock",
    doorLock: {
      lockState: LockState.Locked,
      lockType: DoorLock.LockType.DeadBolt,
      actuatorEnabled: true,
      ...{ wrongCodeEntryLimit: 5, userCodeTemporaryDisableTime: 60 },
      operatingMode: DoorLock.OperatingMode.Normal,
      supportedOperatingModes: { vacation: true, privacy: true, passage: true, alwaysSet: 2047 },
    },
  });
  return {
    endpoints: [endpoint],
    state: () => ({ lock: words.get(endpoint.state.doorLock.lockState) ?? "unknown" }),
    async set(values) {
      const locked = truthIn(values, "locked");
      const jammed = truthIn(values, "jammed");
      if (locked !== undefined)
        await endpoint.set({ doorLock: { lockState: locked ? LockState.Locked : LockState.Unlocked } });
      if (jammed === true) await endpoint.set({ doorLock: { lockState: LockState.NotFullyLocked } });
    },
  };
}
