/** The mode of a battery for the slot that begins now, with what any other mode would cost. */
import { inOneGo } from "../../rules/in-one-go.ts";
import { type BatteryFacts, STORAGE_MODES, type StorageLimits, type StorageMode } from "./battery.ts";
import type { WeightedPath } from "./regimes.ts";
import { expectedCost, goingBack, type Horizon, LEVELS, modeAt, type Root, type Thresholds, valueAt } from "./value.ts";

/** All that is known when a slot begins. Prices in currency per kWh, one a slot; each path has one value a slot. */
export interface StorageQuestion {
  /** Length of each slot in hours; slots may be 15, 30 or 60 minutes, the first may be cut. */
  readonly hours: Float64Array;
  readonly price: Float64Array;
  readonly exportPrice: Float64Array;
  /** Ways the load less the sun may go, flexible loads that are already planned included; at least one. */
  readonly paths: readonly WeightedPath[];
  readonly battery: BatteryFacts;
  readonly storedKwh: number;
  /** Never given away; below it the battery fills from the grid. */
  readonly reserveKwh: number;
  /** Currency per kWh discharged. */
  readonly wear: number;
  /** False: it may never draw from the grid. */
  readonly fromGrid?: boolean;
  /** Cost after the last slot by fill from the reserve to full (as `worth` of an earlier answer); else the cheapest price ahead counts. */
  readonly end?: Float64Array;
}

export interface StorageDecision extends StorageLimits {
  /** What one more stored kWh would save, currency: the shadow price. */
  readonly valuePerKwh: number;
  /** What each mode would cost more than the chosen one over all that is foreseen, currency; 0 for the chosen one. */
  readonly otherwise: Readonly<Record<StorageMode, number>>;
  /** The limits between which the mode changes, kWh stored: below `charge` it draws, above `give` it gives. */
  readonly limits: Thresholds;
  /** Expected cost by fill from the reserve (0) to full, LEVELS values; negative is saved. */
  readonly worth: Float64Array;
}

/** A mode must be better by this, currency, to be taken instead of the battery's own habit. */
const WORTH_IT = 1e-6;
/** A battery this share of its capacity below its reserve is filled at once. */
const BELOW = 0.02;

/** Throws a RangeError that names the field when lengths differ or a figure is none. */
function checked(q: StorageQuestion): void {
  const slots = q.price.length;
  if (slots === 0) throw new RangeError("price: no slot");
  if (q.paths.length === 0) throw new RangeError("paths: none");
  const lists = { hours: q.hours, price: q.price, exportPrice: q.exportPrice };
  for (const [name, list] of Object.entries(lists)) {
    if (list.length !== slots) throw new RangeError(`${name}: ${list.length} values for ${slots} slots`);
    if (!list.every(Number.isFinite)) throw new RangeError(`${name}: a value is no number`);
  }
  q.paths.forEach(({ netKwh, weight }, k) => {
    if (netKwh.length !== slots) throw new RangeError(`paths[${k}]: ${netKwh.length} values for ${slots} slots`);
    if (!(weight > 0) || !netKwh.every(Number.isFinite)) throw new RangeError(`paths[${k}]: a value is no number`);
  });
  if (!(q.battery.capacityKwh > q.reserveKwh)) throw new RangeError("reserveKwh: nothing lies above it");
  if (q.end && q.end.length !== LEVELS) throw new RangeError(`end: ${q.end.length} values for ${LEVELS} fills`);
}

/** What is stored at the end, worth the least it can be bought back for. */
function cheapestEnd(q: StorageQuestion, above: BatteryFacts): Float64Array {
  const least = Math.max(0, Math.min(...q.price)) * above.dischargeEfficiency;
  return Float64Array.from({ length: LEVELS }, (_, i) => (-least * i * above.capacityKwh) / (LEVELS - 1));
}

/** The best that each mode can be at this fill, or what it is by itself where it should not be at all. */
function choices(above: BatteryFacts, root: Root, stored: number, hours: number): Record<StorageMode, StorageLimits> {
  const { charge, give, store } = root.limits;
  const once = Math.min(above.capacityKwh, stored + above.chargeKw * hours * above.chargeEfficiency);
  const storeToKwh = store;
  const chargeToKwh = charge > stored ? charge : once;
  const floor = give < stored ? give : 0;
  return {
    followLoad: { mode: "followLoad", chargeToKwh: store, storeToKwh, dischargeToKwh: floor },
    hold: { mode: "hold", chargeToKwh: store, storeToKwh, dischargeToKwh: stored },
    chargeFromGrid: {
      mode: "chargeFromGrid",
      chargeToKwh,
      storeToKwh: Math.max(store, chargeToKwh),
      dischargeToKwh: stored,
    },
  };
}

/** Expected cost of all fills before the first slot, when each acts as the limits say. */
function worthOf(h: Horizon, above: BatteryFacts, root: Root, members: readonly number[]): Float64Array {
  const step = above.capacityKwh / (LEVELS - 1);
  const costs = Float64Array.from({ length: LEVELS }, (_, s) =>
    expectedCost(h, above, 0, modeAt(root.limits, s * step), s * step, { ...root, members }),
  );
  return costs.map((cost) => cost - (costs[0] ?? 0));
}

const STEP_KWH = 0.1;

/**
 * Decides the first slot: see value.ts for the formula. Pure; under 2 ms for 24 slots and 30 paths on a PC. Throws a RangeError that names
 * the field when the question is not whole. Yields where it may be interrupted: on a Raspberry Pi it is ten times that.
 */
export function* decidingStorage(q: StorageQuestion): Generator<number, StorageDecision> {
  checked(q);
  const above = { ...q.battery, capacityKwh: q.battery.capacityKwh - q.reserveKwh };
  const stored = Math.max(0, Math.min(above.capacityKwh, q.storedKwh - q.reserveKwh));
  const fromGrid = q.fromGrid !== false;
  const h: Horizon = {
    hours: q.hours,
    price: q.price,
    exportPrice: q.exportPrice,
    paths: q.paths,
    wear: q.wear,
    fromGrid,
  };
  const root = yield* goingBack(h, above, q.end ?? cheapestEnd(q, above));
  const members = q.paths.map((_, k) => k);
  const possible = choices(above, root, stored, q.hours[0] ?? 1);
  const best = modeAt(root.limits, stored);
  const cost = (limits: StorageLimits) => expectedCost(h, above, 0, limits, stored, { ...root, members });
  const costs = {
    followLoad: cost(possible.followLoad),
    hold: cost(possible.hold),
    chargeFromGrid: cost(possible.chargeFromGrid),
  };
  let limits = best;
  for (const mode of STORAGE_MODES)
    if ((fromGrid || mode !== "chargeFromGrid") && costs[mode] < cost(limits) - WORTH_IT) limits = possible[mode];
  if (fromGrid && q.storedKwh < q.reserveKwh - BELOW * q.battery.capacityKwh && limits.mode !== "chargeFromGrid")
    limits = { ...possible.chargeFromGrid, chargeToKwh: Math.max(root.limits.charge, 0) };
  const chosen = costs[limits.mode];
  yield 1;
  const worth = worthOf(h, above, root, members);
  const [low, high] = [Math.max(0, stored - STEP_KWH), Math.min(above.capacityKwh, stored + STEP_KWH)];
  const slope = (valueAt(worth, high, above.capacityKwh) - valueAt(worth, low, above.capacityKwh)) / (high - low);
  return {
    mode: limits.mode,
    chargeToKwh: limits.chargeToKwh + q.reserveKwh,
    storeToKwh: limits.storeToKwh + q.reserveKwh,
    dischargeToKwh: limits.dischargeToKwh + q.reserveKwh,
    valuePerKwh: Math.max(0, -slope),
    otherwise: {
      followLoad: costs.followLoad - chosen,
      hold: costs.hold - chosen,
      chargeFromGrid: costs.chargeFromGrid - chosen,
    },
    limits: {
      charge: root.limits.charge + q.reserveKwh,
      give: root.limits.give + q.reserveKwh,
      store: root.limits.store + q.reserveKwh,
    },
    worth,
  };
}

/** The same in one go. */
export const decideStorage = (q: StorageQuestion): StorageDecision => inOneGo(decidingStorage(q));
