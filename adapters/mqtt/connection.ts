/** The connection to one broker: connects, comes back with growing waits, subscribes to everything, publishes. */
import { Socket } from "node:net";
import { connect, type ErrorWithReasonCode, type IClientOptions, type MqttClient } from "mqtt";
import type { BrokerSettings, BrokerStatus, Log } from "../../hub/ports.ts";
import type { MqttPublish } from "./dialect.ts";

export interface ConnectionParts {
  readonly broker: BrokerSettings;
  readonly own: boolean;
  readonly clientId: string;
  readonly log: Log;
  /** The first wait after a lost connection; doubled up to a minute. */
  readonly retryMs: number;
  /** Each message, one after the other. Must not throw. */
  readonly onMessage: (topic: string, payload: Uint8Array, retained: boolean) => void;
  /** The last will to be given with the next connection. */
  readonly will?: () => MqttPublish | undefined;
  /** After each connect, when the broker took the subscription. */
  readonly onConnect: () => void;
}

const LONGEST_WAIT_MS = 60_000;
const CONNECT_TIMEOUT_MS = 10_000;
/** The broker must take a message within this time. */
const SEND_TIMEOUT_MS = 8_000;
/** A burst of messages is read in slices of this length, so that people and rules get their turn between them. */
const SLICE_MS = 4;
/** CONNACK 1 of MQTT 3.1.1 (section 3.2.2.3) and 0x84 of MQTT 5 (section 3.2.2.2): the broker speaks another version. */
const OTHER_VERSION: ReadonlySet<number | undefined> = new Set([1, 0x84]);

/** What a failure means for the person who set the broker up. */
function inWords(error: Error): string {
  const code: unknown = "code" in error ? error.code : undefined;
  const text = error.message;
  switch (code) {
    case "ECONNREFUSED":
      return "nothing listens there: check the address and the port, and that the broker runs";
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return "the host's name is not known on this network: check its spelling, or give its address";
    case "ETIMEDOUT":
    case "EHOSTUNREACH":
      return "the host does not answer: check that it is on and reachable from the hub";
    case 4:
    case 5:
    case 0x86:
    case 0x87:
      return "the broker refused the name or the password";
    case "DEPTH_ZERO_SELF_SIGNED_CERT":
    case "SELF_SIGNED_CERT_IN_CHAIN":
    case "UNABLE_TO_VERIFY_LEAF_SIGNATURE":
    case "UNABLE_TO_GET_ISSUER_CERT_LOCALLY":
      return "the broker's certificate is signed by an authority that the hub does not know: give that authority's certificate";
    case "CERT_HAS_EXPIRED":
      return "the broker's certificate has expired: renew it on the broker";
    case "ERR_TLS_CERT_ALTNAME_INVALID":
      return "the broker's certificate is for another name: use the name that it was made for";
    default:
      return /wrong version number|packet length too long/i.test(text)
        ? "it does not speak TLS on this port: try mqtt:// or the TLS port, usually 8883"
        : text.slice(0, 200);
  }
}

function settingsOf({ broker, clientId, will }: ConnectionParts, version: 4 | 5): IClientOptions {
  const { username, password, ca, cert, key, insecure } = broker;
  const last = will?.();
  return {
    clientId,
    protocolVersion: version,
    // Nothing is queued for the hub while it is away: old messages would come as if they were new.
    clean: true,
    // Waiting is done here: the library's own wait neither grows nor varies.
    reconnectPeriod: 0,
    connectTimeout: CONNECT_TIMEOUT_MS,
    resubscribe: false,
    // The library would make 65,536 small buffers before it says its first word: 30 ms and some megabytes.
    writeCache: false,
    ...(last ? { will: { ...last, payload: Buffer.from(last.payload), retain: true } } : {}),
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
    ...(insecure ? { rejectUnauthorized: false } : {}),
  };
}

export class Connection {
  readonly #parts: ConnectionParts;
  /** Ends of publishes that the broker has not acknowledged; a lost connection ends them, and they are not repeated. */
  readonly #inFlight = new Set<(failure: string | undefined) => void>();
  #client: MqttClient | undefined;
  #retry: NodeJS.Timeout | undefined;
  #version: 4 | 5;
  #failures = 0;
  #stopped = false;
  #messages = 0;
  #sliceEnd = 0;
  #reason: string | undefined;
  #settled: () => void = () => undefined;

  constructor(parts: ConnectionParts) {
    this.#parts = parts;
    // The embedded broker speaks 3.1.1; others are offered 5 first.
    this.#version = parts.own ? 4 : 5;
  }

  /** Resolves when the broker answered, or at the first failure: it is tried again for as long as it is not stopped. */
  start(): Promise<void> {
    return new Promise((resolve) => {
      this.#settled = resolve;
      this.#open();
    });
  }

  status(): BrokerStatus {
    const { broker, own } = this.#parts;
    const connected = this.#client?.connected === true;
    return {
      name: broker.name,
      url: broker.url,
      own,
      state: connected ? "connected" : this.#reason === undefined ? "connecting" : "waiting",
      encrypted: /^(mqtts|wss):/.test(broker.url),
      messages: this.#messages,
      ...(broker.username === undefined ? {} : { username: broker.username }),
      ...(connected ? { protocol: this.#version === 5 ? "5" : "3.1.1" } : {}),
      ...(connected || this.#reason === undefined ? {} : { reason: this.#reason }),
    };
  }

  get connected(): boolean {
    return this.#client?.connected === true;
  }

  /** Never retained unless asked: a retained command would switch the device again after each of its restarts. Resolves with the failure, if any. */
  publish({ topic, payload, qos }: MqttPublish, retain = false): Promise<string | undefined> {
    const client = this.#client;
    if (!client?.connected) return Promise.resolve("the hub has no connection to the MQTT broker");
    return new Promise((resolve) => {
      const end = (failure: string | undefined): void => {
        clearTimeout(late);
        this.#inFlight.delete(end);
        resolve(failure);
      };
      const late = setTimeout(() => end("the MQTT broker did not take the command in time"), SEND_TIMEOUT_MS);
      this.#inFlight.add(end);
      client.publish(topic, payload, { qos, retain }, (error) =>
        end(error ? `the MQTT broker did not take the command: ${error.message}` : undefined),
      );
    });
  }

  /** Ends the connection in order, and connects anew at once. */
  renew(): void {
    this.#failures = 0;
    this.#client?.end();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#retry);
    await this.#client?.endAsync(true);
    this.#settled();
  }

  #open(): void {
    const { broker, log } = this.#parts;
    const where = { broker: broker.name, where: broker.url };
    const client = connect(broker.url, settingsOf(this.#parts, this.#version));
    this.#client = client;
    client.handleMessage = (packet, done) => this.#message(packet, done);
    client.on("connect", () => {
      // A command would else wait up to 40 ms for the acknowledgement of the one before (Nagle). A WebSocket's is set by its own library.
      if (client.stream instanceof Socket) client.stream.setNoDelay(true);
      this.#failures = 0;
      this.#reason = undefined;
      // "#" leaves out topics that begin with "$" (MQTT 3.1.1, section 4.7.2). Own messages are not wanted back (MQTT 5, section 3.8.3.1).
      const options = { qos: 1 as const, ...(this.#version === 5 ? { nl: true } : {}) };
      // Meters of one maker speak under "$aws" on the home's own broker; a broker that keeps it from the hub may.
      client.subscribe("$aws/#", options, () => undefined);
      client.subscribe("#", options, (error) => {
        if (error) log.error({ ...where, error: error.message }, "MQTT broker refused the subscription");
        else log.info(where, "connected to the MQTT broker");
        this.#settled();
        if (!error) this.#parts.onConnect();
      });
    });
    client.on("error", (error) => this.#failed(error, where));
    client.on("close", () => {
      if (client !== this.#client) return;
      this.#reason ??= "the connection was lost; it is tried again";
      for (const end of this.#inFlight) end("the connection to the MQTT broker was lost");
      this.#tryAgain();
      this.#settled();
    });
  }

  #failed(error: Error, where: object): void {
    const { code } = error as ErrorWithReasonCode;
    if (this.#version === 5 && OTHER_VERSION.has(code)) {
      this.#version = 4;
      this.#failures = 0;
      return;
    }
    this.#reason = inWords(error);
    this.#parts.log.warn({ ...where, error: this.#reason }, "MQTT connection failed");
  }

  /** The next message is taken when `done` is called: after a full slice only when others had their turn. */
  #message(packet: { topic: string; payload: string | Buffer; retain: boolean }, done: (error?: Error) => void): void {
    this.#messages += 1;
    const { topic, payload, retain } = packet;
    this.#parts.onMessage(topic, typeof payload === "string" ? Buffer.from(payload) : payload, retain);
    const now = performance.now();
    if (now < this.#sliceEnd) {
      done();
      return;
    }
    setImmediate(() => {
      this.#sliceEnd = performance.now() + SLICE_MS;
      done();
    });
  }

  /** One second, two, four … up to a minute, each varied by half so that a house full of clients does not come at once. */
  #tryAgain(): void {
    if (this.#stopped) return;
    clearTimeout(this.#retry);
    const wait = Math.min(LONGEST_WAIT_MS, this.#parts.retryMs * 2 ** Math.min(this.#failures, 10));
    this.#failures += 1;
    this.#retry = setTimeout(
      () => {
        const before = this.#client;
        before?.removeAllListeners();
        // Its socket may end late and badly; nobody listens to it any more.
        before?.on("error", () => undefined);
        before?.end(true);
        this.#open();
      },
      wait * (0.5 + Math.random() * 0.5),
    );
  }
}
