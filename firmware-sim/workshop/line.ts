import { connect, type MqttClient } from "mqtt";
import type { Said } from "./firmware.ts";
import type { Session } from "./session.ts";

export interface LineOptions {
  readonly url: string;
  readonly user: string | undefined;
  readonly password: string | undefined;
  readonly onSaid: (said: Said) => void;
  readonly onHeard: (topic: string, payload: string, by: string) => void;
  /** Told once for each loss of the broker, not for each attempt; without credentials. */
  readonly onError: (message: string) => void;
}

const longestPayload = 65_536;
const goodbyeMs = 2000;
/**
 * Between the retained messages of an announcement: devices take seconds for it, and brokers that store a retained message before
 * they pass it on let what follows in the same packet overtake it.
 */
const pauseMs = 10;
const mostQueued = 5000;

/** A session's own connection to the broker, with its last will; comes and goes as the session does. */
export class Line {
  private readonly session: Session;
  private readonly options: LineOptions;
  private client: MqttClient | undefined;
  private complained = false;
  private queue: { readonly said: Said; readonly announced: boolean }[] = [];
  private pause: NodeJS.Timeout | undefined;

  constructor(session: Session, options: LineOptions) {
    this.session = session;
    this.options = options;
    this.open();
  }

  get connected(): boolean {
    return this.client?.connected === true;
  }

  /** Time goes on by `seconds` of the home's. */
  step(seconds: number): void {
    if (this.session.up && !this.client) this.open();
    if (!this.session.up && this.client) this.close(this.session.orderly);
    this.publish(this.session.step(seconds));
  }

  /** Says what the product says when it is stopped, and leaves as it does. */
  async end(): Promise<void> {
    const { client } = this;
    if (!client) return;
    const said = this.session.goodbye();
    this.forget();
    this.publish(said);
    this.client = undefined;
    client.removeAllListeners();
    client.on("error", () => {});
    const patience = setTimeout(() => client.end(true), goodbyeMs);
    await client.endAsync(said.length === 0 || !client.connected);
    clearTimeout(patience);
  }

  private open(): void {
    const { url, user, password } = this.options;
    const { firmware } = this.session;
    const will = firmware.will();
    const client = connect(url, {
      clientId: firmware.clientId,
      clean: true,
      keepalive: 30,
      reconnectPeriod: 2000,
      connectTimeout: 10_000,
      queueQoSZero: false,
      will: { topic: will.topic, payload: Buffer.from(will.payload), qos: will.qos, retain: will.retain },
      ...(user === undefined ? {} : { username: user }),
      ...(password === undefined ? {} : { password }),
    });
    this.client = client;
    client.on("connect", () => {
      this.complained = false;
      client.subscribe([...firmware.subscriptions()], { qos: 1 }, (error) => {
        if (error) this.complain(error.message);
      });
      this.publish(this.session.connected(), true);
    });
    client.on("error", (error) => this.complain(error.message));
    client.on("close", () => {
      this.session.disconnected();
      this.forget();
      this.complain("the connection was closed");
    });
    // Retained commands are obeyed too, as the makers do: who retains one sees it again after each start.
    client.on("message", (topic, payload) => {
      if (payload.length > longestPayload) return;
      const text = payload.toString("utf8");
      this.options.onHeard(topic, text, firmware.names[0] ?? firmware.clientId);
      this.publish(this.session.receive(topic, text));
    });
  }

  private close(orderly: boolean): void {
    const { client } = this;
    this.client = undefined;
    if (!client) return;
    client.removeAllListeners();
    client.on("error", () => {});
    this.forget();
    client.end(!orderly);
  }

  private publish(said: readonly Said[], announced = false): void {
    if (!this.client?.connected) return;
    for (const one of said) if (this.queue.length < mostQueued) this.queue.push({ said: one, announced });
    this.drain();
  }

  private drain(): void {
    while (!this.pause) {
      const next = this.queue.shift();
      if (!next || !this.client?.connected) return;
      const { topic, payload, qos, retain } = next.said;
      this.client.publish(topic, payload, { qos, retain });
      this.options.onSaid(next.said);
      if (next.announced && retain) this.pause = setTimeout(() => this.resume(), pauseMs);
    }
  }

  private resume(): void {
    this.pause = undefined;
    this.drain();
  }

  private forget(): void {
    clearTimeout(this.pause);
    this.pause = undefined;
    this.queue = [];
  }

  private complain(message: string): void {
    if (this.complained) return;
    this.complained = true;
    this.options.onError(`${this.session.firmware.clientId}: no connection to the broker (${message}); trying again`);
  }
}
