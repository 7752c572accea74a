/**
 * The value of stored energy: a stochastic dynamic programme backwards in time over the fill of the battery (Bellman, "Dynamic
 * Programming", 1957). With V(s) the expected cost of all that comes after a slot when s kWh are stored then,
 *   V_t(s) = min over modes of E[ price * import - exportPrice * export + wear * discharge + V_t+1(s') ].
 * V is convex and falls with s; -V' is the shadow price of stored energy. Discharging a kWh of it saves price * efficiency,
 * so the best mode has three limits, each where a slope of V meets a price:
 *   charge from the grid up to G, where -V'(G) = price / chargeEfficiency,
 *   give down to F, where -V'(F) = (price - wear) * dischargeEfficiency,
 *   store surplus up to U, where -V'(U) = exportPrice / chargeEfficiency;   G <= F <= U while import costs more than export pays.
 */
import { type BatteryFacts, chargeOf, dischargeOf, type StorageLimits, storedAfter } from "./battery.ts";
import { REGIMES, regimesOf, type WeightedPath } from "./regimes.ts";

/** Fills at which the value is known, evenly from empty to full; between them it is a straight line. */
export const LEVELS = 33;
/** Differences of cost below this are none. */
const SAME = 1e-9;

/** What lies ahead, slot by slot. Prices are in currency per kWh. */
export interface Horizon {
  /** Length of each slot in hours. */
  readonly hours: Float64Array;
  readonly price: Float64Array;
  readonly exportPrice: Float64Array;
  readonly paths: readonly WeightedPath[];
  /** Wear, currency per kWh discharged. */
  readonly wear: number;
  /** Whether it may draw from the grid. */
  readonly fromGrid: boolean;
}

/** The first slot, with what follows it. */
export interface Root {
  /** Cost of all that comes after the first slot by fill, for each group of paths. */
  readonly after: readonly Float64Array[];
  /** Group of each path after the first slot. */
  readonly group: Uint8Array;
  /** Best limits of the first slot where the load and sun of all paths are as likely as their weights. */
  readonly limits: Thresholds;
}

/** The three limits of a slot, kWh stored. */
export interface Thresholds {
  readonly charge: number;
  readonly give: number;
  readonly store: number;
}

/** Value at a fill between the known ones. */
export function valueAt(values: Float64Array, storedKwh: number, capacityKwh: number): number {
  const x = (storedKwh / capacityKwh) * (LEVELS - 1);
  const i = Math.max(0, Math.min(LEVELS - 2, Math.floor(x)));
  const low = values[i] ?? 0;
  return low + ((values[i + 1] ?? 0) - low) * (x - i);
}

/** Lowest fill at which keeping one more kWh is not worth `perKwh`. */
function meets(values: Float64Array, perKwh: number, step: number, from: "low" | "high"): number {
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < LEVELS; i++) {
    const s = from === "low" ? i : LEVELS - 1 - i;
    const cost = (values[s] ?? 0) + perKwh * s * step;
    if (cost >= least - SAME) continue;
    least = cost;
    best = s;
  }
  return best * step;
}

/** The limits of slot `t` where `mean` is the expected value after it. */
function thresholds(h: Horizon, b: BatteryFacts, t: number, mean: Float64Array): Thresholds {
  const step = b.capacityKwh / (LEVELS - 1);
  const price = h.price[t] ?? 0;
  // Of equal costs the battery's own habit wins: give all, store all, draw nothing.
  return {
    charge: h.fromGrid ? meets(mean, price / b.chargeEfficiency, step, "low") : 0,
    give: meets(mean, (price - h.wear) * b.dischargeEfficiency, step, "low"),
    store: meets(mean, (h.exportPrice[t] ?? 0) / b.chargeEfficiency, step, "high"),
  };
}

/** The mode that the limits mean at a fill. */
export function modeAt({ charge, give, store }: Thresholds, stored: number): StorageLimits {
  if (stored < charge - SAME)
    return { mode: "chargeFromGrid", chargeToKwh: charge, storeToKwh: Math.max(charge, store), dischargeToKwh: stored };
  // An empty battery gives nothing anyway: it is left to its habit.
  const mode = stored > give + SAME || give <= SAME ? "followLoad" : "hold";
  return { mode, chargeToKwh: store, storeToKwh: store, dischargeToKwh: mode === "hold" ? stored : give };
}

/** Expected cost of slot `t` and all after it over the paths of `members`, in currency. */
export function expectedCost(
  h: Horizon,
  b: BatteryFacts,
  t: number,
  limits: StorageLimits,
  stored: number,
  next: { readonly after: readonly Float64Array[]; readonly group: Uint8Array; readonly members: readonly number[] },
): number {
  const [hours = 1, price = 0, exportPrice = 0] = [h.hours[t], h.price[t], h.exportPrice[t]];
  let sum = 0;
  let all = 0;
  for (const k of next.members) {
    const path = h.paths[k];
    const values = next.after[next.group[k] ?? 0];
    if (!path || !values) continue;
    // As act() does, but without an object for each of a million flows.
    const net = path.netKwh[t] ?? 0;
    const charge = chargeOf(b, limits, stored, net, hours);
    const discharge = dischargeOf(b, limits, stored, net, hours);
    const grid = net + charge - discharge;
    const after = valueAt(values, storedAfter(b, stored, charge, discharge), b.capacityKwh);
    sum += path.weight * ((grid > 0 ? grid * price : grid * exportPrice) + discharge * h.wear + after);
    all += path.weight;
  }
  return sum / all;
}

/** Mean over the paths of a group of what comes after. */
function meanAfter(h: Horizon, after: readonly Float64Array[], group: Uint8Array, members: readonly number[]) {
  const mean = new Float64Array(LEVELS);
  let all = 0;
  for (const k of members) {
    const weight = h.paths[k]?.weight ?? 0;
    const values = after[group[k] ?? 0];
    all += weight;
    for (let s = 0; s < LEVELS; s++) mean[s] = (mean[s] ?? 0) + weight * (values?.[s] ?? 0);
  }
  for (let s = 0; s < LEVELS; s++) mean[s] = (mean[s] ?? 0) / all;
  return mean;
}

/**
 * Goes back from the horizon's end, where `end` is the cost of what comes then by fill (LEVELS values), to the end of the first
 * slot. Work: slots * paths * LEVELS. Yields the share done after each slot.
 */
export function* goingBack(h: Horizon, b: BatteryFacts, end: Float64Array): Generator<number, Root> {
  const groups = regimesOf(h.paths, h.hours);
  const step = b.capacityKwh / (LEVELS - 1);
  const inGroup = (t: number, g: number): number[] => {
    const members: number[] = [];
    for (let k = 0; k < h.paths.length; k++) if (groups[t]?.[k] === g) members.push(k);
    return members;
  };
  const groupAfter = (t: number): Uint8Array => groups[t + 1] ?? new Uint8Array(h.paths.length);
  let after: readonly Float64Array[] = Array.from({ length: REGIMES }, () => end);
  for (let t = h.price.length - 1; t > 0; t--) {
    const group = groupAfter(t);
    const now: Float64Array[] = [];
    for (let g = 0; g < REGIMES; g++) {
      const members = inGroup(t, g);
      const limits = thresholds(h, b, t, meanAfter(h, after, group, members));
      const next = { after, group, members };
      const costs = new Float64Array(LEVELS);
      for (let s = 0; s < LEVELS && members.length > 0; s++)
        costs[s] = expectedCost(h, b, t, modeAt(limits, s * step), s * step, next);
      now.push(costs);
    }
    after = now;
    yield 1 - t / h.price.length;
  }
  const group = groupAfter(0);
  return {
    after,
    group,
    limits: thresholds(
      h,
      b,
      0,
      meanAfter(
        h,
        after,
        group,
        h.paths.map((_, k) => k),
      ),
    ),
  };
}
