/** A hub and a device on one real broker: what only shows with sockets in between. */
import { connectAsync, type MqttClient } from "mqtt";
import type { NodeDescription } from "../../hub/model/node.ts";
import { pathKey } from "../../hub/model/path.ts";
import type { Reading } from "../../hub/model/reading.ts";
import type { Adapter, Log } from "../../hub/ports.ts";
import { parseJson } from "../mqtt/json.ts";
import { createMqtt } from "../mqtt/link.ts";
import { answersOf, devicesOf, HUB_ID } from "./bench.ts";
import { type Device, type Firmware, type Said, wireText } from "./firmware.ts";
import type { BenchBroker, Context } from "./trial.ts";

const WAIT_MS = 15_000;
const LOOK_MS = 10;
const quiet: Log = { info() {}, warn() {}, error() {} };

/** A message as the device's side received it. */
export interface Arrived {
  readonly topic: string;
  readonly payload: string;
  readonly qos: number;
  readonly retain: boolean;
}

/** Waits until something holds, at most 15 s; false when it never did. */
export async function until(holds: () => boolean): Promise<boolean> {
  const end = performance.now() + WAIT_MS;
  while (!holds()) {
    if (performance.now() > end) return false;
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
  return true;
}

export class LiveBench {
  readonly nodes = new Map<string, NodeDescription>();
  readonly gone: string[] = [];
  readonly values = new Map<string, Reading>();
  readonly arrived: Arrived[] = [];
  readings = 0;
  readonly broker: BenchBroker;
  readonly #link: Adapter;
  readonly #firmware: Firmware;
  #client: MqttClient | undefined;
  #devices: readonly Device[] = [];

  private constructor(broker: BenchBroker, context: Context) {
    this.broker = broker;
    this.#firmware = context.firmware;
    this.#link = createMqtt({
      own: { name: "own", url: broker.url },
      hubId: HUB_ID,
      dialects: [context.dialect],
      log: quiet,
      clock: { now: () => Date.now() },
      retryMs: 20,
    });
  }

  static async open(context: Context & Required<Pick<Context, "openBroker">>): Promise<LiveBench> {
    return new LiveBench(await (context.openBroker as () => Promise<BenchBroker>)(), context);
  }

  /** The device's own connection, which answers what it is asked. */
  async plugIn(devices: readonly Device[]): Promise<void> {
    this.#devices = devices;
    const client = await connectAsync(this.broker.url, { clientId: "kit-device", reconnectPeriod: 20 });
    this.#client = client;
    client.on("error", () => undefined);
    client.on("message", (topic, payload, { qos, retain }) => {
      if (this.arrived.length < 1000) this.arrived.push({ topic, payload: payload.toString("utf8"), qos, retain });
      const body = parseJson(payload.toString("utf8")) ?? payload.toString("utf8");
      void this.say(answersOf(this.#firmware, this.#devices, { topic, body }));
    });
    await client.subscribeAsync("#", { qos: 1 });
  }

  /** What the connection ends under is lost, as a real device's words are; never rejects. */
  async say(messages: readonly Said[], qos: 0 | 1 = 1): Promise<void> {
    for (const { topic, body, retained = false } of messages)
      await this.#client?.publishAsync(topic, wireText(body), { qos, retain: retained }).catch(() => undefined);
  }

  listen(): Promise<void> {
    return this.#link.start((input) => {
      if (input.kind === "nodeFound") this.nodes.set(input.node.id, input.node);
      else if (input.kind === "nodeGone") this.gone.push(input.node);
      else if (input.kind === "readings") {
        this.readings += input.readings.length;
        for (const reading of input.readings) this.values.set(pathKey(reading.path), reading);
      }
    });
  }

  send(node: NodeDescription, path: string, args: Readonly<Record<string, number | boolean | string>> = {}) {
    const [, endpoint = "0", capability = "", command = ""] = /^(\d+)\/([^.]*)\.(.*)$/.exec(path) ?? [];
    const target = { node: node.id, endpoint: Number(endpoint) };
    return this.#link.send({ target, capability, command, args }, node);
  }

  /** The nodes without those that come along with the devices. */
  devices(): readonly NodeDescription[] {
    return [...devicesOf(this.nodes, this.#firmware).values()];
  }

  connected(): boolean {
    return this.#client?.connected === true;
  }

  async close(): Promise<void> {
    await this.#link.stop();
    await this.#client?.endAsync(true);
    await this.broker.stop();
  }
}
