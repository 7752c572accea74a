import type { CapabilityInstance, NodeDescription } from "./node.ts";

/** A device that sleeps to spare its battery reports once a day at the least, and may be late by an hour. */
const SLEEPER_SILENT_S = 25 * 3600;
/** Batteries of these are there to be filled from the mains: such a device never sleeps. */
const MAINS = new Set(["batteryStorage", "energyEvse", "solarPower"]);

const sleepers = new WeakMap<NodeDescription, boolean>();

/** Lives on a battery of its own, and so sleeps between its reports. */
export function isSleeper(description: NodeDescription): boolean {
  // Asked for with every value; a description never changes, so the answer holds as long as it does.
  let known = sleepers.get(description);
  if (known === undefined) {
    const { endpoints } = description;
    known =
      endpoints.some((e) => hasBattery(e.capabilities.powerSource)) &&
      !endpoints.some((e) => e.deviceTypes.some((t) => MAINS.has(t)));
    sleepers.set(description, known);
  }
  return known;
}

const hasBattery = (instance: CapabilityInstance | undefined): boolean =>
  Object.keys(instance?.attributes ?? {}).some((name) => name.startsWith("bat"));

/** Silence in seconds after which values are stale: the device's own, a day and an hour for one on battery, else none. */
export const silentAfterS = (description: NodeDescription): number | undefined =>
  description.silentAfterS ?? (isSleeper(description) ? SLEEPER_SILENT_S : undefined);
