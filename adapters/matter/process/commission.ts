import { type ClientNode, Millis, type ServerNode } from "@matter/main";
import { CommissioningClient } from "@matter/main/node";
import { attempt, type Commissioned, type PairingWork } from "./attempt.ts";
import { listenToMdns } from "./network.ts";
import { type Payload, readCode } from "./payload.ts";
import { cancelled, whyNotFound } from "./reasons.ts";

/** After a device refused the code, others that the code may belong to have so long to show up. */
const OTHERS_MS = 3000;
/** At most so many devices are tried with one code: each counts wrong codes, and locks after 20. */
const CANDIDATES = 8;

export interface CommissionRequest extends PairingWork {
  readonly code: string;
  /** How long to look for the device. */
  readonly searchMs: number;
  /** Whether a radio is there to look for devices that have no network yet. */
  readonly bluetooth: boolean;
}

/**
 * Finds the device that a pairing code belongs to and pairs it: on the network first, then by Bluetooth where there is a
 * radio. Always ends: after `searchMs` without a device (twice with a radio), some seconds after the last device refused
 * the code, or after two minutes of pairing and a person's two minutes. Never throws.
 */
export async function commission(node: ServerNode, request: CommissionRequest): Promise<Commissioned> {
  const payload = readCode(request.code);
  if (typeof payload === "string") return { ok: false, problem: payload };
  request.step("search");
  const ear = listenToMdns();
  const found = await search(node, payload, request);
  const heard = ear.stop();
  if (found) return found;
  if (request.bluetooth && !request.signal.aborted) {
    request.step("radio");
    const byRadio = await search(node, payload, request, { ble: true, onIpNetwork: true });
    if (byRadio) return byRadio;
  }
  if (request.signal.aborted) return { ok: false, problem: cancelled };
  return { ok: false, problem: whyNotFound({ ...heard, custom: payload.custom, bluetooth: request.bluetooth }) };
}

/** Undefined when no device in pairing mode fits the code. */
async function search(
  node: ServerNode,
  { passcode, identifier }: Payload,
  work: CommissionRequest,
  by?: { readonly ble: boolean; readonly onIpNetwork: boolean },
): Promise<Commissioned | undefined> {
  const timeout = Millis(work.searchMs);
  const discovery = node.peers.discover({ ...identifier, timeout, ...(by ? { discoveryCapabilities: by } : {}) });
  const ended = discovery.then(
    () => undefined,
    () => undefined,
  );
  const tried = new Set<ClientNode>();
  const places = new Set<string>();
  try {
    return await new Promise<Commissioned | undefined>((resolve) => {
      let last: Commissioned | undefined;
      let open = 0;
      let patience: NodeJS.Timeout | undefined;
      work.signal.addEventListener("abort", () => {
        // A device that is half paired is told first.
        if (open === 0) resolve({ ok: false, problem: cancelled });
      });
      discovery.discovered.on((candidate) => {
        if (work.signal.aborted || tried.has(candidate) || tried.size >= CANDIDATES) return;
        tried.add(candidate);
        // A device that opened its door anew has another name; its old one is remembered by the network for minutes.
        const addresses = (candidate.stateOf(CommissioningClient).addresses ?? []).map((address) =>
          JSON.stringify(address),
        );
        if (addresses.some((address) => places.has(address))) return;
        for (const address of addresses) places.add(address);
        open++;
        clearTimeout(patience);
        void attempt(node, candidate, passcode, work).then((outcome) => {
          open--;
          if (outcome.ok || outcome.final) return resolve(outcome);
          last = outcome;
          if (open === 0) patience = setTimeout(() => resolve(last), OTHERS_MS);
        });
      });
      void ended.then(() => {
        if (open === 0) resolve(last);
      });
    });
  } finally {
    discovery.stop();
    await forget(node);
  }
}

/** Devices that were found and not paired: another search finds them anew, as they are then. */
async function forget(node: ServerNode): Promise<void> {
  for (const peer of [...node.peers]) if (!peer.lifecycle.isCommissioned) await peer.delete().catch(() => undefined);
}
