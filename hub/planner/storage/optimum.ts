/**
 * The least a battery could have cost had everything been known: the yardstick, never a plan. Exact for any length: the cost of all
 * that comes is a convex broken line over the fill, and going back one slot merges its slopes with those of the slot
 * (infimal convolution, Rockafellar, "Convex Analysis", 1970). Where export pays more than import costs it is a bound from below.
 */
import type { BatteryFacts } from "./battery.ts";

/** Lengths in kWh stored with their slope in currency per kWh stored, slopes rising. */
type Pieces = readonly (readonly [length: number, slope: number])[];

export interface Past {
  /** Load less sun by slot, kWh. */
  readonly netKwh: Float64Array;
  readonly price: Float64Array;
  readonly exportPrice: Float64Array;
  /** Length of a slot in hours. */
  readonly hours: number;
  /** Currency per kWh discharged. */
  readonly wear: number;
}

/** What a slot costs by how much is taken out of the battery, from the most in to the most out. */
function slotPieces(b: BatteryFacts, past: Past, t: number): Pieces {
  const net = past.netKwh[t] ?? 0;
  const [price, exported] = [past.price[t] ?? 0, past.exportPrice[t] ?? 0];
  const [mostIn, mostOut] = [b.chargeKw * past.hours, b.dischargeKw * past.hours];
  const surplus = Math.min(Math.max(0, -net), mostIn);
  const lack = Math.min(Math.max(0, net), mostOut);
  const [into, out] = [b.chargeEfficiency, b.dischargeEfficiency];
  return [
    [(mostIn - surplus) * into, -price / into],
    [surplus * into, -exported / into],
    [lack / out, (past.wear - price) * out],
    [(mostOut - lack) / out, (past.wear - exported) * out],
  ];
}

/** Least cost of the whole past in currency, wear included, from an empty battery; what is left in it at the end is worth nothing. */
export function optimumCost(b: BatteryFacts, past: Past): number {
  let pieces: Pieces = [[b.capacityKwh, 0]];
  let atEmpty = 0;
  for (let t = past.netKwh.length - 1; t >= 0; t--) {
    const mostIn = b.chargeKw * past.hours;
    const grid = (past.netKwh[t] ?? 0) + mostIn;
    atEmpty += grid * ((grid > 0 ? past.price[t] : past.exportPrice[t]) ?? 0);
    const merged = [...pieces, ...slotPieces(b, past, t)].sort((x, y) => x[1] - y[1]);
    const kept: [number, number][] = [];
    let below = mostIn * b.chargeEfficiency;
    let room = b.capacityKwh;
    for (const [length, slope] of merged) {
      const cut = Math.min(length, below);
      below -= cut;
      atEmpty += cut * slope;
      const take = Math.min(length - cut, room);
      if (take <= 0) continue;
      room -= take;
      const last = kept.at(-1);
      if (last && last[1] === slope) last[0] += take;
      else kept.push([take, slope]);
    }
    pieces = kept;
  }
  return atEmpty;
}
