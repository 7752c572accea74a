import { type ClientNode, causedBy, Seconds, type ServerAddress, type ServerNode } from "@matter/main";
import { CommissioningClient } from "@matter/main/node";
import {
  type DeviceAttestationValidator,
  PairRetransmissionLimitReachedError,
  type PeerAddress,
  PeerCommunicationError,
} from "@matter/main/protocol";
import { type WaitWithDevice, watchedFlow } from "./flow.ts";
import { cancelled, notFound, whyPairingFailed } from "./reasons.ts";
import { type StepName, stepOfFlow } from "./steps.ts";
import { verdictOn } from "./trust/verdict.ts";

/** From the found device to the finished pairing, a person's time to think apart. */
const PAIRING_MS = 120_000;
/** One address of a device that does not answer is left after so long. */
const ADDRESS_S = 10;

export interface Wifi {
  readonly ssid: string;
  readonly password: string;
}

/** What a pairing is told and tells. */
export interface PairingWork {
  readonly step: (name: StepName) => void;
  /** A person's word on a device that did not prove what it is. Resolves with false when none comes in time. */
  readonly ask: (findings: readonly string[]) => Promise<boolean>;
  /** Before the device gets the home's key: from here on it may think itself paired, whatever happens. */
  readonly given: (address: PeerAddress, passcode: number) => Promise<void>;
  readonly signal: AbortSignal;
  readonly acceptTestDevices: boolean;
  /** For a device that is paired by Bluetooth and has no network yet. */
  readonly wifi?: Wifi;
}

export type Commissioned =
  | { readonly ok: true; readonly peer: ClientNode; readonly accepted: readonly string[] }
  /** `final`: no other device with this code need be tried. */
  | { readonly ok: false; readonly problem: string; readonly final?: true };

/** Pairs one device that was found, at one of its addresses after the other. Never throws. */
export async function attempt(
  node: ServerNode,
  candidate: ClientNode,
  passcode: number,
  work: PairingWork,
): Promise<Commissioned> {
  const one = new Attempt(work);
  let problem = notFound;
  try {
    for (const address of bestFirst(candidate.stateOf(CommissioningClient).addresses ?? [])) {
      try {
        // One address at a time: matter.js tries the next one, 15 s later, even after the device refused the code.
        await candidate.setStateOf(CommissioningClient, { addresses: [address] });
        await node.peers.runCommissioning(candidate, () => candidate.commission(one.options(passcode)));
        return { ok: true, peer: candidate, accepted: one.accepted };
      } catch (error) {
        if (work.signal.aborted) return { ok: false, problem: cancelled, final: true };
        if (one.refusal) return { ok: false, problem: one.refusal, final: true };
        problem = whyPairingFailed(error);
        if (!causedBy(error, PairRetransmissionLimitReachedError, PeerCommunicationError)) break;
      }
    }
    return { ok: false, problem };
  } finally {
    one.end();
  }
}

class Attempt {
  readonly #work: PairingWork;
  readonly #abort = new AbortController();
  readonly #onCancel = () => this.#abort.abort();
  #wait: WaitWithDevice = (work) => work;
  #limit: NodeJS.Timeout;
  /** Why the device was not taken, where that was decided here. */
  refusal: string | undefined;
  /** What a person accepted, in words. */
  accepted: readonly string[] = [];

  constructor(work: PairingWork) {
    this.#work = work;
    this.#limit = setTimeout(() => this.#abort.abort(), PAIRING_MS);
    work.signal.addEventListener("abort", this.#onCancel);
    work.step("code");
  }

  end(): void {
    clearTimeout(this.#limit);
    this.#work.signal.removeEventListener("abort", this.#onCancel);
  }

  options(passcode: number): CommissioningClient.CommissioningOptions {
    const { wifi, step } = this.#work;
    const hooks = {
      begins: (name: string) => step(stepOfFlow(name)),
      cancelled: () => this.#abort.signal.aborted,
      given: (address: PeerAddress) => this.#work.given(address, passcode),
    };
    return {
      passcode,
      abort: this.#abort.signal,
      timeout: Seconds(ADDRESS_S),
      // How often a device shall speak depends on what it is, which is read first.
      autoSubscribe: false,
      onAttestationFailure: (findings) => this.#judge(findings.map(({ type }) => type)),
      commissioningFlowImpl: watchedFlow(hooks, (wait) => {
        this.#wait = wait;
      }),
      ...(wifi ? { wifiNetwork: { wifiSsid: wifi.ssid, wifiCredentials: wifi.password } } : {}),
    };
  }

  /** A text refuses, and in a way that makes matter.js end the device's fail-safe: plain false leaves it shut for a minute. */
  async #judge(types: readonly DeviceAttestationFinding[]): Promise<true | string> {
    const verdict = verdictOn(types, this.#work.acceptTestDevices);
    if (verdict.kind === "accept") return true;
    if (verdict.kind === "refuse") {
      this.refusal = verdict.reason;
      return this.refusal;
    }
    clearTimeout(this.#limit);
    this.#work.step("asking");
    const yes = await this.#wait(this.#work.ask(verdict.findings));
    this.#limit = setTimeout(() => this.#abort.abort(), PAIRING_MS);
    if (!yes) {
      this.refusal = "The device was not accepted, so it was left unpaired. Pair it again if you change your mind.";
      return this.refusal;
    }
    this.accepted = verdict.findings;
    return true;
  }
}

type DeviceAttestationFinding = Parameters<
  Exclude<DeviceAttestationValidator.OnAttestationFailure, boolean>
>[0][number]["type"];

/** IPv6 before IPv4, since the finished node is reached over IPv6 alone; at most four. */
const bestFirst = (addresses: readonly ServerAddress[]): ServerAddress[] =>
  // Copies: the originals are views into a state that the first attempt replaces.
  addresses
    .map((address) => ({ ...address }))
    .sort((a, b) => Number(isIpv4(a)) - Number(isIpv4(b)))
    .slice(0, 4);

const isIpv4 = (address: ServerAddress): boolean => "ip" in address && !address.ip.includes(":");
