import { backUp } from "../../process/backup.ts";
import { withoutSecrets } from "../../process/journal.ts";
import { Numbers } from "../numbers.ts";
import type { BridgeConfig, FromBridge, OutDevice, ToBridge } from "../protocol.ts";
import { Asking } from "./asking.ts";
import { BridgeNode, type Surroundings } from "./bridge-node.ts";

type Send = (message: FromBridge) => void;

const words = (error: unknown): string =>
  withoutSecrets(error instanceof Error ? deepest(error).message : String(error));

/** matter.js wraps what went wrong; the innermost error says it. */
function deepest(error: Error, depth = 0): Error {
  const inner: unknown = error.cause ?? (error instanceof AggregateError ? error.errors[0] : undefined);
  return inner instanceof Error && depth < 8 ? deepest(inner, depth + 1) : error;
}

/** All bridges of the process. */
export class BridgeHost {
  readonly asking: Asking;
  readonly #storage: string;
  readonly #send: Send;
  readonly #around: Surroundings;
  readonly #bridges = new Map<string, BridgeNode>();
  #work: Promise<void> = Promise.resolve();

  constructor(storage: string, send: Send) {
    this.#storage = storage;
    this.#send = send;
    this.asking = new Asking(send);
    const asking = this.asking;
    this.#around = {
      numbers: new Numbers(storage),
      ask: (bridge, fabric, device, endpoint, asks) => asking.ask(bridge, fabric, device.node, endpoint, asks),
      news: (bridge, news) => send({ kind: "news", bridge, news }),
      odd: (device, error) => this.#odd(device, error),
    };
  }

  /** Does what the hub says, one thing after the other. Never throws. */
  take(message: ToBridge): void {
    switch (message.kind) {
      case "answer":
        this.asking.answered(message.request, message.answer);
        return;
      case "settled":
        this.asking.settled(message.request);
        return;
      case "told":
        for (const told of message.told) this.#next(async () => this.#all((b) => b.tell(told)));
        return;
      default:
        this.#next(() => this.#do(message));
    }
  }

  async close(): Promise<void> {
    await this.#work;
    await Promise.all([...this.#bridges.values()].map((bridge) => bridge.close()));
  }

  async #do(message: ToBridge): Promise<void> {
    const bridge =
      "bridge" in message && typeof message.bridge === "string" ? this.#bridges.get(message.bridge) : undefined;
    switch (message.kind) {
      case "bridge":
        return this.#open(message.bridge, message.open);
      case "forget":
        return this.#forget(message.bridge);
      case "devices":
        return bridge?.setDevices(message.devices);
      case "device":
        return bridge?.set(message.device);
      case "leave":
        return bridge?.remove(message.node);
      case "window":
        await backUp(this.#storage);
        return bridge?.open(message.seconds);
      case "removeFabric":
        await backUp(this.#storage);
        return bridge?.removeFabric(message.fabric);
    }
  }

  async #open(config: BridgeConfig, seconds: number): Promise<void> {
    const { id } = config;
    const was = this.#bridges.get(id);
    if (was && JSON.stringify(was.config) === JSON.stringify(config)) return;
    await was?.close();
    this.#bridges.delete(id);
    let bridge: BridgeNode | undefined;
    try {
      bridge = await BridgeNode.open(config, this.#around);
      this.#bridges.set(id, bridge);
      await bridge.start(seconds);
    } catch (error) {
      this.#bridges.delete(id);
      await bridge?.close().catch(() => undefined);
      const problem = `It can't start on port ${config.port}: ${words(error)}`;
      this.#send({ kind: "news", bridge: id, news: { online: false, fabrics: [], openUntil: 0, problem } });
    }
  }

  async #forget(id: string): Promise<void> {
    await backUp(this.#storage);
    await this.#bridges.get(id)?.erase();
    this.#bridges.delete(id);
    this.#around.numbers.forget(id);
  }

  #all(work: (bridge: BridgeNode) => void): void {
    for (const bridge of this.#bridges.values()) work(bridge);
  }

  #next(work: () => Promise<void> | undefined): void {
    this.#work = this.#work.then(work).catch((error: unknown) => {
      this.#send({ kind: "log", level: "error", message: `the bridge: ${words(error)}` });
    });
  }

  #odd({ node, name }: OutDevice, error: unknown): void {
    this.#send({
      kind: "problem",
      problem: {
        code: "bridge-device-left-out",
        node,
        message: `${name} can't be shown by the Matter bridge: ${words(error)}`,
        fix: "The other devices are shown. A change of the device's kind in its settings may help; the log tells more.",
      },
    });
  }
}
