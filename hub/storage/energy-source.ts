import { EARLIEST, type Stands } from "../energy/counters.ts";
import type { PowerSummary } from "../energy/power.ts";
import type { Repair } from "../model/repair.ts";
import type { Reach } from "./changes.ts";
import { type Connection, prepared } from "./connect.ts";
import { DIRTY, readHours, SEALED_DIRTY, stateOf, touched } from "./hours.ts";
import { type Gathered, gatherHour, sorted } from "./raw.ts";
import { repairsOf } from "./repairs.ts";
import { eachRollup, fineEdge, lengthOf, type Resolution } from "./rollups.ts";
import { equalSlots } from "./slots.ts";
import { FIVE_MINUTES, HOLD, HOUR, type Points, type Summary, summarise } from "./summary.ts";

/** Whole hours, epoch ms. */
interface Run {
  readonly from: number;
  to: number;
}

interface Raw {
  isRaw(at: number): boolean;
  readonly runs: readonly Run[];
}

/**
 * What is stored of counters and powers, in pieces of five minutes (an hour where no finer is kept), whether it comes from raw
 * readings or from rollups: so a figure does not change when its raw readings go.
 */
export class EnergySource {
  readonly now: number;
  readonly #db: Connection;
  readonly #tails: ReadonlyMap<string, Points>;
  readonly #edge: number;
  /** Raw readings of the hours that were looked at, of all series: a block holds many. */
  readonly #hours = new Map<number, ReadonlyMap<number, Gathered>>();
  readonly #ids = new Map<string, { readonly id: number; readonly first: number } | undefined>();
  /** By hours, of series of which all is written. */
  readonly #raw = new Map<string, Raw>();
  readonly #repairs = new Map<string, readonly Repair[]>();
  #reach = new Map<string, Reach>();

  constructor(db: Connection, now: number, tails: ReadonlyMap<string, Points>) {
    this.#db = db;
    this.now = now;
    this.#tails = tails;
    this.#edge = fineEdge(db);
  }

  /** How far each series was looked at since this was asked last. */
  takeReach(): Reach[] {
    const reach = [...this.#reach.values()];
    this.#reach = new Map();
    return reach;
  }

  repairs(key: string): readonly Repair[] {
    let repairs = this.#repairs.get(key);
    if (!repairs) {
      repairs = repairsOf(this.#db, key);
      this.#repairs.set(key, repairs);
    }
    return repairs;
  }

  #reachOf(key: string, from: number, to: number): Reach {
    const [first, after] = [Math.floor(from / HOUR), Math.ceil(to / HOUR)];
    let reach = this.#reach.get(key);
    if (!reach) {
      reach = { key, from: first, to: after, heldFrom: Number.POSITIVE_INFINITY, heldTo: Number.NEGATIVE_INFINITY };
      this.#reach.set(key, reach);
    }
    reach.from = Math.min(reach.from, first);
    reach.to = Math.max(reach.to, after);
    return reach;
  }

  /** The last stand of each piece of [from, to), sorted by time. */
  stands(key: string, from: number, to: number): Stands {
    this.#reachOf(key, from, to);
    const ats: number[] = [];
    const values: number[] = [];
    const { isRaw, runs } = this.#rawOf(key, from, to);
    const first = this.#first(key);
    this.#rolled(key, from, to, (at, { count, last, lastAt, min }, lengthMs) => {
      // The very first reading of a series: nothing before it holds into its piece.
      if (first >= from && first < to && count > 1 && first >= at && first < at + lengthMs && lastAt > first) {
        ats.push(first);
        values.push(min);
      }
      if (count === 0 || lastAt < from || lastAt >= to || isRaw(at)) return;
      ats.push(lastAt);
      values.push(last);
    });
    for (const run of runs)
      addLastOfEach(this.#points(key, run), Math.max(from, run.from), Math.min(to, run.to), first, ats, values);
    return sorted({ ats, values });
  }

  /** What is known of a power in [from, to), piece by piece. Values beyond the limit are left out where each is still known. */
  summaries(key: string, from: number, to: number, limitW: number): PowerSummary[] {
    // The hour before may hold into it, and says whether its first is read raw.
    const reach = this.#reachOf(key, from - HOUR, to);
    reach.heldFrom = Math.min(reach.heldFrom, Math.floor(from / HOUR) - 1);
    reach.heldTo = Math.max(reach.heldTo, Math.ceil(to / HOUR) + 1);
    const found: PowerSummary[] = [];
    const { isRaw, runs } = this.#rawOf(key, from, to);
    this.#rolled(key, from, to, (at, summary, lengthMs) => {
      if (!isRaw(at)) found.push({ at, lengthMs, summary });
    });
    for (const run of runs) {
      const { ats, values } = this.#points(key, run);
      const usable = ats.map((_, i) => i).filter((i) => Math.abs(values[i] ?? 0) <= limitW);
      const points = { ats: usable.map((i) => ats[i] ?? 0), values: usable.map((i) => values[i] ?? 0) };
      const into = new Map<number, Summary>();
      const start = Math.max(Math.floor(from / FIVE_MINUTES) * FIVE_MINUTES, run.from);
      const window = { slots: equalSlots(0, FIVE_MINUTES), from: start, to: Math.min(to, run.to), now: this.now };
      summarise(points, window, into);
      for (const [bucket, summary] of into) found.push({ at: bucket * FIVE_MINUTES, lengthMs: FIVE_MINUTES, summary });
    }
    return runs.length > 0 ? found.sort((a, b) => a.at - b.at) : found;
  }

  #row(key: string): { readonly id: number; readonly first: number } | undefined {
    if (this.#ids.has(key)) return this.#ids.get(key);
    const row = prepared(this.#db, "SELECT id, first FROM series WHERE key = ?").get(key) as
      | { readonly id: number; readonly first: number }
      | undefined;
    this.#ids.set(key, row);
    return row;
  }

  #id(key: string): number | undefined {
    return this.#row(key)?.id;
  }

  /** When the series begins, epoch ms. */
  #first(key: string): number {
    const stored = this.#row(key)?.first;
    // What was heard without a clock is in no time.
    let first = stored !== undefined && stored >= EARLIEST ? stored : Number.POSITIVE_INFINITY;
    for (const at of this.#tails.get(key)?.ats ?? []) if (at >= EARLIEST && at < first) first = at;
    return first;
  }

  /** The hours of [from, to) whose truth are the raw readings, and the runs that they form. */
  #rawOf(key: string, from: number, to: number): Raw {
    const first = Math.floor(from / HOUR);
    const after = Math.ceil(to / HOUR);
    const tail = this.#tails.get(key)?.ats;
    if (tail) return rawOf(this.#db, first, after, tail);
    const name = `${first} ${after}`;
    let raw = this.#raw.get(name);
    if (!raw) {
      raw = rawOf(this.#db, first, after, []);
      this.#raw.set(name, raw);
    }
    return raw;
  }

  #rolled(key: string, from: number, to: number, take: (at: number, summary: Summary, lengthMs: number) => void): void {
    const series = this.#id(key);
    if (series === undefined) return;
    const edge = Math.min(to, Math.max(from, this.#edge));
    const read = (table: Resolution, start: number, end: number) => {
      const lengthMs = lengthOf[table];
      const first = Math.floor(start / lengthMs) * lengthMs;
      eachRollup(this.#db, table, series, first, end, (at, summary) => take(at, summary, lengthMs));
    };
    read("rollup_1h", from, edge);
    read("rollup_5m", edge, to);
  }

  /** Raw readings of a run of hours, and before it what may hold into it. */
  #points(key: string, { from, to }: Run): Points {
    const series = this.#id(key);
    const ats: number[] = [];
    const values: number[] = [];
    const add = (points: Points | undefined) => {
      for (const [i, at] of (points?.ats ?? []).entries()) {
        if (at < from - HOLD || at >= to) continue;
        ats.push(at);
        values.push(points?.values[i] ?? 0);
      }
    };
    if (series !== undefined)
      for (let hour = from / HOUR - 1; hour < to / HOUR; hour++) add(this.#hour(hour).get(series));
    add(this.#tails.get(key));
    return sorted({ ats, values });
  }

  #hour(hour: number): ReadonlyMap<number, Gathered> {
    let gathered = this.#hours.get(hour);
    if (!gathered) {
      const into = new Map<number, Gathered>();
      gatherHour(this.#db, hour, EARLIEST, undefined, into);
      gathered = into;
      this.#hours.set(hour, gathered);
    }
    return gathered;
  }
}

/** Adds the last reading of each five minutes in [from, to), and the series' very first. */
function addLastOfEach(points: Points, from: number, to: number, first: number, ats: number[], values: number[]): void {
  for (const [i, at] of points.ats.entries()) {
    if (at < from || at >= to) continue;
    const next = points.ats[i + 1];
    if (
      at !== first &&
      next !== undefined &&
      next < to &&
      Math.floor(next / FIVE_MINUTES) === Math.floor(at / FIVE_MINUTES)
    )
      continue;
    ats.push(at);
    values.push(points.values[i] ?? 0);
  }
}

function rawOf(db: Connection, from: number, to: number, tail: readonly number[]): Raw {
  const hours = rawHours(db, from, to, tail);
  const runs: Run[] = [];
  for (const hour of [...hours.keys()].sort((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last && last.to === hour * HOUR) last.to += HOUR;
    else runs.push({ from: hour * HOUR, to: (hour + 1) * HOUR });
  }
  return { isRaw: (at) => hours.size > 0 && hours.get(Math.floor(at / HOUR)) === "alone", runs };
}

/** Hours to be read from raw: alone, or beside rollups into which they will be merged. */
function rawHours(db: Connection, from: number, to: number, tail: readonly number[]): Map<number, "alone" | "beside"> {
  const rows = prepared(
    db,
    "SELECT hour, state FROM hour WHERE hour >= ? AND hour <= ? AND state IN (?, ?)",
    "raw",
  ).all(from - 1, to, DIRTY, SEALED_DIRTY) as [number, number][];
  const states = new Map(rows);
  if (tail.length > 0) for (const [hour, state] of touched(readHours(db, from - 1, to), tail)) states.set(hour, state);
  const hours = new Map<number, "alone" | "beside">();
  for (const [hour, state] of states) {
    if (hour >= from && hour < to) hours.set(hour, state === SEALED_DIRTY ? "beside" : "alone");
    // An hour without readings has no state; the value of the hour before may still hold into it.
    const next = hour + 1;
    if (next >= from && next < to && !states.has(next) && stateOf(db, next) === undefined) hours.set(next, "alone");
  }
  return hours;
}
