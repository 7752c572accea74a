import { Readable } from "node:stream";
import { atOnce } from "./at-once.ts";
import type { Journal } from "./journal.ts";
import type { BrokerLimits } from "./limits.ts";
import { decode, encode, keep, type Message } from "./message.ts";
import { Queues } from "./queues.ts";
import { Retained } from "./retained.ts";
import { Sessions, type Subscription } from "./sessions.ts";

interface ClientRef {
  readonly id: string;
  readonly clean?: boolean;
}

interface BrokerRef {
  readonly id: string;
  readonly clients?: Readonly<Record<string, unknown>>;
}

type Will = Message & { clientId?: string };

/**
 * What aedes wants remembered (the interface of aedes-persistence 11), held in memory and written through the journal:
 * retained messages, sessions, waiting messages, ids of unfinished QoS 2 messages, last wills. What a client waits for
 * is awaited here or in AckGate; the rest is written later, together.
 */
export class Persistence {
  readonly retained: Retained;
  readonly sessions: Sessions;
  readonly queues: Queues;
  readonly #journal: Journal;
  readonly #limits: BrokerLimits;
  readonly #incoming = new Map<string, Map<number, Message>>();
  readonly #wills = new Map<string, Will>();
  #broker: BrokerRef = { id: "" };

  constructor(journal: Journal, limits: BrokerLimits) {
    this.#journal = journal;
    this.#limits = limits;
    this.retained = new Retained(journal, limits);
    this.sessions = new Sessions(journal);
    this.queues = new Queues(journal, limits);
    for (const { kind, key, value } of journal.load()) this.#restore(kind, key, value);
  }

  #restore(kind: string, key: string, value: Uint8Array): void {
    if (kind === "retained") this.retained.restore(key, value);
    else if (kind === "session") this.sessions.restore(key, value);
    else if (kind === "queued") this.queues.restore(key, value);
    else if (kind === "will") {
      const will = decode(value);
      if (will) this.#wills.set(key, { ...will.message, clientId: key });
    } else if (kind === "incoming") {
      const [, id = "", clientId = ""] = /^(\d+) (.*)$/s.exec(key) ?? [];
      this.#incomingOf(clientId).set(Number(id), { cmd: "publish", messageId: Number(id) });
    }
  }

  async setup(broker: BrokerRef): Promise<void> {
    this.#broker = broker;
  }

  storeRetained(message: Message): Promise<void> {
    this.retained.store(message);
    return atOnce(undefined);
  }

  createRetainedStream(pattern: string): Readable {
    return Readable.from(this.retained.find([pattern]));
  }

  createRetainedStreamCombi(patterns: readonly string[]): Readable {
    return Readable.from(this.retained.find(patterns));
  }

  async addSubscriptions(client: ClientRef, subs: readonly Subscription[]): Promise<void> {
    this.sessions.add(client.id, subs);
    if (this.sessions.size > this.#limits.sessions) this.#endOldest(client.id);
    await this.#journal.durable();
  }

  #endOldest(except: string): void {
    for (const id of this.sessions.clients()) {
      if (id === except || this.#broker.clients?.[id]) continue;
      this.sessions.end(id);
      this.queues.end(id);
      return;
    }
  }

  async removeSubscriptions(client: ClientRef, topics: readonly string[]): Promise<void> {
    this.sessions.remove(client.id, topics);
    await this.#journal.durable();
  }

  async subscriptionsByClient(client: ClientRef): Promise<Subscription[]> {
    return this.sessions.of(client.id);
  }

  async countOffline(): Promise<{ subsCount: number; clientsCount: number }> {
    return { subsCount: this.sessions.subscriptions, clientsCount: this.sessions.size };
  }

  subscriptionsByTopic(topic: string): Promise<{ clientId: string; topic: string; qos: number }[]> {
    return atOnce(this.sessions.subscribers(topic));
  }

  /** MQTT 3.1.1, section 3.1.2.4: a clean start forgets the session, its waiting messages included. */
  async cleanSubscriptions(client: ClientRef): Promise<void> {
    this.sessions.end(client.id);
    this.queues.end(client.id);
  }

  async outgoingEnqueue(sub: { readonly clientId: string }, message: Message): Promise<void> {
    this.queues.add(sub.clientId, message);
  }

  outgoingEnqueueCombi(subs: readonly { readonly clientId: string }[], message: Message): Promise<void> {
    for (const { clientId } of subs) this.queues.add(clientId, message);
    return atOnce(undefined);
  }

  async outgoingUpdate(client: ClientRef, message: Message): Promise<void> {
    this.queues.update(client.id, message);
  }

  async outgoingClearMessageId(client: ClientRef, message: Message): Promise<Message | undefined> {
    return this.queues.settle(client.id, message.messageId);
  }

  outgoingStream(client: ClientRef): Readable {
    return Readable.from(this.queues.of(client.id));
  }

  #incomingOf(clientId: string): Map<number, Message> {
    let mine = this.#incoming.get(clientId);
    if (!mine) {
      mine = new Map();
      this.#incoming.set(clientId, mine);
    }
    return mine;
  }

  async incomingStorePacket(client: ClientRef, message: Message): Promise<void> {
    const id = message.messageId ?? 0;
    // Only the id is needed, to know a repeated message; a clean session ends with its connection.
    this.#incomingOf(client.id).set(id, { cmd: "publish", messageId: id });
    this.#forgetIncoming(client.id);
    if (!client.clean) this.#journal.set("incoming", `${id} ${client.id}`, () => new Uint8Array(), "acknowledged");
  }

  /** Clients that leave without the last step, each time under another id, must not fill the store: the oldest go. */
  #forgetIncoming(except: string): void {
    if (this.#incoming.size <= this.#limits.sessions) return;
    for (const id of this.#incoming.keys()) {
      if (id === except || this.#broker.clients?.[id]) continue;
      this.#endIncoming(id);
      return;
    }
  }

  #endIncoming(clientId: string): void {
    for (const id of this.#incoming.get(clientId)?.keys() ?? [])
      this.#journal.remove("incoming", `${id} ${clientId}`, "noted");
    this.#incoming.delete(clientId);
  }

  async incomingGetPacket(client: ClientRef, message: Message): Promise<Message> {
    const found = this.#incoming.get(client.id)?.get(message.messageId ?? 0);
    if (!found) throw new Error("no such packet");
    return found;
  }

  async incomingDelPacket(client: ClientRef, message: Message): Promise<void> {
    const id = message.messageId ?? 0;
    const mine = this.#incoming.get(client.id);
    if (!mine?.delete(id)) throw new Error("no such packet");
    if (mine.size === 0) this.#incoming.delete(client.id);
    this.#journal.remove("incoming", `${id} ${client.id}`, "acknowledged");
    // The client uses the id again after its PUBCOMP: remembered over a crash, a new message would pass for a repeated one.
    await this.#journal.durable();
  }

  async cleanIncoming(client: ClientRef): Promise<void> {
    this.#endIncoming(client.id);
  }

  async putWill(client: ClientRef, will: Will): Promise<void> {
    const kept: Will = { ...keep({ ...will, cmd: "publish" }), brokerId: this.#broker.id, clientId: client.id };
    this.#wills.set(client.id, kept);
    this.#journal.set("will", client.id, () => encode(kept), "noted");
  }

  async getWill(client: ClientRef): Promise<Will | undefined> {
    return this.#wills.get(client.id);
  }

  async delWill(client: ClientRef): Promise<Will | undefined> {
    const will = this.#wills.get(client.id);
    this.#wills.delete(client.id);
    this.#journal.remove("will", client.id, "noted");
    return will;
  }

  /** Wills of clients that were connected to a broker that is no more: aedes sends them some minutes after a start. */
  streamWill(brokers: Readonly<Record<string, unknown>> = {}): Readable {
    const ids = this.#broker.id;
    return Readable.from([...this.#wills.values()].filter((w) => w.brokerId !== ids && !brokers[w.brokerId ?? ""]));
  }

  getClientList(topic: string): Readable {
    return Readable.from(this.sessions.clientsWith(topic));
  }

  async destroy(): Promise<void> {
    this.#journal.commit();
  }
}
