/** A simulated device of firmware-sim on a machine of the simulated network, and what has been true of it. */
import { join } from "node:path";
import { MatterNode, type NodeOptions } from "../../../firmware-sim/workshop/matter/node.ts";
import type { MatterKind } from "../../../firmware-sim/workshop/matter/sheets.ts";
import type { Machine } from "./restarts-air.ts";
import type { VirtualClock } from "./restarts-clock.ts";

interface Moment {
  readonly at: number;
  readonly onOff: unknown;
  readonly watts: number | null;
}

/** A kind of firmware-sim, and its options as the kind's sheet says. */
export interface What {
  readonly kind: MatterKind;
  readonly options?: object;
  /** With one it has a world of its own, whose time goes by in `run` alone. */
  readonly seed?: number;
}

/** Moments older than this are forgotten, but the newest of them. */
const REMEMBERED_MS = 300_000;

export class DeviceSide {
  readonly clock: VirtualClock;
  readonly serial: string;
  readonly #options: Omit<NodeOptions, "storage" | "port">;
  machine: Machine;
  device: MatterNode | undefined;
  /** From its next start on. */
  port = 5540;
  code = "";
  /** What was true, oldest first. */
  history: Moment[] = [];
  #run = 0;

  constructor(clock: VirtualClock, machine: Machine, n: number, { kind, options = {}, seed }: What) {
    this.clock = clock;
    this.machine = machine;
    this.serial = `SIM-${n}`;
    this.#options = {
      kind,
      name: `${kind} ${n}`,
      serial: this.serial,
      passcode: 20_202_021 + n,
      // A manual code tells four bits of it: neighbours differ in those.
      discriminator: (n * 257) % 4096,
      seed,
      speed: 0,
      since: undefined,
      options,
    };
  }

  async start(): Promise<void> {
    const run = ++this.#run;
    const { storage, environment } = this.machine;
    const options = { ...this.#options, port: this.port, storage: join(storage, "matter") };
    const device = await MatterNode.create(options, false, environment);
    if (run !== this.#run) return void device.close().catch(() => undefined);
    this.device = device;
    // What it told a moment ago from another life is no longer so.
    this.note();
    this.code = (await device.start()).manualPairingCode;
  }

  /** Its power is cut. */
  kill(to: Machine): void {
    this.#run++;
    const { device } = this;
    this.device = undefined;
    this.machine = to;
    device?.remember();
    void device?.close().catch(() => undefined);
  }

  /** Looks at the device as it is now. */
  note(): void {
    const state = this.device?.product.endpoints[0]?.maybeStateOf("onOff") as { onOff?: boolean } | undefined;
    if (!this.device || !state) return;
    const power = this.device.product.endpoints[0]?.maybeStateOf("electricalPowerMeasurement");
    const milliwatts: unknown = power && Reflect.get(power, "activePower");
    const watts = typeof milliwatts === "number" || typeof milliwatts === "bigint" ? Number(milliwatts) / 1000 : null;
    const last = this.history.at(-1);
    if (last?.onOff === state.onOff && last?.watts === watts) return;
    this.history.push({ at: this.clock.now, onOff: state.onOff, watts });
    while ((this.history[1]?.at ?? Number.POSITIVE_INFINITY) < this.clock.now - REMEMBERED_MS) this.history.shift();
  }

  get truth(): Moment {
    const last = this.history.at(-1);
    if (!last) throw new Error("the device was never there");
    return last;
  }

  /** Whether the value was true at some time within the last `ms`. */
  was(what: "onOff" | "watts", value: unknown, ms: number): boolean {
    const since = this.clock.now - ms;
    return this.history.some(
      (moment, n) => moment[what] === value && (this.history[n + 1]?.at ?? Number.POSITIVE_INFINITY) >= since,
    );
  }
}
