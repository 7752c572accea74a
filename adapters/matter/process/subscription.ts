import { type ClientNode, type Duration, Minutes, Seconds } from "@matter/main";
import { NetworkClient } from "@matter/main/node";
import { PeerSet, type PhysicalDeviceProperties } from "@matter/main/protocol";

/**
 * How often a device says at the latest that it is alive. A device on mains costs nothing by speaking, so its power cut
 * is noticed in well under a minute; one that sleeps sets its own time, and a battery is not worn out by questions.
 */
const MAINS = Seconds(20);
const BATTERY = Minutes(10);

type Power = Pick<
  PhysicalDeviceProperties,
  "isMainsPowered" | "isBatteryPowered" | "isIntermittentlyConnected" | "isThreadSleepyEndDevice"
>;

/** In which time the device must speak; undefined where matter.js's own choice is right: for what sleeps. */
export function ceilingFor(power: Power | undefined): Duration | undefined {
  if (power?.isIntermittentlyConnected || power?.isThreadSleepyEndDevice) return undefined;
  return power?.isBatteryPowered && !power.isMainsPowered ? BATTERY : MAINS;
}

/** Subscribes to all that the device tells, in the time that suits it; changes nothing where that is so already. */
export async function subscribe(peer: ClientNode): Promise<void> {
  const { peerAddress } = peer;
  if (!peerAddress) return;
  const ceiling = ceilingFor(peer.env.get(PeerSet).get(peerAddress)?.physicalProperties);
  const held = peer.stateOf(NetworkClient);
  if (held.autoSubscribe && held.defaultSubscription?.maxIntervalCeiling === ceiling) return;
  // One after the other: each of them starts a subscription.
  const defaultSubscription =
    ceiling === undefined ? {} : { minIntervalFloor: Seconds(0), maxIntervalCeiling: ceiling };
  await peer.setStateOf(NetworkClient, { defaultSubscription });
  if (!held.autoSubscribe) await peer.setStateOf(NetworkClient, { autoSubscribe: true });
}
