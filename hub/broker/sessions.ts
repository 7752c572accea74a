import type { Journal } from "./journal.ts";
import { TopicTree } from "./topics.ts";

const KIND = "session";

/** A subscription as aedes knows it (rh, rap and nl belong to MQTT 5 and are only passed through). */
export interface Subscription {
  readonly topic: string;
  readonly qos: number;
  readonly rh?: number | undefined;
  readonly rap?: boolean | undefined;
  readonly nl?: boolean | undefined;
}

export interface Subscriber {
  readonly clientId: string;
  readonly topic: string;
  readonly qos: number;
}

/** The subscriptions of clients that asked to be remembered (clean session off). */
export class Sessions {
  readonly #journal: Journal;
  // In the order of their last change, so that the first one is the one away longest.
  readonly #byClient = new Map<string, Map<string, Subscription>>();
  readonly #tree = new TopicTree<number>();

  constructor(journal: Journal) {
    this.#journal = journal;
  }

  restore(clientId: string, value: Uint8Array): void {
    const subs: Subscription[] = JSON.parse(Buffer.from(value).toString("utf8"));
    this.#put(clientId, subs);
  }

  #put(clientId: string, subs: readonly Subscription[]): void {
    const mine = this.#byClient.get(clientId) ?? new Map<string, Subscription>();
    this.#byClient.delete(clientId);
    this.#byClient.set(clientId, mine);
    for (const { topic, qos, rh, rap, nl } of subs) {
      mine.set(topic, { topic, qos, rh, rap, nl });
      if (qos > 0) this.#tree.set(topic, clientId, qos);
      else this.#tree.delete(topic, clientId);
    }
  }

  add(clientId: string, subs: readonly Subscription[]): void {
    const mine = this.#byClient.get(clientId);
    const news = subs.some((sub) => mine?.get(sub.topic)?.qos !== sub.qos);
    this.#put(clientId, subs);
    if (news) this.#write(clientId);
  }

  remove(clientId: string, topics: readonly string[]): void {
    const mine = this.#byClient.get(clientId);
    if (!mine) return;
    for (const topic of topics) {
      mine.delete(topic);
      this.#tree.delete(topic, clientId);
    }
    if (mine.size === 0) this.end(clientId);
    else this.#write(clientId);
  }

  end(clientId: string): void {
    const mine = this.#byClient.get(clientId);
    if (!mine) return;
    for (const topic of mine.keys()) this.#tree.delete(topic, clientId);
    this.#byClient.delete(clientId);
    this.#journal.remove(KIND, clientId, "acknowledged");
  }

  #write(clientId: string): void {
    const encode = () => Buffer.from(JSON.stringify([...(this.#byClient.get(clientId)?.values() ?? [])]));
    this.#journal.set(KIND, clientId, encode, "acknowledged");
  }

  of(clientId: string): Subscription[] {
    return [...(this.#byClient.get(clientId)?.values() ?? [])];
  }

  /** Who gets a message of this topic kept: each client once, with the highest of its QoS. */
  subscribers(topic: string): Subscriber[] {
    const found = new Map<string, Subscriber>();
    this.#tree.match(topic, (clientId, qos) => {
      const before = found.get(clientId);
      if (!before || before.qos < qos) found.set(clientId, { clientId, topic, qos });
    });
    return [...found.values()];
  }

  clients(): IterableIterator<string> {
    return this.#byClient.keys();
  }

  *clientsWith(topic: string): Generator<string> {
    for (const [clientId, subs] of this.#byClient) if (subs.has(topic)) yield clientId;
  }

  get size(): number {
    return this.#byClient.size;
  }

  get subscriptions(): number {
    return this.#tree.size;
  }
}
