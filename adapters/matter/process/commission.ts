import { type ClientNode, causedBy, Millis, Seconds, type ServerAddress, type ServerNode } from "@matter/main";
import { CommissioningClient, type Discovery } from "@matter/main/node";
import {
  type DeviceAttestationValidator,
  PairRetransmissionLimitReachedError,
  PeerCommunicationError,
} from "@matter/main/protocol";
import { ManualPairingCodeCodec, QrPairingCodeCodec } from "@matter/main/types";
import { checkPairingCode } from "../pairing-code.ts";
import { notFound, whyPairingFailed } from "./reasons.ts";

/** After a device refused the code, others that the code may belong to have so long to show up. */
const OTHERS_MS = 3000;
/** From the found device to the finished pairing; the device's own fail-safe is 60 s a step. */
const PAIRING_MS = 120_000;
/** One address of a device that does not answer is left after so long. */
const ADDRESS_S = 10;
/** At most so many devices are tried with one code: each counts wrong codes, and locks after 20. */
const CANDIDATES = 8;

export type Commissioned =
  | { readonly ok: true; readonly peer: ClientNode; readonly unproven: readonly string[] }
  | { readonly ok: false; readonly problem: string };

interface Payload {
  readonly passcode: number;
  readonly identifier: Discovery.Options;
}

function readCode(text: string): Payload | string {
  const checked = checkPairingCode(text);
  if (!checked.ok) return checked.reason;
  try {
    if (checked.form === "manual") {
      const { passcode, shortDiscriminator } = ManualPairingCodeCodec.decode(checked.code);
      return shortDiscriminator === undefined
        ? "code: it names no device"
        : { passcode, identifier: { shortDiscriminator } };
    }
    const [first] = QrPairingCodeCodec.decode(checked.code);
    return first
      ? { passcode: first.passcode, identifier: { longDiscriminator: first.discriminator } }
      : "code: it names no device";
  } catch {
    return "code: it can't be read; compare it with the label or scan it again";
  }
}

/**
 * Finds the device that a pairing code belongs to on the network and pairs it. Always ends: after `searchMs` without a
 * device, some seconds after the last device refused the code, or after two minutes of pairing. Never throws.
 */
export async function commission(
  node: ServerNode,
  code: string,
  searchMs: number,
  step: (words: string) => void,
): Promise<Commissioned> {
  const payload = readCode(code);
  if (typeof payload === "string") return { ok: false, problem: payload };
  step("Looking for the device on the network");
  const discovery = node.peers.discover({ ...payload.identifier, timeout: Millis(searchMs) });
  const ended = discovery.then(
    () => undefined,
    () => undefined,
  );
  const tried = new Set<ClientNode>();
  try {
    return await new Promise<Commissioned>((resolve) => {
      let problem: string | undefined;
      let open = 0;
      let patience: NodeJS.Timeout | undefined;
      const give = () => resolve({ ok: false, problem: problem ?? notFound });
      discovery.discovered.on((candidate) => {
        if (tried.has(candidate) || tried.size >= CANDIDATES) return;
        tried.add(candidate);
        open++;
        clearTimeout(patience);
        void attempt(node, candidate, payload.passcode, step).then((outcome) => {
          open--;
          if (outcome.ok) return resolve(outcome);
          problem = outcome.problem;
          if (open === 0) patience = setTimeout(give, OTHERS_MS);
        });
      });
      void ended.then(() => {
        if (open === 0) give();
      });
    });
  } finally {
    discovery.stop();
  }
}

async function attempt(
  node: ServerNode,
  candidate: ClientNode,
  passcode: number,
  step: (words: string) => void,
): Promise<Commissioned> {
  step("Found a device; checking the pairing code and its certificate");
  const unproven = new Set<string>();
  const onAttestationFailure: DeviceAttestationValidator.OnAttestationFailure = (findings) => {
    for (const finding of findings) unproven.add(finding.type);
    step("The code is right; setting the device up");
    return true;
  };
  const abort = new AbortController();
  const limit = setTimeout(() => abort.abort(), PAIRING_MS);
  candidate.lifecycle.commissioned.on(() => step("Paired; reading what the device can do"));
  let problem = notFound;
  try {
    for (const address of bestFirst(candidate.stateOf(CommissioningClient).addresses ?? [])) {
      try {
        // One address at a time: matter.js tries the next one, 15 s later, even after the device refused the code.
        await candidate.setStateOf(CommissioningClient, { addresses: [address] });
        await node.peers.runCommissioning(candidate, () =>
          candidate.commission({ passcode, abort: abort.signal, timeout: Seconds(ADDRESS_S), onAttestationFailure }),
        );
        return { ok: true, peer: candidate, unproven: [...unproven] };
      } catch (error) {
        problem = whyPairingFailed(error);
        if (!causedBy(error, PairRetransmissionLimitReachedError, PeerCommunicationError)) break;
      }
    }
    return { ok: false, problem };
  } finally {
    clearTimeout(limit);
  }
}

/** IPv6 before IPv4, since the finished node is reached over IPv6 alone; at most four. */
const bestFirst = (addresses: readonly ServerAddress[]): ServerAddress[] =>
  [...addresses].sort((a, b) => Number(isIpv4(a)) - Number(isIpv4(b))).slice(0, 4);

const isIpv4 = (address: ServerAddress): boolean => "ip" in address && !address.ip.includes(":");
