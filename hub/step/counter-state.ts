import type { Meter } from "../energy/hygiene/meter.ts";
import type { PowerMemory } from "../energy/hygiene/power.ts";
import type { Repair } from "../model/repair.ts";

export interface Waiting {
  readonly repair: Repair;
  /** Nothing of it is written yet. */
  readonly isNew: boolean;
  /** From when on it may be written, epoch ms. */
  readonly from: number;
}

export interface CounterState {
  readonly meters: Map<string, Meter & { of?: readonly [unknown, unknown] }>;
  /** By text path of a power. */
  readonly powers: Map<string, PowerMemory>;
  /** By text path, the oldest first. */
  readonly repairs: Map<string, readonly Repair[]>;
  /** When something of a counter's past was last heard, by the hub's clock: silences of it are being filled in. */
  readonly pastAt: Map<string, number>;
  /** When a series' repairs were last written, and what waits to be. */
  readonly writtenAt: Map<string, number>;
  readonly waiting: Map<string, Waiting>;
}

export const emptyCounters = (): CounterState => ({
  meters: new Map(),
  powers: new Map(),
  repairs: new Map(),
  pastAt: new Map(),
  writtenAt: new Map(),
  waiting: new Map(),
});
