import { expect } from "vitest";
import { befall } from "../../../firmware-sim/workshop/matter/faults.ts";
import type { DeviceSide } from "./restarts-device.ts";
import { House, idOf } from "./restarts-house.ts";

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

/** A home whose hub has so many plugs, each with another load, and is told the truth of all. The caller closes it. */
export async function homeWith(devices: number): Promise<{ home: House; plugs: DeviceSide[] }> {
  const home = new House(1);
  try {
    const { clock, hub } = home;
    await clock.during(hub.start(), MINUTE);
    const plugs: DeviceSide[] = [];
    for (let n = 0; n < devices; n++) {
      const plug = await home.addDevice(10 + n);
      plugs.push(plug);
      expect(await clock.during(hub.commission(plug.code), MINUTE)).toEqual({ ok: true, node: idOf(plug) });
      await plug.device?.set({ activePower: 100 + n });
    }
    expect(await clock.until(() => plugs.every((plug) => home.isTrue(plug)), MINUTE)).toBe(true);
    return { home, plugs };
  } catch (error) {
    home.close();
    throw error;
  }
}

/** Its network is away: packets both ways are lost. */
export function goAway({ device }: DeviceSide): void {
  if (device) device.air.silent = true;
}

/** Its network is back, and it says so. */
export const comeBack = (plug: DeviceSide): Promise<void> => fault(plug, { kind: "restore" });

export async function fault({ device }: DeviceSide, what: Parameters<typeof befall>[1]): Promise<void> {
  if (device) await befall(device, what);
}
