import type { Value } from "../model/capability.ts";
import { type AttributePath, pathKey } from "../model/path.ts";
import type { Reading } from "../model/reading.ts";
import type { Log } from "../ports.ts";
import { type Chunk, chunksByHour, encodeBlock } from "./block.ts";
import { Changes } from "./changes.ts";
import { type Connection, withoutWaiting } from "./connect.ts";
import { explain } from "./error.ts";
import {
  DIRTY,
  firstBlock,
  type Hours,
  ROLLED,
  readHours,
  SEALED,
  SEALED_DIRTY,
  SEALING,
  setHour,
  stateOf,
  touched,
} from "./hours.ts";
import { removeBlocks, type Sealed } from "./keep.ts";
import { SeriesTable } from "./series.ts";
import { HOUR, type Points } from "./summary.ts";
import { Trouble } from "./trouble.ts";

export interface BatchLimits {
  /** A batch is written at the latest after this time. */
  readonly batchMs: number;
  /** … or when it holds this many readings. */
  readonly batchReadings: number;
}

/** While the disk takes nothing, this many readings wait; further ones are dropped and counted. */
export const MAX_WAITING = 200_000;
const MAX_TEXT = 1024;
/** Years 1970 to 2248: a block's number must stay a safe integer. */
const MAX_TIME = 2 ** 43;
const RETRY_MS = 5_000;

interface Waiting {
  readonly ats: number[];
  readonly values: Value[];
}

/** The append-only log of readings: a buffer in memory, written as blocks in one transaction (synchronous=FULL). */
export class ReadingLog {
  readonly series: SeriesTable;
  /** What changed of the past, for those who keep answers about it. */
  readonly changes = new Changes();
  readonly #hours: Map<number, number>;
  /** Hours whose rollups are missing or behind. */
  readonly open = new Set<number>();
  /** When (monotonic ms) an hour last got readings from this process. */
  readonly heard = new Map<number, number>();
  readonly trouble: Trouble;
  readonly #db: Connection;
  readonly #log: Log;
  #limits: BatchLimits;
  #thinMs = 0;
  /** While thinning: when a series was last kept. */
  #kept = new Map<number, number>();
  readonly #waiting = new Map<number, Waiting>();
  readonly #keys = new WeakMap<AttributePath, string>();
  #count = 0;
  #since: number | undefined;
  #retryAt = 0;
  #dropped = 0;
  #stored: number;

  constructor(db: Connection, log: Log, limits: BatchLimits, now: () => number = () => Date.now()) {
    this.#db = db;
    this.#log = log;
    this.#limits = limits;
    this.trouble = new Trouble(db.name, now, () => this.#count);
    this.#hours = readHours(db, 0, Number.MAX_SAFE_INTEGER);
    for (const [hour, state] of this.#hours) this.setHour(hour, state);
    this.series = new SeriesTable(db, this.open, now, (key) => this.changes.series(key));
    this.#stored = Number(db.prepare("SELECT coalesce(sum(n), 0) FROM raw").pluck().get());
  }

  /** What is known of each hour, as committed. */
  get hours(): Hours {
    return this.#hours;
  }

  /** Call when the change is committed. */
  setHour(hour: number, state: number): void {
    this.changes.moved(hour);
    this.#hours.set(hour, state);
    if (state === DIRTY || state === SEALED_DIRTY) this.open.add(hour);
    else this.open.delete(hour);
  }

  /** How often is written, and how far apart numbers of one attribute must lie to be kept (ms; 0: all are). States are always kept. */
  setPace({ batchMs, thinMs }: { readonly batchMs: number; readonly thinMs: number }): void {
    this.#limits = { ...this.#limits, batchMs };
    this.#thinMs = thinMs;
    this.#kept.clear();
  }

  append(readings: readonly Reading[]): void {
    for (const reading of readings) this.#take(reading);
    if (this.#count >= this.#limits.batchReadings) this.flushIfDue();
  }

  #take(reading: Reading): void {
    // A retained message may be months old: it is no history.
    if (reading.ageUnknown) return;
    const { value } = reading;
    const at = Math.round(reading.at);
    const fits =
      at >= 0 &&
      at < MAX_TIME &&
      (typeof value === "number" ? Number.isFinite(value) : typeof value === "boolean" || value.length <= MAX_TEXT);
    const series =
      fits && this.#count < MAX_WAITING
        ? this.series.note(this.#keyOf(reading.path), at, value, reading.source)
        : undefined;
    if (!series) {
      this.#dropped++;
      return;
    }
    if (this.#thinMs > 0 && typeof value === "number") {
      const before = this.#kept.get(series.id);
      if (before !== undefined && at >= before && at < before + this.#thinMs) return;
      this.#kept.set(series.id, at);
    }
    let waiting = this.#waiting.get(series.id);
    if (!waiting) {
      waiting = { ats: [], values: [] };
      this.#waiting.set(series.id, waiting);
    }
    waiting.ats.push(at);
    waiting.values.push(value);
    this.changes.reading(series.key, at);
    // A long text weighs more than a number, so that a batch stays small in memory.
    this.#count += typeof value === "string" ? 1 + (value.length >> 4) : 1;
    this.#since ??= performance.now();
  }

  /** A frozen path is shared by all readings of its attribute: its text is made once. */
  #keyOf(path: AttributePath): string {
    if (!Object.isFrozen(path)) return pathKey(path);
    const known = this.#keys.get(path);
    if (known !== undefined) return known;
    const key = pathKey(path);
    this.#keys.set(path, key);
    return key;
  }

  /** Writes what waits when the batch is old or full enough. */
  flushIfDue(): void {
    const now = performance.now();
    if (this.#since === undefined || now < this.#retryAt) return;
    if (this.#count >= this.#limits.batchReadings || now - this.#since >= this.#limits.batchMs) this.flush();
  }

  /** Writes what waits. A failure is logged, and what waits is kept for the next try: the house goes on without it. */
  flush(): void {
    if (this.#dropped > 0) {
      this.#log.warn(
        { dropped: this.#dropped, series: this.series.size, waiting: this.#count },
        "readings were dropped: no room for more attributes or readings, or a value that is no finite number or short text",
      );
      this.trouble.lost(this.#dropped);
      this.#dropped = 0;
    }
    if (this.#count === 0) return;
    try {
      if (this.#retryAt > 0) withoutWaiting(this.#db, () => this.#write());
      else this.#write();
      this.#retryAt = 0;
      this.trouble.worked();
    } catch (error) {
      this.trouble.failed(error);
      const { message, fix } = explain(error, this.#db.name);
      this.#log.error({ waiting: this.#count, fix }, `readings could not be stored: ${message}`);
      this.#retryAt = performance.now() + RETRY_MS;
    }
  }

  #write(): void {
    const byHour = new Map<number, Chunk[]>();
    let written = 0;
    for (const [id, { ats, values }] of this.#waiting) {
      chunksByHour(id, ats, values, byHour);
      written += ats.length;
    }
    const lastBlock = this.#db
      .prepare<[number, number], number | null>("SELECT max(id) FROM raw WHERE id >= ? AND id < ?")
      .pluck();
    const insert = this.#db.prepare<[number, number, Buffer]>("INSERT INTO raw (id, n, data) VALUES (?, ?, ?)");
    const mark = setHour(this.#db);
    // Immediate: the states are read in it, and the other thread must not delete an hour's readings between.
    const { saved, changed, removed } = this.#db
      .transaction(() => {
        const { changed, removed } = this.#touched(byHour);
        for (const [hour, chunks] of byHour) {
          const before = lastBlock.get(firstBlock(hour), firstBlock(hour + 1));
          const n = chunks.reduce((sum, chunk) => sum + chunk.ats.length, 0);
          insert.run(before == null ? firstBlock(hour) : before + 1, n, encodeBlock(hour * HOUR, chunks));
        }
        for (const [hour, state] of changed) mark.run(hour, state);
        return { saved: this.series.save(this.#waiting.keys(), true), changed, removed };
      })
      .immediate();
    saved();
    const now = performance.now();
    for (const hour of byHour.keys()) this.heard.set(hour, now);
    for (const [hour, state] of changed) {
      this.setHour(hour, state);
      this.heard.set(hour, now);
    }
    this.#stored += written - removed;
    this.#waiting.clear();
    this.#count = 0;
    this.#since = undefined;
  }

  #touched(byHour: ReadonlyMap<number, readonly Chunk[]>): { changed: Map<number, number>; removed: number } {
    const states = new Map<number, number>();
    let removed = 0;
    for (const written of byHour.keys())
      for (const hour of [written, written + 1]) {
        // What the other thread did may not have come to us yet.
        let state = stateOf(this.#db, hour);
        if (state === SEALING && hour === written) {
          removed += removeBlocks(this.#db, hour);
          state = SEALED;
        }
        if (state !== undefined) states.set(hour, state);
      }
    const changed = new Map<number, number>();
    for (const chunks of byHour.values())
      for (const chunk of chunks) for (const [hour, state] of touched(states, chunk.ats)) changed.set(hour, state);
    return { changed, removed };
  }

  /** The other thread deleted raw readings of an hour. */
  sealed({ hour, readings, done }: Sealed): void {
    this.#stored -= readings;
    const state = this.hours.get(hour);
    if (state === ROLLED || state === SEALING) this.setHour(hour, done ? SEALED : SEALING);
    if (done) this.heard.delete(hour);
  }

  /** Numeric readings of a series that are not written yet, in order of arrival. */
  tail(key: string): Points | undefined {
    const id = this.series.idOf(key);
    const waiting = id === undefined ? undefined : this.#waiting.get(id);
    if (!waiting) return undefined;
    const ats: number[] = [];
    const values: number[] = [];
    for (const [i, value] of waiting.values.entries()) {
      const at = waiting.ats[i];
      if (at === undefined || typeof value === "string") continue;
      ats.push(at);
      values.push(Number(value));
    }
    return { ats, values };
  }

  /** The number of a series of which older values are brought in; begun where there is none. Undefined where there is no room. */
  seriesFor(
    key: string,
    first: { at: number },
    last: { at: number; value: Value },
    source: string,
  ): number | undefined {
    const known = this.series.get(key);
    if (!known || first.at < known.first) this.series.note(key, first.at, last.value, known?.source ?? source);
    if (!known || last.at > known.last) this.series.note(key, last.at, last.value, source);
    const series = this.series.get(key);
    if (!series) return undefined;
    this.#db.transaction(() => this.series.save([series.id], false))()();
    return series.id;
  }

  /** Readings that are not written yet; a long text counts for several. */
  get waiting(): number {
    return this.#count;
  }

  /** Raw readings on disk. */
  get stored(): number {
    return this.#stored;
  }

  /** The other thread rolled up hours, or left them to be done again; readings that came meanwhile have the last word. */
  rolled(hours: readonly number[], removed: number): void {
    this.#stored -= removed;
    for (const hour of hours) {
      const state = stateOf(this.#db, hour);
      if (state !== undefined && state !== this.hours.get(hour)) this.setHour(hour, state);
    }
  }
}
