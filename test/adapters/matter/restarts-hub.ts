/** The hub's Matter side over the simulated network, with the core that hears it. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { MatterHost } from "../../../adapters/matter/process/host.ts";
import { createOutbox } from "../../../adapters/matter/process/outbox.ts";
import type { FromProcess } from "../../../adapters/matter/protocol.ts";
import { flatTariff, newHome } from "../../../hub/main/defaults.ts";
import type { Command } from "../../../hub/model/command.ts";
import { knownOf } from "../../../hub/model/home.ts";
import { type AttributePath, pathKey } from "../../../hub/model/path.ts";
import type { Known, Reading } from "../../../hub/model/reading.ts";
import type { AdapterInput, SendResult } from "../../../hub/ports.ts";
import { emptyState, step } from "../../../hub/step.ts";
import type { Machine } from "./restarts-air.ts";
import type { VirtualClock } from "./restarts-clock.ts";

const newCore = () => emptyState(newHome(), flatTariff);

export class HubSide {
  readonly clock: VirtualClock;
  machine: Machine;
  core = newCore();
  host: MatterHost | undefined;
  /** What went wrong where nothing may. */
  readonly problems: string[] = [];
  onReading: (reading: Reading) => void = () => undefined;
  onMessage: (message: FromProcess) => void = () => undefined;
  #run = 0;

  constructor(clock: VirtualClock, machine: Machine) {
    this.clock = clock;
    this.machine = machine;
  }

  async start(): Promise<void> {
    const run = ++this.#run;
    const { storage, environment } = this.machine;
    mkdirSync(join(storage, "matter"), { recursive: true });
    const outbox = createOutbox({
      connected: true,
      send: (message: FromProcess, ...rest: unknown[]) => {
        // What a dead process says is heard by nobody.
        if (run === this.#run) this.#hear(message);
        const done = rest.at(-1);
        if (typeof done === "function") setImmediate(() => done(null));
        return true;
      },
    });
    const options = {
      storage: join(storage, "matter"),
      fabricLabel: "Inglenook",
      trustFolder: join(storage, "trust"),
      updateFolder: join(storage, "updates"),
      online: false,
      acceptTestDevices: true,
    };
    const host = await MatterHost.open(options, outbox, environment);
    if (run === this.#run) this.host = host;
    else void host.close().catch(() => undefined);
  }

  /** The process is killed; with `whole`, the hub with it, which then knows only what it kept. */
  kill(to: Machine, whole: boolean): void {
    this.#run++;
    const { host } = this;
    this.host = undefined;
    this.machine = to;
    void host?.close().catch(() => undefined);
    if (whole) this.core = newCore();
    const at = this.clock.now;
    for (const [node, { reachable }] of this.core.home.nodes)
      if (reachable) this.#input({ kind: "reachable", node, reachable: false, at });
  }

  commission(code: string, searchMs = 20_000) {
    const { host } = this;
    if (!host) throw new Error("the hub is down");
    return host.commission({
      code,
      searchMs,
      signal: new AbortController().signal,
      step: () => undefined,
      ask: async () => true,
    });
  }

  async send(command: Command): Promise<SendResult> {
    return this.host?.send(command) ?? { ok: false, reason: "the hub is down" };
  }

  known(path: AttributePath): Known {
    const node = this.core.home.nodes.get(path.node);
    return node ? knownOf(node, pathKey(path), this.clock.now) : { status: "unknown", reason: "no such node" };
  }

  tick(): void {
    step(this.core, { kind: "tick", at: this.clock.now }, this.clock.now);
  }

  #hear(message: FromProcess): void {
    this.onMessage(message);
    const at = this.clock.now;
    switch (message.kind) {
      case "readings": {
        const readings = message.readings.map((reading) => ({ ...reading, at }));
        for (const reading of readings) this.onReading(reading);
        this.#input({ kind: "readings", readings });
        return;
      }
      case "nodeFound":
      case "nodeGone":
      case "reachable":
      case "unset":
      case "problem":
        this.#input({ ...message, at });
    }
  }

  #input(input: AdapterInput): void {
    step(this.core, input, this.clock.now);
  }
}
