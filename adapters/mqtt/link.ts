/** The connection to a broker: subscribes to everything, hands bodies to the ingest, sends commands and questions. */
import { connect, type IClientOptions, type MqttClient } from "mqtt";
import type { Command } from "../../hub/model/command.ts";
import type { Adapter, Clock, Log, SendResult, Sink } from "../../hub/ports.ts";
import type { Dialect, MqttPublish } from "./dialect.ts";
import { createIngest, type Ingest, type Received } from "./ingest.ts";

export interface MqttLinkOptions {
  /** `mqtt://`, `mqtts://`, `ws://` or `wss://`; a user and password in it are used and never logged. */
  readonly url: string;
  readonly username?: string;
  readonly password?: string;
  /** Names the hub in request topics and, unless `clientId` is given, to the broker: `[a-z0-9-]+`. */
  readonly hubId: string;
  readonly clientId?: string;
  readonly dialects: readonly Dialect[];
  readonly log: Log;
  readonly clock: Clock;
  /** The first wait after a lost connection; doubled up to a minute. Default 1000 ms. */
  readonly retryMs?: number;
}

const LONGEST_WAIT_MS = 60_000;
const CONNECT_TIMEOUT_MS = 10_000;
/** The broker must take a command within this time. */
const SEND_TIMEOUT_MS = 8_000;
/** Topics that the hub itself published to, and therefore does not read; the oldest is forgotten. */
const MAX_OWN_TOPICS = 2_000;
/** Questions to devices in any one minute; more are dropped, and the device is asked when it next comes online. */
const MAX_QUESTIONS_A_MINUTE = 600;

/** Waiting messages that are read in one go. */
const CATCH_UP = 500;

/** Without user, password, path or query: fit for a log. */
function shownUrl(url: string): string {
  try {
    const { protocol, host } = new URL(url);
    return `${protocol}//${host}`;
  } catch {
    return "the broker";
  }
}

class MqttLink implements Adapter {
  readonly name = "mqtt";
  readonly #options: MqttLinkOptions;
  readonly #ingest: Ingest;
  readonly #own = new Set<string>();
  /** Ends of publishes that the broker has not acknowledged; a lost connection ends them, and they are not repeated. */
  readonly #inFlight = new Set<(failure: string | undefined) => void>();
  #client: MqttClient | undefined;
  #retry: NodeJS.Timeout | undefined;
  #failures = 0;
  #stopped = false;
  #minute = 0;
  #questions = 0;
  #catchingUp = false;

  constructor(options: MqttLinkOptions) {
    this.#options = options;
    this.#ingest = createIngest(options.dialects, options.hubId);
  }

  /** Resolves when the broker answered, or at the first failure: it is tried again for as long as the link runs. */
  start(sink: Sink): Promise<void> {
    const { url, hubId, clientId, username, password, log } = this.#options;
    const where = shownUrl(url);
    const settings: IClientOptions = {
      clientId: clientId ?? hubId,
      clean: true,
      // Waiting is done here: the library's own wait neither grows nor varies.
      reconnectPeriod: 0,
      connectTimeout: CONNECT_TIMEOUT_MS,
      resubscribe: false,
      ...(username === undefined ? {} : { username }),
      ...(password === undefined ? {} : { password }),
    };
    const client = connect(url, settings);
    this.#client = client;
    client.on("message", (topic, payload, packet) => this.#receive(topic, payload, packet.retain, sink));
    return new Promise((resolve) => {
      client.on("connect", () => {
        this.#failures = 0;
        // "#" leaves out topics that begin with "$" (MQTT 3.1.1, section 4.7.2).
        client.subscribe("#", { qos: 1 }, (error) => {
          if (error) log.error({ where, error: error.message }, "MQTT broker refused the subscription");
          else log.info({ where }, "connected to the MQTT broker");
          resolve();
        });
      });
      client.on("error", (error) => log.warn({ where, error: error.message }, "MQTT connection failed"));
      client.on("close", () => {
        for (const end of this.#inFlight) end("the connection to the MQTT broker was lost");
        this.#tryAgain(client);
        resolve();
      });
    });
  }

  async send(command: Command): Promise<SendResult> {
    const encoded = this.#ingest.encode(command);
    if (!encoded.ok) return encoded;
    const client = this.#client;
    if (!client?.connected) return { ok: false, reason: "the hub has no connection to the MQTT broker" };
    for (const message of encoded.publish) {
      const failure = await this.#publish(client, message);
      if (failure !== undefined) return { ok: false, reason: failure };
    }
    return { ok: true };
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#retry);
    await this.#client?.endAsync(true);
  }

  /** Never retained: a retained command would switch the device again after each of its restarts. */
  #publish(client: MqttClient, { topic, payload, qos }: MqttPublish): Promise<string | undefined> {
    this.#remember(topic);
    return new Promise((resolve) => {
      const end = (failure: string | undefined): void => {
        clearTimeout(late);
        this.#inFlight.delete(end);
        resolve(failure);
      };
      const late = setTimeout(() => end("the MQTT broker did not take the command in time"), SEND_TIMEOUT_MS);
      this.#inFlight.add(end);
      client.publish(topic, payload, { qos, retain: false }, (error) =>
        end(error ? `the MQTT broker did not take the command: ${error.message}` : undefined),
      );
    });
  }

  #remember(topic: string): void {
    this.#own.add(topic);
    if (this.#own.size <= MAX_OWN_TOPICS) return;
    const oldest = this.#own.values().next().value;
    if (oldest !== undefined) this.#own.delete(oldest);
  }

  #receive(topic: string, payload: Buffer, retained: boolean, sink: Sink): void {
    if (this.#own.has(topic)) return;
    const at = this.#options.clock.now();
    this.#take(this.#ingest.receive(topic, payload, retained, at), at, sink);
    if (!this.#catchingUp) this.#catchUp(sink);
  }

  #take(received: Received, at: number, sink: Sink): void {
    for (const input of received.inputs) sink(input);
    for (const question of received.publish) this.#ask(question, at);
  }

  /** Reads what waited for a description in pieces, so that a house full of retained messages does not hold the loop. */
  #catchUp(sink: Sink): void {
    const more = this.#ingest.catchUp(CATCH_UP);
    this.#take(more, this.#options.clock.now(), sink);
    this.#catchingUp = !more.done && !this.#stopped;
    if (this.#catchingUp) setImmediate(() => this.#catchUp(sink));
  }

  #ask(question: MqttPublish, at: number): void {
    const minute = Math.floor(at / 60_000);
    if (minute !== this.#minute) [this.#minute, this.#questions] = [minute, 0];
    this.#questions += 1;
    const client = this.#client;
    if (this.#questions > MAX_QUESTIONS_A_MINUTE || !client?.connected) return;
    void this.#publish(client, question).then((failure) => {
      if (failure !== undefined)
        this.#options.log.warn({ topic: question.topic, failure }, "a device could not be asked");
    });
  }

  /** One second, two, four … up to a minute, each varied by half so that a house full of clients does not come at once. */
  #tryAgain(client: MqttClient): void {
    if (this.#stopped) return;
    clearTimeout(this.#retry);
    const wait = Math.min(LONGEST_WAIT_MS, (this.#options.retryMs ?? 1000) * 2 ** Math.min(this.#failures, 10));
    this.#failures += 1;
    this.#retry = setTimeout(() => client.reconnect(), wait * (0.5 + Math.random() * 0.5));
  }
}

/** The MQTT adapter for one broker. */
export const createMqttLink = (options: MqttLinkOptions): Adapter => new MqttLink(options);
