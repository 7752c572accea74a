import { expect } from "vitest";
import { createBus } from "../../hub/main/bus.ts";
import { createCore } from "../../hub/main/core.ts";
import { createRepairs } from "../../hub/main/repairs.ts";
import type { EnergySlots, MeterRef } from "../../hub/model/energy.ts";
import type { NodeDescription } from "../../hub/model/node.ts";
import type { Repair } from "../../hub/model/repair.ts";
import { openStore } from "../../hub/storage/open.ts";
import { listeningLog, temporaryFolder } from "../storage/support.ts";

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
/** A Monday. */
export const T0 = Date.UTC(2026, 0, 5);
const KEY = "plug/1/electricalEnergyMeasurement.cumulativeEnergyImported";
const path = { node: "plug", endpoint: 1, capability: "electricalEnergyMeasurement" };

export const plug: NodeDescription = {
  ...{ id: "plug", name: "plug", adapter: "mqtt", dialect: "test", addresses: [] },
  endpoints: [
    {
      number: 1,
      deviceTypes: ["onOffPlugInUnit"],
      capabilities: {
        electricalEnergyMeasurement: { attributes: { cumulativeEnergyImported: { source: "t#energy" } }, commands: {} },
      },
    },
  ],
};

export const meteredPlug: NodeDescription = {
  ...plug,
  endpoints: plug.endpoints.map((endpoint) => ({
    ...endpoint,
    capabilities: {
      electricalPowerMeasurement: { attributes: { activePower: { source: "t#power" } }, commands: {} },
    },
  })),
};

interface Open {
  readonly store: ReturnType<typeof openStore>;
  readonly core: ReturnType<typeof createCore>;
  readonly repairs: ReturnType<typeof createRepairs>;
}

/** A house with one plug, on the real core and store, with a clock that the test turns. */
export class House {
  readonly folder = temporaryFolder();
  readonly #plug: NodeDescription;
  now = T0;
  #open: Open;

  constructor(device: NodeDescription) {
    this.#plug = device;
    this.#open = this.#start();
  }

  #start(): Open {
    const log = listeningLog();
    const clock = { now: () => this.now };
    const store = openStore(this.folder, { log, clock, times: { tickMs: 3_600_000, quietMs: 0 } });
    const core = createCore({ store, clock, bus: createBus(() => undefined), log, speed: 1 });
    core.put({ kind: "nodeFound", node: this.#plug, at: this.now });
    return { store, core, repairs: createRepairs({ state: core.state, store, clock, put: core.put }) };
  }

  /** A stand of a time, heard now. */
  past(at: number, kwh: number): void {
    const reading = { path: { ...path, attribute: "cumulativeEnergyImported" }, value: kwh, at, source: "t#energy" };
    this.#open.core.put({ kind: "readings", readings: [reading] });
  }

  live(at: number, kwh: number): void {
    this.now = at;
    this.past(at, kwh);
  }

  /** As a person sees them, once nothing more of the past has come for a while. */
  get repairs(): readonly Repair[] {
    this.now += 2 * MINUTE;
    return this.repairsNow;
  }

  /** As a person sees them now. */
  get repairsNow(): readonly Repair[] {
    return this.#open.repairs.list({});
  }

  change(change: Parameters<ReturnType<typeof createRepairs>["change"]>[1]): void {
    const [repair] = this.repairs;
    this.#open.repairs.change(repair?.id ?? "", change, "Anna");
  }

  /** What is written once the hub has had a minute, and what it knows: both must be the same. */
  stored(): readonly Repair[] {
    this.now += MINUTE;
    this.#open.core.put({ kind: "tick", at: this.now });
    const stored = this.#open.store.repairs.list();
    expect(stored.map((r) => [r.id, r.reason])).toEqual(
      [...this.#open.core.state.counters.repairs.values()].flat().map((r) => [r.id, r.reason]),
    );
    return stored;
  }

  power(at: number, watts: number, now = at): void {
    this.now = now;
    const at1 = { node: "plug", endpoint: 1, capability: "electricalPowerMeasurement", attribute: "activePower" };
    this.#open.core.put({ kind: "readings", readings: [{ path: at1, value: watts, at, source: "t#power" }] });
  }

  /** In five minutes each. */
  async slots(meter: MeterRef, from: number, to: number): Promise<EnergySlots> {
    this.stored();
    const [slots] = await this.#open.store.energy([{ ...meter, limitW: 3680 }], from, to, 5 * MINUTE);
    if (!slots) throw new Error("no slots");
    return slots;
  }

  async energy(from: number, to: number): Promise<number> {
    this.stored();
    const [slots] = await this.#open.store.energy([{ imported: KEY, limitW: 3680 }], from, to, HOUR);
    return Array.from(slots?.importedKwh ?? []).reduce((sum, kwh) => sum + (Number.isNaN(kwh) ? 0 : kwh), 0);
  }

  async restart(): Promise<void> {
    await this.end();
    this.#open = this.#start();
  }

  async end(): Promise<void> {
    this.#open.core.stop();
    await this.#open.store.close();
  }
}
