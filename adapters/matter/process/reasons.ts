import { causedBy } from "@matter/main";
import {
  CommissioningError,
  DeviceAlreadyCommissionedToThisFabricError,
  DeviceAttestationError,
  MaximumCommissionedFabricsReachedError,
  OperativeConnectionFailedError,
  PeerCommunicationError,
  WifiOrThreadNetworkCredentialsNotConfiguredError,
} from "@matter/main/protocol";
import { withoutSecrets } from "./journal.ts";
import type { Heard } from "./network.ts";

const wrongCode =
  "The device refused the pairing code. Compare the code with its label; " +
  "a code that another hub showed is only valid for some minutes.";

/** Why pairing failed and what to try, from the most telling cause. */
export function whyPairingFailed(error: unknown): string {
  if (causedBy(error, DeviceAlreadyCommissionedToThisFabricError))
    return "The device is already paired with this hub. Remove it first if you want to pair it anew.";
  if (causedBy(error, MaximumCommissionedFabricsReachedError))
    return "The device is paired with as many homes as it can hold. Remove it from one of them, or reset it.";
  if (causedBy(error, WifiOrThreadNetworkCredentialsNotConfiguredError))
    return (
      "The device is not on your network yet. Bring it there with its maker's app or another hub, " +
      "then share it and pair it here with the code that is shown."
    );
  if (causedBy(error, OperativeConnectionFailedError))
    return "The device took the pairing but is not reachable over IPv6. Check that it is on the same network as the hub.";
  if (/window|busy/i.test(messagesOf(error)))
    return (
      "The device is no longer in pairing mode, or another hub is pairing it right now. Put it into pairing mode anew, or " +
      "let the other hub show a fresh code."
    );
  if (causedBy(error, DeviceAttestationError))
    return "The device's certificate is not valid, so it may not be what it says it is. It was not paired.";
  const text = messagesOf(error);
  if (/key confirmation|InvalidParam|passcode/i.test(text)) return wrongCode;
  if (causedBy(error, PeerCommunicationError) || /timed? ?out|abort/i.test(text))
    // One whose window has closed is as silent, and the network remembers its announcement for a while.
    return (
      "The device was found but stopped answering. It may have left pairing mode (most leave it after 15 minutes, and all " +
      "after 20 wrong codes): put it into pairing mode anew. If that is not it, move it closer, restart it, and try again."
    );
  if (causedBy(error, CommissioningError)) return `The device refused a step of the pairing: ${withoutSecrets(text)}`;
  return `Pairing failed: ${withoutSecrets(text)}`;
}

/** Nothing was found that the code fits. */
export const notFound =
  "No device in pairing mode answers to this code. Check that it is powered and in pairing mode (most devices leave it " +
  "after 15 minutes), on the same network as the hub, and that the network carries IPv6 and mDNS.";

export const cancelled = "The pairing was cancelled. The device was left as it was.";

/** Why nothing was found, from what the network let through meanwhile. */
export function whyNotFound(seen: Heard & { readonly custom: boolean; readonly bluetooth: boolean }): string {
  if (!seen.ipv6)
    return (
      "This machine has no IPv6 address, and Matter devices are reached over IPv6 alone. Turn IPv6 on in its network " +
      "settings and in the router, then try again."
    );
  const also: string[] = [];
  if (!seen.any)
    also.push(
      "Not even this machine's own search came through: a firewall on it seems to block mDNS (UDP port 5353). Open that " +
        "port first.",
    );
  else if (!seen.others)
    also.push(
      "No other machine on the network was heard by mDNS in that time: check for a guest network, client isolation or " +
        "multicast filtering in the router or access point.",
    );
  if (seen.custom) also.push("Its maker asks for a step of its own first: see the device's instructions.");
  if (!seen.bluetooth)
    also.push(
      "A device fresh from its box may have no network yet; this hub has no Bluetooth to give it one, so bring it there " +
        "with its maker's app, and share it from there.",
    );
  return [notFound, ...also].join(" ");
}

/** An error of the device or the network in one line, for a command's outcome. */
export function inWords(error: unknown): string {
  if (causedBy(error, PeerCommunicationError)) return "the device does not answer";
  return withoutSecrets(error instanceof Error ? error.message : String(error)) || "the device refused";
}

function messagesOf(error: unknown, depth = 0): string {
  if (!(error instanceof Error) || depth > 5) return "";
  const inner = error instanceof AggregateError ? error.errors : [];
  return [error.message, ...[error.cause, ...inner].map((cause) => messagesOf(cause, depth + 1))]
    .filter(Boolean)
    .join("; ");
}
