/** The MQTT adapter: connections to one or several brokers, one ingest for all of them. */
import type { Command } from "../../hub/model/command.ts";
import type { Adapter, BrokerSettings, BrokerStatus, Clock, Log, SendResult, Sink } from "../../hub/ports.ts";
import { Connection } from "./connection.ts";
import type { Dialect, MqttMessage, MqttPublish } from "./dialect.ts";
import { createIngest, type Ingest, type Received } from "./ingest.ts";

export interface MqttOptions {
  /** Names the hub in request topics and to brokers: `[a-z0-9-]+`. */
  readonly hubId: string;
  readonly dialects: readonly Dialect[];
  readonly log: Log;
  readonly clock: Clock;
  /** The hub's embedded broker, unless it is turned off. */
  readonly own?: BrokerSettings;
  readonly others?: readonly BrokerSettings[];
  readonly announcing?: Announcing;
  /** The first wait after a lost connection; doubled up to a minute. Default 1000 ms. */
  readonly retryMs?: number;
}

/** What the hub says of its own devices on the brokers. */
export interface Announcing {
  /** Topics that begin so are the hub's own, and are read by no dialect: what it announced must not come back as devices. */
  readonly prefix: string;
  /** The last will, while anything is announced. */
  will(): MqttPublish | undefined;
  /** A request to one of the announced devices; never one that a broker kept. */
  asked(topic: string, payload: string): void;
  /** A broker is there (again): it may know nothing of what was announced. */
  connected(): void;
}

/** `retained`: it is what a broker kept, and may be old. */
export type Ear = (topic: string, payload: Uint8Array, retained: boolean) => boolean;

export interface MqttAdapter extends Adapter {
  brokers(): readonly BrokerStatus[];
  /** Connects to a broker, instead of to one of the same name before. */
  connect(broker: BrokerSettings): void;
  /** Ends a connection; its devices stay, unreachable by it. */
  disconnect(name: string): void;
  /** Publishes to every broker; retained where asked. For the hub's own announcements. */
  announce(message: MqttPublish, retain: boolean): void;
  /** Puts an ear before the dialects: what it takes (true) is read by none of them. In place of the one before. */
  hear(ear: Ear): void;
  /** Connects anew to all brokers: a last will is given only with a connection. */
  reconnect(): void;
  /** People's mappings changed: devices come, change and go by them at once. */
  reread(): void;
  /** As {@link Ingest.unread}. */
  unread: Ingest["unread"];
  /** As {@link Ingest.last}. */
  last(topic: string): MqttMessage | undefined;
}

/** Topics that the hub itself published to, and therefore does not read; the oldest is forgotten. */
const MAX_OWN_TOPICS = 10_000;
/** Questions to devices in any one minute; more are dropped, and the device is asked when it next comes online. */
const MAX_QUESTIONS_A_MINUTE = 600;
/** Waiting messages that are read before the time is looked at; any one of them may make a device anew. */
const CATCH_UP = 4;
/** Waiting messages are read for so long in one go. */
const CATCH_UP_MS = 4;
/** What can wait for the end of a burst of messages waits at most so long. */
const LONGEST_BURST_MS = 1000;
/** What is read when nobody described it is looked at again at the latest after so long, whatever the clock does. */
const LONGEST_PATIENCE_MS = 60_000;

/** A broker of which something is left to be read. */
interface Behind {
  /** By `performance.now()`. */
  readonly since: number;
  /** Messages came since it was last looked at. */
  isBusy: boolean;
}

class Mqtt implements MqttAdapter {
  readonly name = "mqtt";
  readonly #options: MqttOptions;
  readonly #ingest: Ingest;
  readonly #connections = new Map<string, Connection>();
  readonly #own = new Set<string>();
  readonly #behind = new Map<string, Behind>();
  /** By broker: looks again at what waits, though nothing more is said. */
  readonly #patience = new Map<string, NodeJS.Timeout>();
  #sink: Sink | undefined;
  #ear: Ear | undefined;
  #stopped = false;
  #minute = 0;
  #questions = 0;

  constructor(options: MqttOptions) {
    this.#options = options;
    this.#ingest = createIngest(options.dialects, options.hubId, true);
  }

  /** Resolves when each broker answered or failed once; those that failed are tried again for as long as the hub runs. */
  async start(sink: Sink): Promise<void> {
    this.#sink = sink;
    const { own, others = [] } = this.#options;
    if (own) this.#add(own, true);
    for (const broker of others) this.#add(broker, false);
    await Promise.all([...this.#connections.values()].map((c) => c.start()));
  }

  async send(command: Command): Promise<SendResult> {
    const routed = this.#ingest.encode(command);
    if (!routed.ok) return routed;
    const connection = this.#connections.get(routed.broker);
    if (!connection) return { ok: false, reason: `the MQTT broker ${routed.broker} is no longer set up` };
    for (const message of routed.publish) {
      this.#remember(routed.broker, message.topic);
      const failure = await connection.publish(message);
      if (failure !== undefined) return { ok: false, reason: failure };
    }
    return { ok: true };
  }

  brokers(): readonly BrokerStatus[] {
    return [...this.#connections.values()].map((c) => c.status());
  }

  connect(broker: BrokerSettings): void {
    this.disconnect(broker.name);
    void this.#add(broker, false).start();
  }

  disconnect(name: string): void {
    void this.#connections.get(name)?.stop();
    this.#connections.delete(name);
  }

  announce(message: MqttPublish, retain: boolean): void {
    const { announcing } = this.#options;
    for (const [name, connection] of this.#connections) {
      if (!announcing || !message.topic.startsWith(announcing.prefix)) this.#remember(name, message.topic);
      if (connection.connected) void connection.publish(message, retain);
    }
  }

  hear(ear: Ear): void {
    this.#ear = ear;
  }

  reconnect(): void {
    for (const connection of this.#connections.values()) connection.renew();
  }

  reread(): void {
    for (const input of this.#ingest.reread(this.#options.clock.now())) this.#sink?.(input);
  }

  unread(): ReturnType<Ingest["unread"]> {
    return this.#ingest.unread();
  }

  last(topic: string): MqttMessage | undefined {
    return this.#ingest.last(topic);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    for (const timer of this.#patience.values()) clearTimeout(timer);
    await Promise.all([...this.#connections.values()].map((c) => c.stop()));
  }

  #add(broker: BrokerSettings, own: boolean): Connection {
    const { hubId, log, retryMs = 1000, announcing } = this.#options;
    const { name } = broker;
    const connection = new Connection({
      broker,
      own,
      clientId: hubId,
      log,
      retryMs,
      onMessage: (topic, payload, retained) => this.#receive(name, topic, payload, retained),
      will: () => announcing?.will(),
      onConnect: () => announcing?.connected(),
    });
    this.#connections.set(name, connection);
    return connection;
  }

  #remember(broker: string, topic: string): void {
    this.#own.add(`${broker} ${topic}`);
    if (this.#own.size <= MAX_OWN_TOPICS) return;
    const oldest = this.#own.values().next().value;
    if (oldest !== undefined) this.#own.delete(oldest);
  }

  #receive(broker: string, topic: string, payload: Uint8Array, retained: boolean): void {
    const { announcing } = this.#options;
    if (announcing && topic.startsWith(announcing.prefix)) {
      if (!retained) announcing.asked(topic, Buffer.from(payload).toString("utf8"));
      return;
    }
    if (this.#stopped || this.#own.has(`${broker} ${topic}`) || this.#ear?.(topic, payload, retained)) return;
    const from = performance.now();
    const at = this.#options.clock.now();
    this.#take(broker, this.#ingest.receive(topic, payload, retained, at, broker), at);
    const behind = this.#behind.get(broker);
    if (behind) behind.isBusy = true;
    else this.#catchUp(broker, from);
  }

  #take(broker: string, received: Received, at: number): void {
    for (const input of received.inputs) this.#sink?.(input);
    for (const question of received.publish) this.#ask(broker, question, at);
  }

  /**
   * Reads what waited for a description in pieces, so that a house full of retained messages does not hold the loop. `from`:
   * when this turn's work began, by `performance.now()`.
   */
  #catchUp(broker: string, from: number, behind?: Behind): void {
    const calm = behind !== undefined && (!behind.isBusy || from - behind.since >= LONGEST_BURST_MS);
    do {
      const at = this.#options.clock.now();
      const more = this.#ingest.catchUp(CATCH_UP, at, broker, calm);
      this.#take(broker, more, at);
      if (more.done || this.#stopped) {
        this.#behind.delete(broker);
        this.#lookAgain(broker, more.due === undefined ? undefined : more.due - at);
        return;
      }
      if (more.idle && !calm) break;
    } while (performance.now() - from < CATCH_UP_MS);
    const next = { since: behind?.since ?? from, isBusy: false };
    this.#behind.set(broker, next);
    setImmediate(() => this.#catchUp(broker, performance.now(), next));
  }

  #lookAgain(broker: string, ms: number | undefined): void {
    clearTimeout(this.#patience.get(broker));
    this.#patience.delete(broker);
    if (ms === undefined || this.#stopped) return;
    const again = (): void => {
      if (!this.#behind.has(broker)) this.#catchUp(broker, performance.now());
    };
    this.#patience.set(broker, setTimeout(again, Math.min(Math.max(1, ms), LONGEST_PATIENCE_MS)));
  }

  #ask(broker: string, question: MqttPublish, at: number): void {
    const minute = Math.floor(at / 60_000);
    if (minute !== this.#minute) [this.#minute, this.#questions] = [minute, 0];
    this.#questions += 1;
    const connection = this.#connections.get(broker);
    if (this.#questions > MAX_QUESTIONS_A_MINUTE || !connection?.connected) return;
    this.#remember(broker, question.topic);
    void connection.publish(question).then((failure) => {
      if (failure !== undefined)
        this.#options.log.warn({ topic: question.topic, failure }, "a device could not be asked");
    });
  }
}

export const createMqtt = (options: MqttOptions): MqttAdapter => new Mqtt(options);
