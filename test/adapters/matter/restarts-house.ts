/** A home over the simulated network whose hub and devices lose their power at any moment, and what must hold all the while. */
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Logger, LogLevel } from "@matter/main";
import type { Reading } from "../../../hub/model/reading.ts";
import { AirOfHouse, type AirOptions, chanceOf, type Machine } from "./restarts-air.ts";
import { VirtualClock } from "./restarts-clock.ts";
import { DeviceSide, type What } from "./restarts-device.ts";
import { HubSide } from "./restarts-hub.ts";

/** A report that was lost is sent again for so long (Matter core specification 4.12.8). */
const UNDER_WAY_MS = 8000;
/** A device that is gone is noticed within this time, so what the hub takes for known was true no longer ago. */
const NOTICED_MS = 75_000;

const shown = { onOff: "onOff", watts: "electricalPowerMeasurement" } as const;
const attributes = { onOff: "onOff", watts: "activePower" } as const;

/** Thousands of files are written through to the disk; a power cut of this machine is not what is looked at. */
const MEMORY = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();

export class House {
  readonly clock = new VirtualClock(Date.UTC(2026, 10, 22));
  readonly chance: () => number;
  readonly air: AirOfHouse;
  readonly hub: HubSide;
  readonly devices = new Map<string, DeviceSide>();
  /** What was false, with the time; empty in a sound home. */
  readonly lies: string[] = [];
  readonly #folder = mkdtempSync(join(MEMORY, "inglenook-restarts-"));
  readonly #random = Math.random;
  #machines = 0;
  #others: NodeJS.UnhandledRejectionListener[] = [];
  /** A program whose power was cut goes on to its end here, and what it was waiting for never comes. */
  readonly #stray = (reason: unknown): void => {
    if (!/abort|clos|destroy|cancel/i.test(String(reason))) this.#lie(`unhandled: ${String(reason)}`);
  };

  constructor(seed: number, options: Omit<AirOptions, "chance"> = {}) {
    this.chance = chanceOf(seed);
    this.air = new AirOfHouse({ ...options, chance: this.chance });
    this.hub = new HubSide(this.clock, this.machine(1));
    this.hub.onReading = (reading) => this.#heard(reading);
    this.clock.onStep = () => this.#look();
    Logger.level = LogLevel.FATAL;
    Math.random = this.chance;
    this.clock.install();
    this.#others = process.listeners("unhandledRejection");
    process.removeAllListeners("unhandledRejection").on("unhandledRejection", this.#stray);
  }

  close(): void {
    process.removeAllListeners("unhandledRejection");
    for (const listener of this.#others) process.on("unhandledRejection", listener);
    this.clock.uninstall();
    Math.random = this.#random;
    rmSync(this.#folder, { recursive: true, force: true });
  }

  machine(byte: number): Machine {
    return this.air.machine(byte, this.folder());
  }

  /** A device that nobody has paired yet, with power. */
  async addDevice(n: number, what: What = { kind: "plug" }): Promise<DeviceSide> {
    const device = new DeviceSide(this.clock, this.machine(n), n, what);
    await this.clock.during(device.start(), 60_000);
    this.devices.set(idOf(device), device);
    return device;
  }

  cutHub(whole: boolean): void {
    const { machine } = this.hub;
    this.hub.kill(machine.cut(this.folder()), whole);
    this.#forget(machine);
  }

  /** `byte`: where it comes back; its address is made of it. */
  cutDevice(device: DeviceSide, byte?: number): void {
    const { machine } = device;
    device.kill(machine.cut(this.folder(), byte));
    this.#forget(machine);
  }

  path(device: DeviceSide, what: keyof typeof shown) {
    return { node: idOf(device), endpoint: 1, capability: shown[what], attribute: attributes[what] };
  }

  known(device: DeviceSide, what: keyof typeof shown) {
    return this.hub.known(this.path(device, what));
  }

  /** What the hub takes for known is so, and nothing is left open. */
  isTrue(device: DeviceSide): boolean {
    if (!device.device || this.hub.core.home.nodes.get(idOf(device))?.reachable !== true) return false;
    const { truth } = device;
    const watts = this.known(device, "watts");
    const onOff = this.known(device, "onOff");
    const agreed = truth.watts === null ? watts.status === "unknown" : holds(watts, truth.watts);
    return agreed && holds(onOff, truth.onOff);
  }

  describe(device: DeviceSide): string {
    const node = this.hub.core.home.nodes.get(idOf(device));
    return JSON.stringify([
      `reachable ${node?.reachable}`,
      this.known(device, "onOff"),
      this.known(device, "watts"),
      device.history.at(-1),
    ]);
  }

  /** A new one, for what a machine keeps. */
  folder(): string {
    return join(this.#folder, String(++this.#machines));
  }

  /** Its dead program may still be writing there. */
  #forget({ storage }: Machine): void {
    setTimeout(() => rmSync(storage, { recursive: true, force: true, maxRetries: 3 }), 600_000);
  }

  #heard({ path, value }: Reading): void {
    const device = this.devices.get(path.node);
    const what = path.attribute === "onOff" ? "onOff" : path.attribute === "activePower" ? "watts" : undefined;
    if (!device || !what) return;
    device.note();
    if (!device.was(what, value, UNDER_WAY_MS))
      this.#lie(`${path.node} was told to be at ${String(value)} (${what}): ${JSON.stringify(device.history)}`);
  }

  #look(): void {
    for (const device of this.devices.values()) {
      device.note();
      for (const what of ["onOff", "watts"] as const) {
        const known = this.known(device, what);
        if (known.status === "known" && !device.was(what, known.value, NOTICED_MS))
          this.#lie(`${idOf(device)} is said to be at ${String(known.value)} (${what}): ${this.describe(device)}`);
      }
    }
  }

  #lie(words: string): void {
    if (this.lies.length < 5) this.lies.push(`${new Date(this.clock.now).toISOString()} ${words}`);
  }
}

/** As describe.ts names it: vendor, product and serial number. */
export const idOf = ({ serial }: DeviceSide): string => `matter-fff1-8001-${serial.toLowerCase()}`;

const holds = (known: ReturnType<HubSide["known"]>, value: unknown): boolean =>
  known.status === "known" && known.value === value;
