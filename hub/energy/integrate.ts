/** Energy in equal slots: from the steps of counters, else from power over time. The one way to kWh. */
import type { EnergySlots } from "../model/energy.ts";
import type { Step } from "./hygiene/memory.ts";

/** What is known of a power in one piece of time: five minutes, or an hour of the far past. */
export interface PowerPiece {
  readonly from: number;
  readonly to: number;
  /** kWh in the part that is known, never negative. */
  readonly importedKwh: number;
  readonly exportedKwh: number;
  /** Share of the piece, 0..1. */
  readonly known: number;
}

export interface MeterData {
  /** Undefined: the meter has no such counter. */
  readonly imported?: readonly Step[];
  readonly exported?: readonly Step[];
  /** A counter that runs both ways. */
  readonly net?: readonly Step[];
  /** In order, not overlapping. Undefined: no power is measured. */
  readonly power?: readonly PowerPiece[];
}

/** What lies this close together is known for every moment between. */
const DENSE_MS = 15 * 60_000;
/** A longer step is spread by the power of that time, where most of it is known. */
const LONG_MS = 10 * 60_000;
const MOST = 0.5;

/** One direction, slot by slot. */
interface Sums {
  readonly kwh: Float64Array;
  /** ms of a slot about which something is known, and how much that is worth as knowledge of the very slot. */
  readonly seen: Float64Array;
  readonly covered: Float64Array;
}

class Grid {
  readonly from: number;
  readonly to: number;
  readonly slotMs: number;
  readonly count: number;

  constructor(from: number, to: number, slotMs: number) {
    this.from = from;
    this.slotMs = slotMs;
    this.count = Math.max(0, Math.ceil((to - from) / slotMs));
    this.to = from + this.count * slotMs;
  }

  sums(): Sums {
    const empty = () => new Float64Array(this.count);
    return { kwh: empty(), seen: empty(), covered: empty() };
  }

  /** Spreads evenly over [start, end); what lies outside the slots is left out. A moment counts to the slot before it. */
  spread(into: Float64Array, start: number, end: number, amount: number): void {
    if (end <= this.from || start >= this.to || amount === 0) return;
    const begin = Math.min(start, end - 1);
    const density = amount / (end - begin);
    let at = Math.max(begin, this.from);
    const stop = Math.min(end, this.to);
    for (let slot = Math.floor((at - this.from) / this.slotMs); at < stop; slot++) {
      const edge = Math.min(stop, this.from + (slot + 1) * this.slotMs);
      // All of it in one slot: no rounding.
      const part = at === begin && edge === end ? amount : density * (edge - at);
      into[slot] = (into[slot] ?? 0) + part;
      at = edge;
    }
  }
}

type Way = "importedKwh" | "exportedKwh";

const firstAfter = (pieces: readonly PowerPiece[], at: number): number => {
  let low = 0;
  let high = pieces.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((pieces[middle]?.to ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
};

interface Share {
  readonly from: number;
  readonly to: number;
  /** kW, in the known part and taken for the rest. */
  readonly kw: number;
  readonly known: number;
}

/** The power in [start, end), piece by piece, with gaps at the mean; undefined where less than half of it is known or nothing flowed. */
function sharesOf(pieces: readonly PowerPiece[], start: number, end: number, way: Way): Share[] | undefined {
  const shares: Share[] = [];
  let known = 0;
  let kwh = 0;
  const gap = (from: number, to: number) => {
    if (to > from) shares.push({ from, to, kw: Number.NaN, known: 0 });
  };
  let at = start;
  for (let i = firstAfter(pieces, start); i < pieces.length; i++) {
    const piece = pieces[i];
    if (!piece || piece.from >= end) break;
    const from = Math.max(start, piece.from);
    const to = Math.min(end, piece.to);
    gap(at, from);
    at = to;
    const hours = (piece.known * (piece.to - piece.from)) / 3_600_000;
    const kw = hours > 0 ? piece[way] / hours : Number.NaN;
    shares.push({ from, to, kw, known: piece.known });
    if (!Number.isFinite(kw)) continue;
    known += piece.known * (to - from);
    kwh += kw * piece.known * (to - from);
  }
  gap(at, end);
  if (known < MOST * (end - start) || kwh <= 0) return undefined;
  const mean = kwh / known;
  return shares.map((share) => ({
    ...share,
    kw: Number.isFinite(share.kw) ? share.kw * share.known + mean * (1 - share.known) : mean,
  }));
}

interface Carrier {
  readonly grid: Grid;
  readonly limitW: number;
  readonly power: readonly PowerPiece[];
}

function addStep({ grid, limitW, power }: Carrier, into: Sums, step: Step, way: Way): void {
  const { from, to, since, kwh } = step;
  if (kwh === null || to.at <= grid.from || from.at >= grid.to) {
    // What was spread from the last movement may reach into the slots though the reading itself lies after them.
    if (kwh !== null && since < grid.to && to.at > grid.from) grid.spread(into.kwh, since, to.at, kwh);
    return;
  }
  const length = to.at - from.at;
  grid.spread(into.seen, from.at, to.at, length);
  const shares = length > LONG_MS && since === from.at && kwh > 0 ? sharesOf(power, from.at, to.at, way) : undefined;
  const weight = shares?.reduce((sum, share) => sum + share.kw * (share.to - share.from), 0) ?? 0;
  // A power that would put more into one piece than the connection carries does not belong to this counter.
  const most = limitW / 1000 / 3_600_000;
  const usable = shares && weight > 0 && shares.every((share) => (kwh * share.kw) / weight <= most);
  if (!usable) {
    grid.spread(into.kwh, since, to.at, kwh);
    grid.spread(into.covered, from.at, to.at, length * Math.min(1, Math.max(DENSE_MS, grid.slotMs * 1.1) / length));
    return;
  }
  for (const share of shares) {
    const ms = share.to - share.from;
    grid.spread(into.kwh, share.from, share.to, (kwh * share.kw * ms) / weight);
    grid.spread(into.covered, share.from, share.to, ms * share.known);
  }
}

/** The times that the steps of a counter leave open, in order. */
function* openTimes(steps: readonly Step[], from: number, to: number): Generator<[from: number, to: number]> {
  let at = from;
  for (const step of steps) {
    if (step.kwh === null || step.to.at <= at) continue;
    if (step.from.at >= to) break;
    if (step.from.at > at) yield [at, step.from.at];
    at = Math.max(at, step.to.at);
  }
  if (at < to) yield [at, to];
}

function addPower({ grid, power }: Carrier, into: Sums, way: Way, [from, to]: readonly [number, number]): void {
  for (let i = firstAfter(power, from); i < power.length; i++) {
    const piece = power[i];
    if (!piece || piece.from >= to) return;
    const start = Math.max(from, piece.from);
    const end = Math.min(to, piece.to);
    const share = (end - start) / (piece.to - piece.from);
    grid.spread(into.kwh, start, end, piece[way] * share);
    grid.spread(into.seen, start, end, (end - start) * piece.known);
    grid.spread(into.covered, start, end, (end - start) * piece.known);
  }
}

function direction(carrier: Carrier, steps: readonly Step[] | undefined, way: Way): Sums {
  const { grid } = carrier;
  const sums = grid.sums();
  for (const step of steps ?? []) addStep(carrier, sums, step, way);
  for (const open of openTimes(steps ?? [], grid.from, grid.to)) addPower(carrier, sums, way, open);
  return sums;
}

const oneWay = (net: readonly Step[], sign: 1 | -1): Step[] =>
  net.map((step) => (step.kwh === null ? step : { ...step, kwh: Math.max(0, step.kwh * sign) }));

/**
 * Energy of a meter in slots of [from, to); the last slot may reach beyond `to`. A slot of which nothing is known is NaN. The
 * sum over a period is the difference of the clean counter, whatever the length of the slots. What a counter leaves open is
 * filled from the power. Where a step is longer than a slot and no power tells where it belongs, it is spread evenly and counts
 * as covered by as much as its readings resolve.
 */
export function slotsOf(data: MeterData, limitW: number, from: number, to: number, slotMs: number): EnergySlots {
  const grid = new Grid(from, to, slotMs);
  const carrier: Carrier = { grid, limitW, power: data.power ?? [] };
  const imports = data.net ? oneWay(data.net, 1) : data.imported;
  const exports = data.net ? oneWay(data.net, -1) : data.exported;
  const counted = [imports, exports].some((steps) => (steps?.length ?? 0) > 0);
  const imported = direction(carrier, imports, "importedKwh");
  const exported = direction(carrier, exports, "exportedKwh");
  // A meter with a counter for one way only has none for the other because nothing flows that way, unless its power says so.
  if (imports && !exports && !carrier.power.some((piece) => piece.exportedKwh > 0)) seenToo(exported, imported);
  if (exports && !imports && !carrier.power.some((piece) => piece.importedKwh > 0)) seenToo(imported, exported);
  const coverage = new Float64Array(grid.count);
  const one = !imports === !exports ? undefined : imports ? imported : exported;
  for (let i = 0; i < grid.count; i++) {
    const covered = one?.covered[i] ?? Math.min(imported.covered[i] ?? 0, exported.covered[i] ?? 0);
    coverage[i] = Math.min(1, covered / slotMs);
    for (const sums of [imported, exported])
      if (!((sums.seen[i] ?? 0) > 0) && !((sums.kwh[i] ?? 0) > 0)) sums.kwh[i] = Number.NaN;
  }
  return {
    from,
    slotMs,
    importedKwh: imported.kwh,
    exportedKwh: exported.kwh,
    coverage,
    basis: counted ? "counter" : "power",
  };
}

/** What is known of one way says that nothing went the other. */
function seenToo(other: Sums, one: Sums): void {
  for (const [i, seen] of one.seen.entries()) {
    const known = (one.kwh[i] ?? 0) > 0 ? Math.max(1, seen) : seen;
    if (known > (other.seen[i] ?? 0)) other.seen[i] = known;
  }
}

/** Between times that need the power, this much is read along: fewer questions. */
const NEAR_MS = 6 * 3_600_000;

/** For which times of [from, to) the power is needed: what no counter tells, and steps that are long. In order, apart. */
export function powerTimes(counters: readonly (readonly Step[])[], from: number, to: number): [number, number][] {
  if (counters.length === 0) return [[from, to]];
  const times: [number, number][] = [];
  for (const steps of counters) {
    times.push(...openTimes(steps, from, to));
    for (const step of steps)
      if (step.kwh && step.to.at - step.from.at > LONG_MS && step.to.at > from && step.from.at < to)
        times.push([step.from.at, step.to.at]);
  }
  const apart: [number, number][] = [];
  for (const [start, end] of times.sort(([a], [b]) => a - b)) {
    const last = apart.at(-1);
    if (last && start - last[1] < NEAR_MS) last[1] = Math.max(last[1], end);
    else apart.push([start, end]);
  }
  return apart;
}
