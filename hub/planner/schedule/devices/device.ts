/** What each kind of device says of itself: what it adds to the programme, and what its physics makes of a plan. */
import type { ModelBuilder } from "../model.ts";
import type { Device, Problem, Scenario } from "../problem.ts";
import type { BrokenWish } from "../schedule.ts";
import type { Rates } from "../weigh.ts";

/** Energy of a device by slot, kWh; positive takes. */
export type Kwh = readonly number[];

export interface Grid {
  readonly imported: number;
  readonly exported: number;
  readonly mostImported: number;
  readonly mostExported: number;
}

/** The programme while it is put together. */
export interface Build {
  readonly problem: Problem;
  readonly model: ModelBuilder;
  readonly rates: Rates;
  /** At least one; batteries and panels have variables in each. */
  readonly scenarios: readonly Scenario[];
  /** Currency per kWh after the last slot. */
  readonly laterPrice: number;
  /** `factor` times the column is kWh taken in the slot, in one scenario or (undefined) in all. */
  readonly uses: (scenario: number | undefined, slot: number, column: number, factor: number) => void;
  /** What is imported and exported in a slot, and the most of each there can be. */
  readonly grid: (scenario: number, slot: number) => Grid;
  /** Whether a yes or no in this slot is to be decided; else only how much of it. */
  readonly decided: (slot: number) => boolean;
  /** A trace of cost that makes the earlier of two equal slots the better one, currency per kWh. */
  readonly nudge: (slot: number) => number;
  /** What was planned for the device before, kWh by slot; undefined: nothing. */
  readonly before: (device: string) => Kwh | undefined;
}

/** How to read a device's energy out of a solution: in each scenario. */
export type Reader = (values: Float64Array, scenario: number) => number[];

/** What becomes of a plan by the device's own physics. */
export interface Followed {
  /** As wanted, as far as the device can. */
  readonly kwh: Kwh;
  /** At each slot's end: kWh stored or degC; absent where there is no store. */
  readonly level?: Kwh;
  readonly broken: readonly BrokenWish[];
  /** Currency: of broken wishes, of wear, and worth of what is left. */
  readonly penalty: number;
  readonly wear: number;
  readonly leftOver: number;
}

/** What else a device needs to know to act by itself. */
export interface Surroundings {
  /** The rest of the house, kWh by slot; below zero is sun that would be exported. */
  readonly rest: Kwh;
  /** What a kWh counts in each slot. */
  readonly price: Kwh;
}

export interface DeviceModel<D extends Device> {
  build(device: D, b: Build): Reader;
  /** Plays wanted energies through the device's physics; `guarded`: its own thermostat keeps it in its band beside the plan. */
  follow(device: D, problem: Problem, wanted: Kwh, guarded?: boolean): Followed;
  /** What it does with no planner at all. */
  plain(device: D, problem: Problem, around: Surroundings): Kwh;
  /** A plain rule's plan: sun first, then the cheapest slots that still meet the wishes. */
  greedy(device: D, problem: Problem, around: Surroundings): Kwh;
}

/** Currency per kWh for leaving what was planned: columns |energy - before|, only where it was planned to run in part. */
export function steady(b: Build, column: number, factor: number, before: number, most: number, weight = 1): void {
  const steadiness = b.problem.weights.steadiness * weight;
  if (steadiness <= 0) return;
  if (before <= 1e-3) b.model.addCost(column, steadiness * factor);
  else if (before >= most - 1e-3) b.model.addCost(column, -steadiness * factor);
  else {
    const away = b.model.column(steadiness);
    b.model.row(-before, Number.POSITIVE_INFINITY, [
      [away, 1],
      [column, -factor],
    ]);
    b.model.row(before, Number.POSITIVE_INFINITY, [
      [away, 1],
      [column, factor],
    ]);
  }
}
