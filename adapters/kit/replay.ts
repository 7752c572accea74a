/** Plays a recording to a broker, as it was or faster. */
import type { MqttClient } from "mqtt";
import type { BrokerSettings } from "../../hub/ports.ts";
import { openClient } from "./record/open.ts";
import type { Recorded, Recording } from "./recording.ts";
import { moveDates } from "./replay/dates.ts";

export interface ReplayOptions {
  readonly broker: BrokerSettings;
  /** Times faster than it was; infinite: as fast as the broker takes it. */
  readonly speed: number;
  readonly signal: AbortSignal;
  /** Begins again until the signal. */
  readonly loop?: boolean;
  /** Dates in payloads become those of now. */
  readonly rebase?: boolean;
  /** Also what was said to the device: on a broker with real devices, they would obey. */
  readonly orders?: boolean;
  readonly onProgress?: (played: number, of: number, round: number) => void;
}

export interface Played {
  readonly messages: number;
  readonly rounds: number;
  /** False: the signal ended it before the last message. */
  readonly whole: boolean;
}

/** Messages that may wait for the broker's acknowledgement. */
const IN_FLIGHT = 200;
const PROGRESS_MS = 1000;
/** Between two rounds at full speed, so that a loop without an end leaves room. */
const ROUND_MS = 1000;

/** Resolves after so long, or at the signal. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, Math.max(0, ms));
    signal.addEventListener("abort", end);
    if (signal.aborted) end();
  });
}

class Player {
  readonly #client: MqttClient;
  readonly #options: ReplayOptions;
  readonly #made: number;
  #waiting = new Set<Promise<unknown>>();
  #told = 0;
  played = 0;

  constructor(client: MqttClient, options: ReplayOptions, made: number) {
    this.#client = client;
    this.#options = options;
    this.#made = made;
  }

  /** One round; false when the signal came. */
  async round(messages: readonly Recorded[], number: number): Promise<boolean> {
    const { speed, signal, onProgress } = this.#options;
    const begun = performance.now();
    for (const [n, message] of messages.entries()) {
      if (signal.aborted) return false;
      const due = Number.isFinite(speed) ? (message.at * 1000) / speed - (performance.now() - begun) : 0;
      if (due > 0) await pause(due, signal);
      if (signal.aborted) return false;
      await this.#publish(message);
      if (performance.now() - this.#told < PROGRESS_MS) continue;
      this.#told = performance.now();
      onProgress?.(n + 1, messages.length, number);
    }
    await Promise.all(this.#waiting);
    return true;
  }

  async #publish({ topic, payload, retain, at }: Recorded): Promise<void> {
    const { rebase } = this.#options;
    const body = rebase ? moveDates(payload, this.#made, Date.now() - (this.#made + at * 1000)) : payload;
    // With QoS 1, whatever it was: a broker may drop what it has not read when a client takes its leave.
    const sent = this.#client.publishAsync(topic, body, { qos: 1, retain }).catch(() => undefined);
    this.played += 1;
    this.#waiting.add(sent);
    void sent.then(() => this.#waiting.delete(sent));
    if (this.#waiting.size >= IN_FLIGHT) await Promise.all(this.#waiting);
  }
}

/** Plays to the end, or until the signal. Rejects with RecordingFault when the broker can't be reached. */
export async function replay(recording: Recording, options: ReplayOptions): Promise<Played> {
  const { signal, loop = false, orders = false } = options;
  const messages = recording.messages.filter((m) => orders || m.dir !== "to-device");
  const client = await openClient(options.broker);
  const player = new Player(client, options, Date.parse(recording.head.made));
  let rounds = 0;
  let whole = true;
  do {
    whole = await player.round(messages, rounds + 1);
    if (whole) rounds += 1;
    if (whole && loop) {
      const rest = (recording.head.seconds - (messages.at(-1)?.at ?? 0)) * (1000 / options.speed);
      await pause(Math.max(rest, Number.isFinite(options.speed) ? 0 : ROUND_MS), signal);
    }
  } while (loop && whole && !signal.aborted);
  await client.endAsync(signal.aborted);
  return { messages: player.played, rounds, whole };
}
