/** Listens to a real device: what it says, when, and what the broker keeps of it. */
import type { MqttClient } from "mqtt";
import type { BrokerSettings } from "../../hub/ports.ts";
import { dialects } from "../mqtt/dialects/index.ts";
import { createIngest } from "../mqtt/ingest.ts";
import { listenTo, openClient } from "./record/open.ts";
import { markOrders } from "./record/orders.ts";
import { scrub } from "./record/scrub.ts";
import { limits, type Recorded, type Recording } from "./recording.ts";

export interface RecordOptions {
  readonly broker: BrokerSettings;
  /** MQTT filters. */
  readonly topics: readonly string[];
  /** Without it, until the signal. */
  readonly seconds?: number;
  readonly signal: AbortSignal;
  /** Asks devices what the hub would ask; else nothing is published. */
  readonly ask?: boolean;
  readonly keepAddresses?: boolean;
  /** Filters of topics that are known to be said to devices. */
  readonly orders?: readonly string[];
  readonly onProgress?: (messages: number, chars: number, seconds: number) => void;
}

/** When everything that the broker keeps has come: so long nothing new, or this long in all. */
const QUIET_MS = 300;
const LONGEST_LOOK_MS = 5000;
const PROGRESS_MS = 1000;
/** Questions to devices in one recording. */
const MAX_QUESTIONS = 1000;
const ASKER = "kit-record";

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** What came, within the limits; how much did not fit or is no text. Only in memory, until its secrets are out. */
class Tape {
  readonly messages: Recorded[] = [];
  chars = 0;
  binary = 0;
  full = false;
  readonly #last = new Map<string, string>();

  add(at: number, topic: string, body: Uint8Array, retain: boolean, qos: 0 | 1): string | undefined {
    let payload: string;
    try {
      payload = utf8.decode(body);
    } catch {
      this.binary += 1;
      return undefined;
    }
    // After a lost connection everything that is kept comes again.
    if (retain && this.#last.get(topic) === payload) return undefined;
    if (this.messages.length >= limits.messages || this.chars + topic.length + payload.length > limits.chars) {
      this.full = true;
      return undefined;
    }
    this.#last.set(topic, payload);
    this.chars += topic.length + payload.length;
    const kept = retain ? { kept: true as const } : {};
    this.messages.push({ at, topic, payload, retain, ...kept, ...(qos === 1 ? { qos } : {}) });
    return payload;
  }

  /**
   * Whether a message was retained is not told to those who listened when it came (MQTT 3.1.1, section 3.3.1.3): it shows in
   * what the broker keeps afterwards. Topics whose last message is kept are told so throughout.
   */
  withKept(kept: ReadonlyMap<string, string>): readonly Recorded[] {
    return this.messages.map((m) => (kept.get(m.topic) === this.#last.get(m.topic) ? { ...m, retain: true } : m));
  }
}

async function keptNow({ broker, topics }: RecordOptions): Promise<ReadonlyMap<string, string>> {
  const kept = new Map<string, string>();
  let last = performance.now();
  const client = await openClient(broker, { reconnectPeriod: 0 });
  client.on("message", (topic, body, { retain }) => {
    if (!retain || kept.size >= limits.messages) return;
    kept.set(topic, body.toString("utf8"));
    last = performance.now();
  });
  await listenTo(client, topics);
  const end = performance.now() + LONGEST_LOOK_MS;
  last = performance.now();
  while (performance.now() < Math.min(end, last + QUIET_MS))
    await new Promise((resolve) => setTimeout(resolve, QUIET_MS / 6));
  await client.endAsync(true);
  return kept;
}

/** Resolves at the end of the time, at the signal, or when the tape is full. */
function whileItLasts(options: RecordOptions, tape: Tape, elapsed: () => number): Promise<void> {
  const { seconds, signal, onProgress } = options;
  return new Promise((resolve) => {
    const end = (): void => {
      clearInterval(watching);
      clearTimeout(late);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const watching = setInterval(() => {
      onProgress?.(tape.messages.length, tape.chars, elapsed());
      if (tape.full) end();
    }, PROGRESS_MS);
    const late = seconds === undefined ? undefined : setTimeout(end, seconds * 1000);
    signal.addEventListener("abort", end);
    if (signal.aborted) end();
  });
}

/** Publishes what dialects want to know of devices, as a hub would. */
function asking(client: MqttClient): (topic: string, payload: string, retained: boolean) => void {
  const ingest = createIngest(dialects, ASKER);
  let left = MAX_QUESTIONS;
  return (topic, payload, retained) => {
    for (const question of ingest.receive(topic, payload, retained, Date.now()).publish) {
      left -= 1;
      if (left >= 0) client.publish(question.topic, question.payload, { qos: question.qos });
    }
  };
}

/**
 * Records until the time is over, the signal comes or the limit is reached (50 MB, 100,000 messages). Secrets are taken out before
 * anything leaves memory. Rejects with RecordingFault when the broker can't be reached or refuses.
 */
export async function record(options: RecordOptions): Promise<Recording> {
  const { broker, topics, keepAddresses = false } = options;
  const client = await openClient(broker);
  const made = new Date();
  const begun = performance.now();
  const elapsed = (): number => Math.round(performance.now() - begun) / 1000;
  const tape = new Tape();
  const notes: string[] = [];
  let lost = 0;
  const ask = options.ask ? asking(client) : undefined;
  client.on("message", (topic, body, { retain, qos }) => {
    const payload = tape.add(elapsed(), topic, body, retain, qos === 0 ? 0 : 1);
    if (payload !== undefined) ask?.(topic, payload, retain);
  });
  client.on("close", () => {
    lost += 1;
  });
  await listenTo(client, topics);
  await whileItLasts(options, tape, elapsed);
  const seconds = elapsed();
  client.removeAllListeners("close");
  await client.endAsync(true);
  const kept = await keptNow(options).catch(() => undefined);
  if (lost > 0) notes.push(`The connection to the broker was lost ${lost} times; what was said meanwhile is not here.`);
  if (!kept) notes.push("What the broker kept at the end could not be seen; more messages may have been retained.");
  if (tape.binary > 0) notes.push(`${tape.binary} messages were no text and were left out.`);
  if (tape.full) notes.push("The recording ended because it was full.");
  const { messages, replaced } = scrub(tape.withKept(kept ?? new Map()), keepAddresses);
  const head = { recording: 1 as const, made: made.toISOString(), topics, seconds, replaced, notes };
  return { head, messages: markOrders(messages, options.orders) };
}
