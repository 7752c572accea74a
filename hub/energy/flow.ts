/** Where the power goes at this moment. */
import type { Value } from "../model/capability.ts";
import type { Home } from "../model/home.ts";
import { knownOf } from "../model/home.ts";
import { parsePath } from "../model/path.ts";
import type { Tariff } from "../model/tariff.ts";
import type { EnergyNow } from "../ports.ts";
import { estimatedWatts } from "./estimate.ts";
import type { Part } from "./parts.ts";
import { loadsOf, partsOf } from "./parts.ts";
import { co2At, priceAt } from "./tariff.ts";

/** A value that is known; stale and unknown values are none. */
function valueAt(home: Home, key: string | undefined, now: number): Value | undefined {
  const path = key === undefined ? undefined : parsePath(key);
  const node = path && home.nodes.get(path.node);
  if (!node || key === undefined) return undefined;
  const known = knownOf(node, key, now);
  return known.status === "known" ? known.value : undefined;
}

function numberAt(home: Home, key: string | undefined, now: number): number | undefined {
  const value = valueAt(home, key, now);
  return typeof value === "number" ? value : undefined;
}

/** W of a part now, by its meter or by what a person said of it. */
function wattsOf(home: Home, { meter }: Part, now: number): number | undefined {
  if (!meter.estimate) {
    const told = numberAt(home, meter.power, now);
    return told === undefined || !meter.reversed ? told : -told;
  }
  const on = valueAt(home, meter.estimate.on, now);
  const level = numberAt(home, meter.estimate.level, now);
  return estimatedWatts(meter.estimate, typeof on === "boolean" ? Number(on) : undefined, level);
}

/** The sum, or undefined where there is nothing to sum or one of the parts is not known. */
function sumOf(values: readonly (number | undefined)[]): number | undefined {
  let sum: number | undefined;
  for (const value of values) {
    if (value === undefined) return undefined;
    sum = (sum ?? 0) + value;
  }
  return sum;
}

interface Grid {
  /** What it was made from: descriptions and settings are never changed but replaced. */
  readonly from: readonly unknown[];
  readonly part: Part | undefined;
}

const grids = new WeakMap<Home, Grid>();

/** The house meter; found anew when a device came, went or was configured. */
function gridOf(home: Home): Part | undefined {
  const known = grids.get(home);
  if (known && isFrom(home, known.from)) return known.part;
  const from = [...home.nodes.values()].flatMap((node) => [node.description, node.settings]);
  const { grid: part } = partsOf(home);
  grids.set(home, { from, part });
  return part;
}

function isFrom({ nodes }: Home, from: readonly unknown[]): boolean {
  if (from.length !== 2 * nodes.size) return false;
  let i = 0;
  for (const { description, settings } of nodes.values())
    if (from[i++] !== description || from[i++] !== settings) return false;
  return true;
}

/** What comes into the house now, W: as `grid` of {@link energyNow}. Rules ask for it with each tick. */
export function gridNow(home: Home, now: number): number | undefined {
  const grid = gridOf(home);
  return grid && wattsOf(home, grid, now);
}

/** The path of the one power that tells what comes into the house; `reversed`: it counts what goes out as positive. Undefined where none does. */
export function gridMeter(home: Home): { readonly power: string; readonly reversed: boolean } | undefined {
  const meter = gridOf(home)?.meter;
  if (!meter?.power || meter.estimate) return undefined;
  return { power: meter.power, reversed: meter.reversed === true };
}

/**
 * The house now; W, positive imported by the endpoint, so the grid equals the sum of everything else, and what
 * no meter explains is `unmetered`. It is undefined when the house meter, the sun or the battery is not known:
 * a remainder of guesses would be shown as a load that is not there.
 */
export function energyNow(home: Home, tariff: Tariff, now: number): EnergyNow {
  const parts = partsOf(home);
  const watts = (part: Part) => wattsOf(home, part, now);
  const grid = parts.grid && watts(parts.grid);
  const solar = sumOf(parts.solar.map(watts));
  const battery = sumOf(parts.batteries.map(watts));
  const loads = loadsOf(parts).flatMap((part) => {
    const power = watts(part);
    if (power === undefined) return [];
    const { node, endpoint, name, meter } = part;
    return [{ node, endpoint, name, watts: power, ...(meter.estimate ? { estimated: true as const } : {}) }];
  });
  const hidden =
    (parts.solar.length > 0 && solar === undefined) || (parts.batteries.length > 0 && battery === undefined);
  const explained = loads.reduce((sum, load) => sum + load.watts, (solar ?? 0) + (battery ?? 0));
  const zone = home.settings.timeZone;
  return {
    grid,
    solar,
    battery,
    batteryPercent: numberAt(home, parts.batteries[0]?.stateOfCharge, now),
    loads,
    unmetered: grid === undefined || hidden ? undefined : grid - explained,
    price: priceAt(tariff, now, zone),
    co2GPerKwh: co2At(tariff, now, zone),
  };
}
