import type { Journal } from "./journal.ts";
import type { BrokerLimits } from "./limits.ts";
import { decode, encode, keep, type Message, sizeOf } from "./message.ts";
import { hasWildcard, matches } from "./topics.ts";

const KIND = "retained";
/** Topics that are looked at in one turn of the loop. */
const AT_ONCE = 500;

/** The last message of each topic that was sent to be kept. */
export class Retained {
  readonly #journal: Journal;
  readonly #limits: BrokerLimits;
  readonly #byTopic = new Map<string, Message>();
  #bytes = 0;
  dropped = 0;

  constructor(journal: Journal, limits: BrokerLimits) {
    this.#journal = journal;
    this.#limits = limits;
  }

  restore(topic: string, value: Uint8Array): void {
    const message = decode(value)?.message;
    if (message) this.#put(topic, message);
  }

  #put(topic: string, message: Message): void {
    const before = this.#byTopic.get(topic);
    this.#bytes += sizeOf(message) - (before ? sizeOf(before) : 0);
    this.#byTopic.set(topic, message);
  }

  /** An empty payload forgets the topic. Over the limits a new topic is not kept, and counted. */
  store(message: Message): void {
    const { topic = "", payload = "", qos = 0 } = message;
    const before = this.#byTopic.get(topic);
    if (payload.length === 0) {
      if (!before) return;
      this.#bytes -= sizeOf(before);
      this.#byTopic.delete(topic);
      this.#journal.remove(KIND, topic, qos > 0 ? "acknowledged" : "noted");
      return;
    }
    const { retainedMessages, retainedBytes } = this.#limits;
    const bytes = this.#bytes + sizeOf(message) - (before ? sizeOf(before) : 0);
    if (bytes > retainedBytes || (!before && this.#byTopic.size >= retainedMessages)) {
      this.dropped++;
      return;
    }
    const kept = { ...keep(message), retain: true, messageId: undefined };
    const same = before?.qos === qos && Buffer.from(payload).equals(Buffer.from(before.payload ?? ""));
    this.#put(topic, kept);
    // An announcement repeated at every start of a device writes nothing; but an earlier write may still be under way.
    if (same) return;
    this.#journal.set(KIND, topic, () => encode(kept), qos > 0 ? "acknowledged" : before ? "update" : "noted");
  }

  /**
   * By pattern, in the order in which the topics came. Looks at a part of them in one turn of the loop, and at no more
   * than there are when it begins: what comes later is sent to the one who asks anyway.
   */
  async *find(patterns: readonly string[]): AsyncGenerator<Message> {
    for (const pattern of patterns) {
      if (!hasWildcard(pattern)) {
        const message = this.#byTopic.get(pattern);
        if (message) yield message;
        continue;
      }
      let left = this.#byTopic.size;
      for (const [topic, message] of this.#byTopic) {
        if (matches(pattern, topic)) yield message;
        if (--left === 0) break;
        if (left % AT_ONCE === 0) await new Promise((resolve) => setImmediate(resolve));
      }
    }
  }

  get size(): number {
    return this.#byTopic.size;
  }
}
