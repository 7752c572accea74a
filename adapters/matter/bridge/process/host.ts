import { Environment } from "@matter/main";
import type { Problem } from "../../../../hub/model/finding.ts";
import { backUp } from "../../process/backup.ts";
import { withoutSecrets } from "../../process/journal.ts";
import type { Repaired } from "../../process/repair.ts";
import { Numbers } from "../numbers.ts";
import type { BridgeConfig, FromBridge, OutDevice, ToBridge } from "../protocol.ts";
import { Asking } from "./asking.ts";
import { BridgeNode, type Surroundings } from "./bridge-node.ts";
import { GroupEars } from "./group-ears.ts";
import { bringBack, dropCopy, mendAll, restoredProblem } from "./mend.ts";

/** After a change of fabrics matter.js has written all of it by then. */
const SETTLED_MS = 500;
/** After a start its devices and its controllers come first: nothing has changed that the last copy lacks. */
const STARTED_MS = 20_000;

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
  /** Not told of yet. */
  #mended: Map<string, Repaired> = new Map();
  /** Bridges that could not be opened: no copy is made over the last good one. */
  readonly #unread = new Set<string>();
  /** Bridges that wait for their first devices, and for how many seconds they are open then. */
  readonly #waiting = new Map<string, number>();
  #work: Promise<void> = Promise.resolve();
  #copying: NodeJS.Timeout | undefined;

  constructor(storage: string, send: Send, environment = Environment.default) {
    this.#storage = storage;
    this.#send = send;
    this.asking = new Asking(send);
    const asking = this.asking;
    this.#next(async () => {
      this.#mended = await mendAll(storage);
    });
    const numbers = new Numbers(storage);
    if (numbers.restored) send({ kind: "log", level: "warn", message: numbersRestored[numbers.restored] });
    this.#around = {
      environment,
      numbers,
      ask: (bridge, fabric, device, endpoint, asks) => asking.ask(bridge, fabric, device.node, endpoint, asks),
      news: (bridge, news) => send({ kind: "news", bridge, news }),
      changed: () => this.#copySoon(),
      ears: new GroupEars((message) => send({ kind: "log", level: "warn", message })),
      guessed: ({ name }) => send({ kind: "problem", problem: guessedProblem(name) }),
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
    clearTimeout(this.#copying);
    await this.#work;
    await Promise.all([...this.#bridges.values()].map((bridge) => bridge.close()));
    await this.#around.ears.close();
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
        return bridge && this.#devices(bridge, message.devices);
      case "device":
        return bridge?.set(message.device);
      case "leave":
        return bridge?.remove(message.node);
      case "window":
        await backUp(this.#storage);
        if (bridge && this.#waiting.has(message.bridge)) this.#waiting.set(message.bridge, message.seconds);
        else await bridge?.open(message.seconds);
        return;
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
      bridge = await this.#opened(config);
      this.#bridges.set(id, bridge);
      this.#waiting.set(id, seconds);
    } catch (error) {
      await this.#failed(config, bridge, error);
    }
  }

  /** Goes online with its first devices: an ecosystem that saw it empty would forget their rooms and automations. */
  async #devices(bridge: BridgeNode, devices: readonly OutDevice[]): Promise<void> {
    const { id } = bridge.config;
    bridge.setDevices(devices);
    const seconds = this.#waiting.get(id);
    if (seconds === undefined) return;
    this.#waiting.delete(id);
    try {
      await bridge.settled();
      await bridge.start(seconds);
      this.#copySoon(STARTED_MS);
    } catch (error) {
      await this.#failed(bridge.config, bridge, error);
    }
  }

  async #failed({ id, port }: BridgeConfig, bridge: BridgeNode | undefined, error: unknown): Promise<void> {
    this.#bridges.delete(id);
    this.#waiting.delete(id);
    await bridge?.close().catch(() => undefined);
    const problem = `It can't start on port ${port}: ${words(error)}`;
    this.#send({ kind: "news", bridge: id, news: { online: false, fabrics: [], openUntil: 0, problem } });
  }

  /** The bridge out of its store, mended first where that is damaged. */
  async #opened(config: BridgeConfig): Promise<BridgeNode> {
    const tell = (repaired: Repaired | undefined) => {
      if (repaired) this.#send({ kind: "problem", problem: restoredProblem(config.name, repaired) });
    };
    tell(this.#mended.get(config.id));
    this.#mended.delete(config.id);
    try {
      return await BridgeNode.open(config, this.#around);
    } catch (error) {
      const repaired = await bringBack(this.#storage, config.id);
      if (!repaired) {
        this.#unread.add(config.id);
        throw error;
      }
      const bridge = await BridgeNode.open(config, this.#around);
      tell(repaired);
      return bridge;
    }
  }

  /** A copy of a good state, when the change that made it has been written. A full disk must not undo the change. */
  #copySoon(ms = SETTLED_MS): void {
    // The copy of a change does not wait for a start.
    if (this.#copying && ms > SETTLED_MS) return;
    clearTimeout(this.#copying);
    this.#copying = setTimeout(() => {
      this.#copying = undefined;
      if (this.#unread.size > 0) return;
      backUp(this.#storage).catch((error: unknown) => {
        const message = `no copy of the Matter bridge's store was made: ${words(error)}`;
        this.#send({ kind: "log", level: "warn", message });
      });
    }, ms);
  }

  async #forget(id: string): Promise<void> {
    await dropCopy(this.#storage, id);
    this.#unread.delete(id);
    await this.#bridges.get(id)?.erase();
    this.#bridges.delete(id);
    this.#waiting.delete(id);
    this.#around.numbers.forget(id);
    await backUp(this.#storage);
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

const numbersRestored = {
  twin: "the file of the endpoint numbers was damaged or gone; its twin was taken, all devices keep their numbers",
  copy: "both files of the endpoint numbers were damaged or gone; those of the last copy of the store were taken",
};

/** matter.js ends the window after 20 failed tries (Matter core specification 5.5, step 8). */
const guessedProblem = (name: string): Problem => ({
  code: "bridge-wrong-codes",
  message:
    `Somebody tried 20 wrong pairing codes on the Matter bridge ${name}, so it closed itself for pairing. ` +
    "Nothing was paired by them, and what is paired already goes on.",
  fix: "If it was you, open the bridge again and scan its QR code anew. If not, look who else is on your network.",
});
