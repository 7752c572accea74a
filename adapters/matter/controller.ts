import { randomUUID } from "node:crypto";
import type { Command } from "../../hub/model/command.ts";
import type { NodeId } from "../../hub/model/path.ts";
import type { Adapter, AdapterInput, Clock, Log, Pairing, PairingJob, SendResult, Sink } from "../../hub/ports.ts";
import { WatchedChild } from "./child.ts";
import { MatterManager } from "./manager.ts";
import { PairingJobs } from "./pairing.ts";
import { type FromProcess, isFromProcess, type ToProcess } from "./protocol.ts";
import { MatterUpdatesView } from "./updates.ts";

export interface MatterOptions {
  /** The bundled process, e.g. `dist/matter-process.mjs`. */
  readonly entry: string;
  /** The process's own folder; `<storage>-backup` beside it is written too. */
  readonly storage: string;
  readonly log: Log;
  readonly clock?: Clock;
  /** What other controllers see as the name of this home's fabric; at most 32 characters. */
  readonly fabricLabel?: string;
  /** Called on every step of a pairing. */
  readonly onPairing?: (job: PairingJob) => void;
  /** How long to look for a device that a code belongs to. */
  readonly searchMs?: number;
  /** Where a person puts root certificates and the list of revoked devices; `<storage>-trust` where it is not given. */
  readonly trustFolder?: string;
  /** Where a person puts update files (.ota); `<storage>-updates` where it is not given. */
  readonly updateFolder?: string;
  /** Whether the public ledger may be asked. */
  readonly online?: boolean;
  /** Devices with test certificates are paired without a question: for a simulated home, which has no others. */
  readonly acceptTestDevices?: boolean;
}

/** What the process said of itself. */
export interface MatterFacts {
  readonly running: boolean;
  readonly pid: number | undefined;
  /** Bytes; 0 before the first sign of life. */
  readonly rss: number;
}

export interface Matter {
  readonly adapter: Adapter;
  readonly pairing: Pairing;
  readonly manager: MatterManager;
  readonly updates: MatterUpdatesView;
  facts(): MatterFacts;
  /** Whether the public ledger may be asked, from now on. */
  setOnline(online: boolean): void;
}

/** The port promises an answer within 10 s; the process may still be doing it then. */
const ANSWER_MS = 9500;
/** A command beside so many unanswered ones is refused. */
const OPEN_LIMIT = 256;
const SEARCH_MS = 45_000;
const DOWN = "The Matter part of the hub is restarting";

/** The hub's side of Matter: a watched process does the work, this passes things on. */
export function createMatter(options: MatterOptions): Matter {
  const side = new HubSide(options);
  return {
    adapter: side,
    pairing: {
      start: (code, wifi) => side.jobs.start(code, wifi),
      jobs: () => side.jobs.jobs,
      answer: (job, accept) => side.jobs.answer(job, accept),
      cancel: (job) => side.jobs.cancel(job),
      remove: (node) => side.remove(node),
    },
    manager: side.manager,
    updates: side.updates,
    facts: () => side.facts(),
    setOnline: (online) => side.setOnline(online),
  };
}

class HubSide implements Adapter {
  readonly name = "matter";
  readonly jobs: PairingJobs;
  readonly manager: MatterManager;
  readonly updates: MatterUpdatesView;
  readonly #options: MatterOptions;
  readonly #child: WatchedChild<ToProcess, FromProcess>;
  readonly #reachable = new Map<NodeId, boolean>();
  readonly #open = new Map<number, (result: SendResult) => void>();
  #request = 0;
  #online: boolean;
  #sink: Sink = () => undefined;
  #rss = 0;

  constructor(options: MatterOptions) {
    this.#options = options;
    this.#online = options.online ?? false;
    const kind = {
      entry: options.entry,
      name: "the Matter process",
      isFrom: isFromProcess,
      stop: { kind: "stop" },
    } as const;
    this.#child = new WatchedChild<ToProcess, FromProcess>(kind, options.log, {
      up: () => this.#configure(),
      message: (message) => this.#take(message),
      down: () => this.#down(),
    });
    this.manager = new MatterManager(
      (message) => this.#child.send(message),
      () => this.#now(),
    );
    const folder = options.updateFolder ?? `${options.storage}-updates`;
    this.updates = new MatterUpdatesView(folder, (node, wish) => this.manager.update(node, wish));
    const run = randomUUID().slice(0, 4);
    this.jobs = new PairingJobs({
      send: (message) => this.#child.send(message),
      changed: (job) => options.onPairing?.(job),
      searchMs: options.searchMs ?? SEARCH_MS,
      idPrefix: `pairing-${run}`,
    });
  }

  /** Starts the process and returns at once: a Matter store that can't be read must not hold the house up. */
  async start(sink: Sink): Promise<void> {
    this.#sink = sink;
    this.#child.start();
  }

  async send(command: Command): Promise<SendResult> {
    return this.#ask((request) => ({ kind: "send", request, command }), ANSWER_MS);
  }

  /** Throws with the reason when the node is not one of ours or the process is away. */
  async remove(node: NodeId): Promise<void> {
    const result = await this.#ask((request) => ({ kind: "remove", request, node }), 20_000);
    if (!result.ok) throw new Error(result.reason);
  }

  async stop(): Promise<void> {
    this.jobs.close();
    await this.#child.stop();
  }

  setOnline(online: boolean): void {
    this.#online = online;
    this.#child.send({ kind: "online", online });
  }

  facts(): MatterFacts {
    return { running: this.#child.pid !== undefined, pid: this.#child.pid, rss: this.#rss };
  }

  #ask(message: (request: number) => ToProcess, limitMs: number): Promise<SendResult> {
    if (this.#open.size >= OPEN_LIMIT)
      return Promise.resolve({ ok: false, reason: "too many Matter commands are waiting" });
    const request = ++this.#request;
    return new Promise((resolve) => {
      const timer = setTimeout(() => finish({ ok: false, reason: "the device did not answer in time" }), limitMs);
      const finish = (result: SendResult): void => {
        clearTimeout(timer);
        this.#open.delete(request);
        resolve(result);
      };
      this.#open.set(request, finish);
      if (!this.#child.send(message(request))) finish({ ok: false, reason: DOWN });
    });
  }

  #configure(): void {
    const { storage, fabricLabel = "Inglenook", acceptTestDevices = false } = this.#options;
    const online = this.#online;
    const trustFolder = this.#options.trustFolder ?? `${storage}-trust`;
    const label = fabricLabel.slice(0, 32);
    const updateFolder = this.updates.folder;
    const kind = "configure";
    this.#child.send({ kind, storage, fabricLabel: label, trustFolder, updateFolder, online, acceptTestDevices });
  }

  #down(): void {
    this.#rss = 0;
    this.manager.down(DOWN);
    this.updates.down(DOWN);
    this.jobs.lost(`${DOWN} and the pairing was lost. Try again in a minute.`);
    for (const finish of [...this.#open.values()]) finish({ ok: false, reason: DOWN });
    const at = this.#now();
    for (const [node, reachable] of this.#reachable) {
      if (reachable) this.#sink({ kind: "reachable", node, reachable: false, at });
      this.#reachable.set(node, false);
    }
  }

  #now(): number {
    return this.#options.clock?.now() ?? Date.now();
  }

  #take(message: FromProcess): void {
    const { log } = this.#options;
    switch (message.kind) {
      case "ready":
        log.info({ pid: this.#child.pid }, "Matter is ready");
        break;
      case "alive":
        this.#rss = message.rss;
        break;
      case "log":
        log[message.level]({}, `matter: ${message.message}`);
        break;
      case "answer":
        this.#open.get(message.request)?.(message.result);
        break;
      case "managed":
        this.manager.take(message.request, message.result);
        break;
      case "update":
      case "badUpdateFiles":
        this.updates.take(message);
        break;
      case "step":
      case "asking":
      case "commissioned":
      case "failed":
        this.jobs.take(message);
        break;
      default:
        this.#pass(message);
    }
  }

  /** Everything of a device gets the hub's time: the process says it at once, and one clock must rule a home's history. */
  #pass(message: Extract<FromProcess, { readonly kind: AdapterInput["kind"] }>): void {
    const at = this.#now();
    if (message.kind === "readings") {
      this.#sink({ kind: "readings", readings: message.readings.map((reading) => ({ ...reading, at })) });
      return;
    }
    if (message.kind === "reachable") this.#reachable.set(message.node, message.reachable);
    if (message.kind === "nodeFound" && !this.#reachable.has(message.node.id))
      this.#reachable.set(message.node.id, false);
    if (message.kind === "nodeGone") {
      this.#reachable.delete(message.node);
      this.updates.gone(message.node);
    }
    this.#sink({ ...message, at });
  }
}
