import { type Connection, prepared } from "./connect.ts";
import { type Placed, pack, unpack } from "./pack.ts";
import { FIVE_MINUTES, HOUR, merge, type Summary } from "./summary.ts";

export type Resolution = "rollup_5m" | "rollup_1h";

export const lengthOf: Readonly<Record<Resolution, number>> = { rollup_5m: FIVE_MINUTES, rollup_1h: HOUR };

/** One row holds the summaries of one series in this stretch of time: few rows to read, and little around them. */
export const BLOCK = 6 * HOUR;
/** Rows of a series lie together, in order of time; until the year 2687. */
const BLOCKS_A_SERIES = 2 ** 20;

/** The row in which a moment (epoch ms) of a series lies. */
export const rowOf = (series: number, at: number): number =>
  series * BLOCKS_A_SERIES + Math.min(BLOCKS_A_SERIES - 1, Math.max(0, Math.floor(at / BLOCK)));

const startOf = (row: number): number => (row % BLOCKS_A_SERIES) * BLOCK;

/** Writes summaries of a series by bucket number (counted from the epoch), replacing what was there or merging into it. */
export function writeRollups(
  db: Connection,
  table: Resolution,
  series: number,
  summaries: ReadonlyMap<number, Summary>,
  mode: "replace" | "merge",
): void {
  const length = lengthOf[table];
  const rows = new Map<number, [number, Summary][]>();
  for (const [bucket, summary] of summaries) {
    const row = rowOf(series, bucket * length);
    const list = rows.get(row);
    if (list) list.push([bucket, summary]);
    else rows.set(row, [[bucket, summary]]);
  }
  const read = prepared(db, `SELECT data FROM ${table} WHERE id = ?`, "pluck");
  const write = prepared(
    db,
    `INSERT INTO ${table} (id, data) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET data = excluded.data`,
  );
  for (const [row, list] of rows) {
    const start = startOf(row);
    const all = new Map<number, Summary>();
    const before = read.get(row) as Buffer | undefined;
    if (before)
      unpack(before, start, length, 0, Number.POSITIVE_INFINITY, (at, summary) => all.set(at / length, summary));
    for (const [bucket, summary] of list)
      if (mode === "merge") merge(all, bucket, summary);
      else all.set(bucket, summary);
    const placed = [...all].map(([bucket, summary]): Placed => ({ place: bucket - start / length, summary }));
    write.run(
      row,
      pack(
        placed.sort((a, b) => a.place - b.place),
        start,
        length,
      ),
    );
  }
}

/** Five-minute rollups before this moment (epoch ms, a whole hour) may be gone. */
export const fineEdge = (db: Connection): number =>
  Number(prepared(db, "SELECT value FROM fact WHERE name = 'fine-edge'", "pluck").get() ?? 0);

export interface Stored {
  /** Start, epoch ms. */
  readonly at: number;
  readonly summary: Summary;
}

/**
 * Calls `take` for the summaries of a series whose buckets begin in [from, to), epoch ms; in order of time. `one` is filled anew for each
 * of them, for whoever keeps none: a year of one series is 100,000.
 */
export function eachRollup(
  db: Connection,
  table: Resolution,
  series: number,
  from: number,
  to: number,
  take: (at: number, summary: Summary) => void,
  one?: Summary,
): void {
  if (to <= from) return;
  const length = lengthOf[table];
  const rows = prepared(db, `SELECT id, data FROM ${table} WHERE id >= ? AND id <= ? ORDER BY id`, "raw");
  // A year of one series is 1,460 rows.
  const found = rows.all(rowOf(series, from), rowOf(series, to - 1)) as [number, Buffer][];
  for (const [row, data] of found) unpack(data, startOf(row), length, from, to, take, one);
}

/** The same as a list. */
export function readRollups(db: Connection, table: Resolution, series: number, from: number, to: number): Stored[] {
  const found: Stored[] = [];
  eachRollup(db, table, series, from, to, (at, summary) => found.push({ at, summary }));
  return found;
}
