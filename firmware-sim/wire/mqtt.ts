import { connect, type MqttClient } from "mqtt";
import type { Message, MqttDevice } from "../devices/device.ts";
import { dropEvery, dropFor, type Fault, spoil } from "../faults.ts";
import type { World } from "../world.ts";

export interface MqttOptions {
  readonly url: string;
  readonly faults: readonly Fault[];
  readonly chance: () => number;
  /** Told once for each loss of the broker, not for each attempt. */
  readonly onError: (message: string) => void;
}

/** Messages that may wait at once for one connection; more are lost. */
const mostWaiting = 500;

/**
 * A pause after each retained message, ms. Devices announce themselves over seconds, not in one packet; and brokers
 * that store a retained message before they pass it on let what follows in the same packet overtake it.
 */
const retainedPause = 20;

/** One device's (or bridge's) own connection to the broker, with its last will. */
export class MqttLine {
  private readonly device: MqttDevice;
  private readonly world: World;
  private readonly options: MqttOptions;
  private readonly client: MqttClient;
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly faults: readonly Fault[];
  private readonly queue: Message[] = [];
  private pausing = false;
  private announced = false;
  private readonly dropTimer: NodeJS.Timeout | undefined;
  private complained = false;
  private ended = false;

  constructor(device: MqttDevice, world: World, options: MqttOptions) {
    this.device = device;
    this.world = world;
    this.options = options;
    this.faults = options.faults.filter((fault) => device.names.includes(fault.device));
    const { will } = device;
    this.client = connect(options.url, {
      clientId: device.clientId,
      clean: true,
      keepalive: 30,
      reconnectPeriod: 2000,
      connectTimeout: 10_000,
      queueQoSZero: false,
      will: { topic: will.topic, payload: Buffer.from(will.payload), qos: 1, retain: will.retain },
    });
    this.client.on("connect", () => this.arrive());
    this.client.on("error", (error) => this.complain(error.message));
    this.client.on("close", () => {
      this.queue.length = 0;
      this.complain("the connection was closed");
    });
    this.client.on("message", (topic, payload) => {
      if (payload.length <= 16_384) this.publish(device.receive(topic, payload.toString("utf8"), world));
    });
    if (this.faults.some((fault) => fault.kind === "drop")) {
      this.dropTimer = setInterval(() => this.drop(), dropEvery * 1000);
    }
  }

  /** Connected, and everything said so far is out. */
  get settled(): boolean {
    return this.client.connected && this.announced && this.queue.length === 0;
  }

  /** Sends what is due; without a connection it is gone, as with the real thing. */
  step(seconds: number): void {
    this.publish(this.device.step(seconds, this.world));
  }

  /** Goes without a goodbye, so that the broker publishes the last will. */
  async end(): Promise<void> {
    this.ended = true;
    clearInterval(this.dropTimer);
    for (const timer of this.timers) clearTimeout(timer);
    await this.client.endAsync(true);
  }

  private arrive(): void {
    this.complained = false;
    this.client.subscribe([...this.device.subscriptions], { qos: this.device.qos }, (error) => {
      if (error) this.complain(error.message);
    });
    this.publish(this.device.announce(this.world));
    this.announced = true;
  }

  private publish(messages: readonly Message[]): void {
    if (!this.client.connected) return;
    for (const message of messages) {
      for (const { message: said, delay } of spoil(message, this.faults, this.options.chance)) {
        if (delay === 0) this.enqueue(said);
        else if (this.timers.size < mostWaiting) this.later(delay, () => this.enqueue(said));
      }
    }
  }

  private enqueue(message: Message): void {
    if (this.queue.length < mostWaiting) this.queue.push(message);
    this.drain();
  }

  private drain(): void {
    while (!this.pausing) {
      const message = this.queue.shift();
      if (!message) return;
      this.send(message);
      if (!message.retain) continue;
      this.pausing = true;
      this.later(retainedPause, () => {
        this.pausing = false;
        this.drain();
      });
    }
  }

  private send({ topic, payload, retain }: Message): void {
    if (!this.client.connected) return;
    this.client.publish(topic, payload, { qos: this.device.qos, retain }, (error) => {
      if (error) this.complain(error.message);
    });
  }

  private later(delay: number, action: () => void): void {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      action();
    }, delay);
    this.timers.add(timer);
  }

  private drop(): void {
    this.client.end(true);
    this.later(dropFor * 1000, () => this.client.reconnect());
  }

  private complain(message: string): void {
    if (this.complained || this.ended) return;
    this.complained = true;
    this.options.onError(`${this.device.clientId}: no connection to the broker (${message}); trying again`);
  }
}
