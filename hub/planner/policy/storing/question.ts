/** What decides over a home's battery, from a problem, its schedule and the ways the load and the sun may go. */

import { type Battery, endOf, type Problem, type Slot } from "../../schedule/problem.ts";
import type { Schedule } from "../../schedule/schedule.ts";
import { exportWorth, importCost } from "../../schedule/weigh.ts";
import type { BatteryFacts } from "../../storage/battery.ts";
import type { StorageQuestion } from "../../storage/decide.ts";
import type { WeightedPath } from "../../storage/regimes.ts";
import type { Outlook } from "../outlook.ts";
import { type Absorbed, absorbedBy } from "./absorb.ts";

const HOUR_MS = 3_600_000;
/** Prices nearer to each other than this are one, currency per kWh. */
const SAME = 1e-9;

/** Slots [first, last] of a problem within one hour of the clock. */
export interface Piece {
  readonly first: number;
  readonly last: number;
  /** Of the whole hours from the one of the first slot on: in which it lies. */
  readonly hour: number;
  readonly hours: number;
  /** Currency per kWh, all that counts in it. */
  readonly price: number;
  readonly exportPrice: number;
  /** What the schedule's other devices take, kWh. */
  readonly flexKwh: number;
  /** What they would take in it instead of later from the grid. */
  readonly absorbed: Absorbed;
}

const hourOf = (at: number): number => Math.floor(at / HOUR_MS);

/** What all devices but batteries take in a slot; panels that are held back take what they hold. */
function flexOf(problem: Problem, schedule: Schedule, t: number): number {
  let sum = 0;
  for (const { id, slots } of schedule.devices) {
    const device = problem.devices.find((d) => d.id === id);
    if (!device || device.kind === "battery") continue;
    sum += (slots[t]?.kwh ?? 0) + (device.kind === "solar" ? (device.yieldKwh[t] ?? 0) : 0);
  }
  return sum;
}

/** The one battery that is worth deciding over; undefined where a limit or a charge on power counts, of which stored energy's value knows nothing. */
export function batteryOf({ devices, house }: Problem): Battery | undefined {
  const limited = house.peak || house.exportKw !== undefined || (house.limits?.length ?? 0) > 0;
  const batteries = devices.filter((d): d is Battery => d.kind === "battery");
  const [only] = batteries;
  if (limited || !only || batteries.length > 1 || only.toGrid || only.blocked?.[0]) return undefined;
  return only.fullKwh > floorOf(only) ? only : undefined;
}

/** Never given away, kWh. */
export const floorOf = (d: Battery): number => Math.max(d.emptyKwh, d.reserve?.kwh ?? 0);

export const factsOf = (d: Battery): BatteryFacts => ({
  capacityKwh: Math.max(d.fullKwh, d.storedKwh),
  chargeKw: d.chargeKw,
  dischargeKw: d.dischargeKw,
  chargeEfficiency: d.chargeEfficiency,
  dischargeEfficiency: d.dischargeEfficiency,
});

const NONE: Absorbed = { kwh: 0, price: 0 };

/** The slots put together: in the present hour as long as the price is the same, later hour by hour at their mean price. */
export function piecesOf(problem: Problem, schedule: Schedule): Piece[] {
  const { slots } = problem;
  const start = hourOf(slots[0]?.from ?? 0);
  const absorbed = absorbedBy(problem, schedule);
  const pieces: Piece[] = [];
  slots.forEach((slot, t) => {
    const [price, exportPrice] = [importCost(problem, slot), exportWorth(problem, slot)];
    const [hour, last] = [hourOf(slot.from) - start, pieces.at(-1)];
    const made = { first: t, last: t, hour, hours: slot.hours, price, exportPrice, absorbed: absorbed[t] ?? NONE };
    const piece: Piece = { ...made, flexKwh: flexOf(problem, schedule, t) };
    const same = last && Math.abs(last.price - price) < SAME && Math.abs(last.exportPrice - exportPrice) < SAME;
    if (last?.hour === hour && (hour > 0 || same)) pieces[pieces.length - 1] = joined(last, piece);
    else pieces.push(piece);
  });
  return pieces;
}

function joined(a: Piece, b: Piece): Piece {
  const hours = a.hours + b.hours;
  const mean = (x: number, y: number) => (x * a.hours + y * b.hours) / hours;
  return {
    ...a,
    last: b.last,
    hours,
    price: mean(a.price, b.price),
    exportPrice: mean(a.exportPrice, b.exportPrice),
    flexKwh: a.flexKwh + b.flexKwh,
  };
}

/** The question from a piece on. `storedKwh`: what is in the battery when it begins. */
export function questionOf(
  problem: Problem,
  d: Battery,
  pieces: readonly Piece[],
  paths: NonNullable<Outlook["paths"]>,
  storedKwh: number,
): StorageQuestion {
  const of = (pick: (p: Piece) => number) => Float64Array.from(pieces, pick);
  const net = paths.map(({ weight, netKwh }) => ({
    weight,
    netKwh: of((p) => (netKwh[p.hour] ?? 0) * p.hours + p.flexKwh),
  }));
  return {
    hours: of((p) => p.hours),
    price: of((p) => p.price),
    exportPrice: soldFor(pieces, net),
    paths: net,
    battery: factsOf(d),
    storedKwh,
    reserveKwh: floorOf(d),
    wear: d.wear * problem.weights.wear,
    fromGrid: mayDraw(problem, d),
  };
}

/** What surplus brings in each piece: what is exported, or what others take of it, as far as they can take all that is foreseen. */
function soldFor(pieces: readonly Piece[], paths: readonly WeightedPath[]): Float64Array {
  const all = paths.reduce((sum, p) => sum + p.weight, 0);
  const surplus = paths.reduce(
    (sum, { weight, netKwh }) => sum + netKwh.reduce((kwh, net) => kwh + (weight / all) * Math.max(0, -net), 0),
    0,
  );
  return Float64Array.from(pieces, ({ price, exportPrice, absorbed }) => {
    const share = surplus > 0 ? Math.min(1, absorbed.kwh / surplus) : 0;
    return exportPrice + share * Math.max(0, Math.min(price, absorbed.price) - exportPrice);
  });
}

/** Whether the connection carries a battery that charges as fast as it can beside the house. */
function mayDraw({ house, slots }: Problem, d: Battery): boolean {
  if (!d.fromGrid) return false;
  if (house.fuseKw === undefined) return true;
  const used = Math.max(0, ...slots.slice(0, 4).map((s: Slot) => (s.loadKwh - s.pvKwh) / s.hours));
  return used + d.chargeKw <= house.fuseKw;
}

/** Epoch ms at which a piece ends. */
export const endOfPiece = ({ slots }: Problem, piece: Piece): number => {
  const last = slots[piece.last];
  return last ? endOf(last) : 0;
};
