import { EARLIEST } from "../energy/counters.ts";
import type { Value } from "../model/capability.ts";
import { BOOLEAN, type Chunk, decodeBlock, kindOf, NUMBER } from "./block.ts";
import type { Connection } from "./connect.ts";
import { damagedStore } from "./error.ts";
import { firstBlock } from "./hours.ts";
import { HOUR } from "./summary.ts";

/** At most this many attributes have a history; readings of further ones are dropped and counted. */
export const MAX_SERIES = 20_000;
const MAX_KEY = 400;
const MAX_SOURCE = 400;
/** What lies so far in the future was told while the clock was wrong: what is told now is newer. */
const AHEAD_MS = 2 * 24 * HOUR;

/** One attribute's history: its number in the raw log, and its last reading. */
export interface Series {
  readonly id: number;
  readonly key: string;
  first: number;
  last: number;
  value: Value;
  source: string;
  /** Not in the database yet. */
  fresh: boolean;
  /** The row in the database is behind. */
  unsaved: boolean;
}

interface Row {
  readonly id: number;
  readonly key: string;
  readonly first: number;
  readonly last: number;
  readonly kind: number;
  readonly value: number | string;
  readonly source: string;
}

const toValue = (kind: number, value: number | string): Value => (kind === BOOLEAN ? value === 1 : value);
const toColumn = (value: Value): number | string => (typeof value === "boolean" ? Number(value) : value);

/**
 * All series, held in memory. Their rows are written when they begin and when their hours are rolled up, not with each
 * batch: an SD card has to last. What came since is found again in the raw log of the hours not rolled up.
 */
export class SeriesTable {
  readonly #db: Connection;
  readonly #byKey = new Map<string, Series>();
  readonly #byId = new Map<number, Series>();
  readonly #now: () => number;
  readonly #onBegan: (key: string) => void;
  #nextId = 1;

  /** `onBegan` hears of a series whose beginning moved. */
  constructor(
    db: Connection,
    openHours: Iterable<number>,
    now: () => number,
    onBegan: (key: string) => void = () => {},
  ) {
    this.#db = db;
    this.#now = now;
    this.#onBegan = onBegan;
    for (const row of db.prepare<[], Row>("SELECT * FROM series ORDER BY id").iterate()) {
      const { id, key, first, last, source } = row;
      this.#add({ id, key, first, last, value: toValue(row.kind, row.value), source, fresh: false, unsaved: false });
    }
    this.#catchUp(openHours);
  }

  #add(series: Series): Series {
    this.#byKey.set(series.key, series);
    this.#byId.set(series.id, series);
    this.#nextId = Math.max(this.#nextId, series.id + 1);
    return series;
  }

  #catchUp(openHours: Iterable<number>): void {
    const blocks = this.#db.prepare<[number, number], Buffer>("SELECT data FROM raw WHERE id >= ? AND id < ?").pluck();
    for (const hour of openHours)
      for (const data of blocks.iterate(firstBlock(hour), firstBlock(hour + 1)))
        try {
          decodeBlock(data, hour * HOUR, undefined, (chunk) => this.#seen(chunk));
        } catch (error) {
          throw damagedStore(this.#db.name, error instanceof Error ? error.message : "", error);
        }
  }

  #seen(chunk: Chunk): void {
    const series = this.#byId.get(chunk.series);
    const first = chunk.ats[0];
    const last = chunk.ats.at(-1);
    const value = chunk.values.at(-1);
    if (!series || first === undefined || last === undefined || value === undefined) return;
    for (const at of chunk.ats) beganAt(series, at);
    if (this.#isNewer(last, series.last)) Object.assign(series, { last, value });
    series.unsaved = true;
  }

  #isNewer(at: number, last: number): boolean {
    const ahead = this.#now() + AHEAD_MS;
    if (last >= EARLIEST && at < EARLIEST) return false;
    return at > ahead === last > ahead ? at >= last : at <= ahead;
  }

  /** Takes note of a reading; undefined when there is no room for another series. */
  note(key: string, at: number, value: Value, source: string): Series | undefined {
    let series = this.#byKey.get(key);
    if (!series) {
      if (this.#byKey.size >= MAX_SERIES || key.length > MAX_KEY) return undefined;
      const text = source.slice(0, MAX_SOURCE);
      series = this.#add({
        id: this.#nextId,
        key,
        first: at,
        last: at,
        value,
        source: text,
        fresh: true,
        unsaved: true,
      });
      return series;
    }
    // Its row says where the energy begins, and must not wait for the rollups to say so.
    if (beganAt(series, at)) {
      series.fresh = true;
      this.#onBegan(key);
    }
    if (this.#isNewer(at, series.last)) {
      series.last = at;
      series.value = value;
      if (source !== series.source) series.source = source.slice(0, MAX_SOURCE);
    }
    series.unsaved = true;
    return series;
  }

  /** Writes the rows of these series; within the caller's transaction. Call the result when that is committed. */
  save(ids: Iterable<number>, onlyFresh: boolean): () => void {
    const write = this.#db.prepare<[number, string, number, number, number, number | string, string]>(
      `INSERT INTO series (id, key, first, last, kind, value, source) VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET first = excluded.first, last = excluded.last, kind = excluded.kind,
         value = excluded.value, source = excluded.source`,
    );
    const saved: Series[] = [];
    for (const id of ids) {
      const s = this.#byId.get(id);
      if (!s || !(onlyFresh ? s.fresh : s.unsaved)) continue;
      write.run(s.id, s.key, s.first, s.last, kindOf(s.value), toColumn(s.value), s.source);
      saved.push(s);
    }
    return () => {
      for (const s of saved) {
        s.fresh = false;
        s.unsaved = false;
      }
    };
  }

  /** Numbers of those whose rows are behind. */
  unsaved(): number[] {
    const ids: number[] = [];
    for (const { id, unsaved } of this.#byId.values()) if (unsaved) ids.push(id);
    return ids;
  }

  get(key: string): Readonly<Series> | undefined {
    return this.#byKey.get(key);
  }

  idOf(key: string): number | undefined {
    return this.#byKey.get(key)?.id;
  }

  all(): IterableIterator<Series> {
    return this.#byKey.values();
  }

  get size(): number {
    return this.#byKey.size;
  }
}

/** Whether a series began at another time than was thought: what was heard without a clock counts only while nothing else is known. */
function beganAt(series: Series, at: number): boolean {
  const begins = series.first < EARLIEST ? at >= EARLIEST || at < series.first : at >= EARLIEST && at < series.first;
  if (begins) series.first = at;
  return begins;
}

/** Numbers, and booleans as 0 and 1: what can be rolled up. */
export const isNumeric = (chunk: Chunk): boolean => chunk.kind === NUMBER || chunk.kind === BOOLEAN;
