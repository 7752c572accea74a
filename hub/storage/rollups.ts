import type { Connection } from "./connect.ts";
import { FIVE_MINUTES, HOUR, type Summary } from "./summary.ts";

export type Resolution = "rollup_5m" | "rollup_1h";

export const lengthOf: Readonly<Record<Resolution, number>> = { rollup_5m: FIVE_MINUTES, rollup_1h: HOUR };

type Row = [
  series: number,
  at: number,
  min: number,
  max: number,
  sum: number,
  covered: number,
  count: number,
  last: number,
  lastAt: number,
];
type Writer = (series: number, bucket: number, summary: Summary) => void;

/** Writes summaries, replacing what was there or merging into it. Buckets are counted from the epoch. */
export function rollupWriter(db: Connection, table: Resolution, mode: "replace" | "merge"): Writer {
  const conflict =
    mode === "replace"
      ? `min = excluded.min, max = excluded.max, sum = excluded.sum, covered = excluded.covered,
         count = excluded.count, last = excluded.last, last_at = excluded.last_at`
      : `min = min(min, excluded.min), max = max(max, excluded.max), sum = sum + excluded.sum,
         covered = covered + excluded.covered, count = count + excluded.count,
         last = iif(excluded.last_at >= last_at, excluded.last, last), last_at = max(last_at, excluded.last_at)`;
  const write = db.prepare<Row>(
    `INSERT INTO ${table} (series, at, min, max, sum, covered, count, last, last_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (series, at) DO UPDATE SET ${conflict}`,
  );
  return (series, bucket, s) => write.run(series, bucket, s.min, s.max, s.sum, s.covered, s.count, s.last, s.lastAt);
}

/** Reads the summaries of a series whose buckets begin in [from, to), epoch ms. */
export function* readRollups(
  db: Connection,
  table: Resolution,
  series: number,
  from: number,
  to: number,
): Generator<{ readonly at: number; readonly summary: Summary }> {
  const length = lengthOf[table];
  const rows = db
    .prepare<[number, number, number], Row>(
      `SELECT series, at, min, max, sum, covered, count, last, last_at FROM ${table}
       WHERE series = ? AND at >= ? AND at < ? ORDER BY at`,
    )
    .raw();
  for (const [, at, min, max, sum, covered, count, last, lastAt] of rows.iterate(
    series,
    Math.ceil(from / length),
    Math.ceil(to / length),
  ))
    yield { at: at * length, summary: { min, max, sum, covered, count, last, lastAt } };
}
