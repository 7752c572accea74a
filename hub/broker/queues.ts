import type { Journal } from "./journal.ts";
import type { BrokerLimits } from "./limits.ts";
import { decode, encode, keep, type Message, sizeOf } from "./message.ts";

const KIND = "queued";

interface Entry {
  readonly key: string;
  message: Message;
}

interface Queue {
  readonly entries: Entry[];
  bytes: number;
}

/** Messages that remembered clients have not acknowledged yet, in order. */
export class Queues {
  readonly #journal: Journal;
  readonly #limits: BrokerLimits;
  readonly #byClient = new Map<string, Queue>();
  #next = 1;
  dropped = 0;

  constructor(journal: Journal, limits: BrokerLimits) {
    this.#journal = journal;
    this.#limits = limits;
  }

  /** Call in the order of the keys. */
  restore(key: string, value: Uint8Array): void {
    const decoded = decode(value);
    if (!decoded) return;
    this.#next = Math.max(this.#next, Number(key) + 1);
    this.#append(decoded.clientId, { key, message: decoded.message });
  }

  #append(clientId: string, entry: Entry): Queue {
    let queue = this.#byClient.get(clientId);
    if (!queue) {
      queue = { entries: [], bytes: 0 };
      this.#byClient.set(clientId, queue);
    }
    queue.entries.push(entry);
    queue.bytes += sizeOf(entry.message);
    return queue;
  }

  add(clientId: string, message: Message): void {
    // One number for all queues: the order of keys is the order of arrival.
    const key = String(this.#next++).padStart(16, "0");
    const entry: Entry = { key, message: { ...keep(message), messageId: undefined } };
    const queue = this.#append(clientId, entry);
    this.#journal.set(KIND, key, () => encode(entry.message, { clientId }), "acknowledged");
    const { queuedMessages, queuedBytes } = this.#limits;
    while (queue.entries.length > queuedMessages || (queue.bytes > queuedBytes && queue.entries.length > 1)) {
      this.#take(clientId, queue, 0);
      this.dropped++;
    }
  }

  #take(clientId: string, queue: Queue, index: number): Message | undefined {
    const [entry] = queue.entries.splice(index, 1);
    if (!entry) return undefined;
    queue.bytes -= sizeOf(entry.message);
    // Written lazily: a crash before it delivers the message once more, as QoS 1 allows.
    this.#journal.remove(KIND, entry.key, "update");
    if (queue.entries.length === 0) this.#byClient.delete(clientId);
    return entry.message;
  }

  /** The message goes out under this id, or its PUBREL takes its place. A message that was dropped meanwhile is none. */
  update(clientId: string, message: Message): void {
    const entries = this.#byClient.get(clientId)?.entries ?? [];
    const { brokerId, brokerCounter, messageId } = message;
    const same = entries.find(
      ({ message: m }) => brokerId !== undefined && m.brokerId === brokerId && m.brokerCounter === brokerCounter,
    );
    if (same) {
      same.message.messageId = messageId;
      return;
    }
    const held = entries.find(({ message: m }) => m.messageId === messageId && m.brokerId !== brokerId);
    if (!held) return;
    held.message = { cmd: message.cmd, messageId };
    this.#journal.set(KIND, held.key, () => encode(held.message, { clientId }), "noted");
  }

  /** The client acknowledged the message with this id. */
  settle(clientId: string, messageId: number | undefined): Message | undefined {
    const queue = this.#byClient.get(clientId);
    if (!queue || messageId === undefined) return undefined;
    const index = queue.entries.findIndex(({ message }) => message.messageId === messageId);
    return index < 0 ? undefined : this.#take(clientId, queue, index);
  }

  end(clientId: string): void {
    for (const { key } of this.#byClient.get(clientId)?.entries ?? []) this.#journal.remove(KIND, key, "noted");
    this.#byClient.delete(clientId);
  }

  /** In their order; what was sent before is marked as repeated (MQTT 3.1.1, section 3.3.1.1). */
  of(clientId: string): Message[] {
    return (this.#byClient.get(clientId)?.entries ?? []).map(({ message }) =>
      message.cmd === "publish" && message.messageId !== undefined ? { ...message, dup: true } : message,
    );
  }

  /** A packet id above all that the client has not acknowledged. */
  freeId(clientId: string): number {
    let highest = 0;
    for (const { message } of this.#byClient.get(clientId)?.entries ?? [])
      highest = Math.max(highest, message.messageId ?? 0);
    return highest < 65_535 ? highest + 1 : 1;
  }

  get size(): number {
    let size = 0;
    for (const { entries } of this.#byClient.values()) size += entries.length;
    return size;
  }
}
