/** The hub's own keeper of a battery over a recorded year, hour by hour. */
import { act, type BatteryFacts, selfConsumption } from "../../planner/storage/battery.ts";
import { StorageKeeper } from "../../planner/storage/keeper.ts";
import { optimumCost } from "../../planner/storage/optimum.ts";
import type { HomeHours } from "./home.ts";
import type { Prices } from "./prices.ts";

/** One hour as it went, kWh. */
export interface Dispatched {
  readonly mode: string;
  readonly chargeKwh: number;
  readonly dischargeKwh: number;
  readonly gridKwh: number;
}

export interface Outcome {
  readonly dispatch: readonly Dispatched[];
  /** Time of each decision, learning included, ms. */
  readonly solveMs: Float64Array;
}

/** Nobody looks further ahead, hours. */
const MOST_AHEAD = 168;

/** Values of rows `from` to `until` by the clock's hours from row `from` on; NaN where rows are missing. A copy, so nothing later shows. */
function byHour({ hours }: HomeHours, values: Float64Array, from: number, until: number): Float64Array {
  const first = hours[from] ?? 0;
  const count = Math.min(MOST_AHEAD, (hours[until - 1] ?? first) - first + 1);
  const made = new Float64Array(count).fill(Number.NaN);
  for (let row = from; row < until; row++) made[(hours[row] ?? 0) - first] = values[row] ?? Number.NaN;
  return made;
}

/**
 * Runs the home. The keeper is told an hour's load and sun only after its mode is chosen, and of prices a copy of what is published.
 * An hour nobody knows passes with the battery at rest.
 */
export function runHome(
  home: HomeHours,
  prices: Prices,
  battery: BatteryFacts,
  wear: number,
  progress: (share: number) => void,
): Outcome {
  const keeper = new StorageKeeper(battery, wear);
  const solveMs = new Float64Array(home.starts.length);
  let storedKwh = 0;
  const dispatch = home.starts.map((_, t): Dispatched => {
    const [hour = 0, load = Number.NaN, sun = Number.NaN] = [home.hours[t], home.load[t], home.sun[t]];
    const published = t + prices.published(t);
    const began = performance.now();
    const { limits } = keeper.decide({
      hour,
      price: byHour(home, prices.price, t, published),
      exportPrice: byHour(home, prices.exportPrice, t, published),
      storedKwh,
    });
    const decided = performance.now();
    const flow = Number.isFinite(load - sun)
      ? act(battery, limits, storedKwh, load - sun, 1)
      : { chargeKwh: 0, dischargeKwh: 0, gridKwh: 0, storedKwh };
    storedKwh = flow.storedKwh;
    const learning = performance.now();
    keeper.passed(hour, load, sun);
    solveMs[t] = decided - began + performance.now() - learning;
    progress((t + 1) / home.starts.length);
    return { mode: limits.mode, ...flow };
  });
  return { dispatch, solveMs };
}

/** What a course of the meter costs and emits. */
export interface Reckoned {
  readonly bill: number;
  /** kg; null without figures for the grid. */
  readonly co2Kg: number | null;
}

export function reckon(home: HomeHours, { price, exportPrice }: Prices, gridKwh: Float64Array): Reckoned {
  const bill = gridKwh.reduce((sum, kwh, t) => sum + kwh * ((kwh > 0 ? price[t] : exportPrice[t]) ?? 0), 0);
  const { carbon } = home;
  return { bill, co2Kg: carbon ? gridKwh.reduce((sum, kwh, t) => sum + Math.max(0, kwh) * (carbon[t] ?? 0), 0) : null };
}

/** Load less sun, kWh; 0 where nobody knows. */
export const netOf = (home: HomeHours): Float64Array =>
  home.load.map((kwh, t) => (Number.isFinite(kwh - (home.sun[t] ?? 0)) ? kwh - (home.sun[t] ?? 0) : 0));

/** The meter's course with the battery left to its habit. */
export function selfConsumed(home: HomeHours, battery: BatteryFacts): Float64Array {
  const habit = selfConsumption(battery);
  let storedKwh = 0;
  return netOf(home).map((netKwh) => {
    const flow = act(battery, habit, storedKwh, netKwh, 1);
    storedKwh = flow.storedKwh;
    return flow.gridKwh;
  });
}

/** The least the home could have cost, wear included. */
export const bestCost = (
  home: HomeHours,
  { price, exportPrice }: Prices,
  battery: BatteryFacts,
  wear: number,
): number => optimumCost(battery, { netKwh: netOf(home), price, exportPrice, hours: 1, wear });
