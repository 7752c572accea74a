/** A maker's adapter, as the hub sees it: an Adapter whose work is done in a process that may break, hang or lie. */
import type { Command } from "../../../hub/model/command.ts";
import type { Problem } from "../../../hub/model/finding.ts";
import type { NodeDescription } from "../../../hub/model/node.ts";
import type { NodeId } from "../../../hub/model/path.ts";
import type { Reading } from "../../../hub/model/reading.ts";
import type { Adapter, BrokerSettings, Clock, Log, SendResult, Sink } from "../../../hub/ports.ts";
import { parseObject } from "../../mqtt/json.ts";
import type { AdapterPlace } from "../find.ts";
import { AdapterChild, SILENT_MS } from "./child.ts";
import { cleanNode, cleanReading, problem as problemSchema } from "./door.ts";

export interface ForeignOptions {
  readonly place: AdapterPlace;
  /** The bundle of foreign/process.ts. */
  readonly entry: string;
  readonly own?: BrokerSettings | undefined;
  readonly others: readonly BrokerSettings[];
  readonly log: Log;
  readonly clock: Clock;
  /** The first wait after an end; doubled up to a minute. Default 1000 ms. */
  readonly retryMs?: number;
  /** Silent for so long, it hangs. Default 10 s. */
  readonly silentMs?: number;
}

const LONGEST_WAIT_MS = 60_000;
const HEALTHY_MS = 60_000;
const ANSWER_MS = 9000;
/** The house waits for an adapter's first words no longer than this. */
const FIRST_MS = 5000;
const MAX_OPEN = 100;
const MAX_NODES = 1000;
/** Most things of one line, and findings of one run. */
const MAX_INPUTS = 1000;
const MAX_PROBLEMS = 2000;

/** It listens to the brokers that the hub listens to. */
export interface ForeignAdapter extends Adapter {
  /** Connects to a broker, instead of to one of the same name before; while it does not run, when it next does. */
  connect(broker: BrokerSettings): void;
  disconnect(name: string): void;
}

class Foreign implements ForeignAdapter {
  readonly name = "mqtt";
  readonly #options: ForeignOptions;
  /** Brokers beside the hub's own, as they are now. */
  readonly #brokers: Map<string, BrokerSettings>;
  /** Its nodes, and whether each was last told as reachable. */
  readonly #nodes = new Map<NodeId, boolean>();
  readonly #open = new Map<number, (result: SendResult) => void>();
  #sink: Sink = () => undefined;
  #child: AdapterChild | undefined;
  #dialect: string | undefined;
  #request = 0;
  #wait: number;
  #problems = 0;
  #retry: NodeJS.Timeout | undefined;
  #stopped = false;
  #first: () => void = () => undefined;

  constructor(options: ForeignOptions) {
    this.#options = options;
    this.#brokers = new Map(options.others.map((broker) => [broker.name, broker]));
    this.#wait = options.retryMs ?? 1000;
  }

  /** Resolves when it is ready or has failed once, at the latest after 5 s. */
  start(sink: Sink): Promise<void> {
    this.#sink = sink;
    return new Promise((resolve) => {
      const late = setTimeout(resolve, FIRST_MS);
      this.#first = () => {
        clearTimeout(late);
        resolve();
      };
      this.#run();
    });
  }

  send(command: Command, node: NodeDescription): Promise<SendResult> {
    const { name } = this.#options.place;
    if (this.#open.size >= MAX_OPEN)
      return Promise.resolve({ ok: false, reason: `too many commands wait for ${name}` });
    this.#request += 1;
    const request = this.#request;
    return new Promise((resolve) => {
      const finish = (result: SendResult): void => {
        clearTimeout(late);
        this.#open.delete(request);
        resolve(result);
      };
      const late = setTimeout(
        () => finish({ ok: false, reason: `the adapter ${name} did not answer in time` }),
        ANSWER_MS,
      );
      this.#open.set(request, finish);
      if (!this.#child?.tell({ kind: "send", request, command, node }))
        finish({ ok: false, reason: `the adapter ${name} is not running; it is started again` });
    });
  }

  connect(broker: BrokerSettings): void {
    this.#brokers.set(broker.name, broker);
    this.#child?.tell({ kind: "connect", broker });
  }

  disconnect(name: string): void {
    this.#brokers.delete(name);
    this.#child?.tell({ kind: "disconnect", name });
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#retry);
    await this.#child?.stop();
  }

  #run(): void {
    const { place, entry, own, silentMs = SILENT_MS } = this.#options;
    const startedAt = performance.now();
    this.#problems = 0;
    const child: AdapterChild = new AdapterChild(entry, place.folder, silentMs, {
      line: (line) => this.#take(line),
      ended: (why) => this.#ended(why, performance.now() - startedAt),
    });
    this.#child = child;
    child.tell({ kind: "configure", dialect: place.dialect, own, others: [...this.#brokers.values()] });
  }

  #ended(why: string, ranMs: number): void {
    const { place, log } = this.#options;
    this.#child = undefined;
    this.#first();
    for (const finish of [...this.#open.values()]) finish({ ok: false, reason: `the adapter ${place.name} ended` });
    if (this.#stopped) return;
    const at = this.#options.clock.now();
    for (const [node, reachable] of this.#nodes) {
      if (reachable) this.#sink({ kind: "reachable", node, reachable: false, at });
      this.#nodes.set(node, false);
    }
    if (ranMs > HEALTHY_MS) this.#wait = this.#options.retryMs ?? 1000;
    const wait = this.#wait;
    this.#wait = Math.min(LONGEST_WAIT_MS, wait * 2);
    log.warn({ adapter: place.name, why, againInMs: wait }, "a maker's adapter ended");
    this.#tell({
      code: "adapter-ended",
      message: `The adapter ${place.name} ended and is started again: ${why}.`,
      fix: "Ask its maker for a newer version, or start the hub without it.",
      field: place.name,
    });
    this.#retry = setTimeout(() => this.#run(), wait);
  }

  #tell(problem: Problem): void {
    this.#sink({ kind: "problem", problem, at: this.#options.clock.now() });
  }

  #take(line: string): void {
    const message = parseObject(line);
    switch (message?.kind) {
      case "alive":
        return;
      case "ready":
        this.#dialect = typeof message.name === "string" ? message.name.slice(0, 40) : "unnamed";
        this.#options.log.info(
          { adapter: this.#options.place.name, pid: this.#child?.pid },
          "a maker's adapter is ready",
        );
        this.#first();
        return;
      case "unfit":
        this.#child?.kill(typeof message.message === "string" ? message.message.slice(0, 300) : "it is not fit");
        return;
      case "answer":
        this.#answer(message.request, message.result);
        return;
      case "inputs":
        if (Array.isArray(message.inputs) && message.inputs.length <= MAX_INPUTS) {
          for (const input of message.inputs) this.#input(input);
          return;
        }
    }
    this.#child?.kill("it said what no adapter says");
  }

  #answer(request: unknown, result: unknown): void {
    const ok: unknown = Reflect.get(Object(result), "ok");
    const reason: unknown = Reflect.get(Object(result), "reason");
    const finish = typeof request === "number" ? this.#open.get(request) : undefined;
    const words = typeof reason === "string" && reason ? reason.slice(0, 300) : "the adapter gave no reason";
    finish?.(ok === true ? { ok: true } : { ok: false, reason: words });
  }

  #input(input: unknown): void {
    const at = this.#options.clock.now();
    const part = (key: string): unknown => Reflect.get(Object(input), key);
    const [node, kind] = [part("node"), part("kind")];
    switch (kind) {
      case "readings": {
        const given = part("readings");
        const isOwn = (id: string): boolean => this.#nodes.has(id);
        const readings = (Array.isArray(given) ? given.slice(0, MAX_INPUTS) : []).flatMap((one: unknown): Reading[] => {
          const clean = cleanReading(one, isOwn, at);
          return clean ? [clean] : [];
        });
        if (readings.length > 0) this.#sink({ kind: "readings", readings });
        break;
      }
      case "nodeFound":
        this.#found(node, at);
        break;
      case "nodeGone":
        if (typeof node === "string" && this.#nodes.delete(node)) this.#sink({ kind, node, at });
        break;
      case "reachable": {
        const reachable = part("reachable") === true;
        if (typeof node !== "string" || !this.#nodes.has(node)) break;
        this.#nodes.set(node, reachable);
        this.#sink({ kind, node, reachable, at });
        break;
      }
      case "problem":
        this.#problem(part("problem"));
    }
  }

  #found(given: unknown, at: number): void {
    const { name } = this.#options.place;
    const node = cleanNode(given, this.#dialect ?? name);
    const full = typeof node !== "string" && !this.#nodes.has(node.id) && this.#nodes.size >= MAX_NODES;
    if (typeof node === "string" || full) {
      const why = typeof node === "string" ? node : `more than ${MAX_NODES} devices are not kept`;
      const fix = "Report it to the adapter's maker; inglenook kit check shows such faults.";
      this.#tell({
        code: "adapter-node-refused",
        message: `A device of the adapter ${name} is refused: ${why}`,
        fix,
        field: name,
      });
      return;
    }
    if (!this.#nodes.has(node.id)) this.#nodes.set(node.id, false);
    this.#sink({ kind: "nodeFound", node, at });
  }

  #problem(given: unknown): void {
    const parsed = problemSchema.safeParse(given);
    this.#problems += 1;
    if (!parsed.success || this.#problems > MAX_PROBLEMS) return;
    const { node, ...rest } = parsed.data;
    const problem = node !== undefined && this.#nodes.has(node) ? { ...rest, node } : rest;
    this.#tell(problem as Problem);
  }
}

export const createForeignAdapter = (options: ForeignOptions): ForeignAdapter => new Foreign(options);
