/** Shows live how each message is read. */
import type { BrokerSettings } from "../../hub/ports.ts";
import type { Dialect } from "../mqtt/dialect.ts";
import { MessageReader, type ReadMessage } from "./live/reading.ts";
import { listenTo, openClient } from "./record/open.ts";

export interface LiveOptions {
  readonly broker: BrokerSettings;
  readonly topics: readonly string[];
  readonly dialects: readonly Dialect[];
  readonly signal: AbortSignal;
  /** Messages a second that are shown at most; the others are read too. */
  readonly rate: number;
  /** Publishes what dialects ask of devices; else nothing is published. */
  readonly ask?: boolean;
  readonly onMessage: (message: ReadMessage) => void;
  /** So many were not shown in the last second. */
  readonly onLeftOut: (messages: number) => void;
  readonly onReady?: () => void;
}

export interface Watched {
  readonly messages: number;
  readonly leftOut: number;
  /** Messages that nobody read. */
  readonly unread: number;
}

const WINDOW_MS = 1000;
const MAX_QUESTIONS = 1000;

/** Lets so many through in a second, and counts the others. */
export class Throttle {
  readonly #rate: number;
  #shown = 0;
  #left = 0;

  constructor(rate: number) {
    this.#rate = rate;
  }

  take(): boolean {
    if (this.#shown < this.#rate) this.#shown += 1;
    else this.#left += 1;
    return this.#left === 0;
  }

  /** Begins a new second; how many were left out in the last one. */
  turn(): number {
    const left = this.#left;
    this.#shown = 0;
    this.#left = 0;
    return left;
  }
}

/** Runs until the signal. Rejects with RecordingFault when the broker can't be reached or refuses. */
export async function watch(options: LiveOptions): Promise<Watched> {
  const { broker, topics, dialects, signal, rate, ask = false, onMessage, onLeftOut, onReady } = options;
  const client = await openClient(broker);
  let questions = 0;
  const reader = new MessageReader(dialects, ({ topic, payload, qos }) => {
    questions += 1;
    if (ask && questions <= MAX_QUESTIONS) client.publish(topic, payload, { qos });
  });
  const throttle = new Throttle(rate);
  let [messages, leftOut, unread] = [0, 0, 0];
  const turn = (): void => {
    const left = throttle.turn();
    leftOut += left;
    if (left > 0) onLeftOut(left);
  };
  client.on("message", (topic, body, { retain }) => {
    messages += 1;
    const read = reader.read(topic, body, retain, Date.now());
    if (read.dialect === undefined) unread += 1;
    if (throttle.take()) onMessage(read);
  });
  await listenTo(client, topics);
  onReady?.();
  const turning = setInterval(turn, WINDOW_MS);
  await new Promise<void>((resolve) => {
    signal.addEventListener("abort", () => resolve());
    if (signal.aborted) resolve();
  });
  clearInterval(turning);
  turn();
  await client.endAsync(true);
  return { messages, leftOut, unread };
}
