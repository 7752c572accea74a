import type { Connection } from "../connect.ts";
import { BLOCK, lengthOf, type Resolution, writeRollups } from "../rollups.ts";
import type { Summary } from "../summary.ts";

type Row = [
  at: number,
  min: number,
  max: number,
  sum: number,
  covered: number,
  count: number,
  last: number,
  lastAt: number,
];

/** So many rows at a time, so that years of them need little memory: a whole number of blocks. */
const PIECE = 200 * BLOCK;

/** Rollups lie in rows of six hours instead of a row each; where five-minute ones begin, and what the disk has to bear, is written down. */
export function packRollups(db: Connection): void {
  const ids = db.prepare<[], number>("SELECT id FROM series").pluck().all();
  for (const table of ["rollup_5m", "rollup_1h"] as const) {
    db.exec(`ALTER TABLE ${table} RENAME TO ${table}_rows;
      CREATE TABLE ${table} (id INTEGER PRIMARY KEY, data BLOB NOT NULL) STRICT;`);
    for (const series of ids) move(db, table, series);
    db.exec(`DROP TABLE ${table}_rows;`);
  }
  // What was written to the disk in an hour, bytes: by the hub, and by all programs.
  db.exec("CREATE TABLE written (hour INTEGER PRIMARY KEY, hub INTEGER, disk INTEGER) STRICT;");
  // Until now they were kept for 400 days.
  db.exec(`INSERT OR REPLACE INTO fact (name, value)
    SELECT 'fine-edge', max(0, (value - 34560000000) / 21600000 * 21600000) FROM fact WHERE name = 'retention-edge';`);
}

function move(db: Connection, table: Resolution, series: number): void {
  const step = PIECE / lengthOf[table];
  const next = db.prepare<[number, number], number>(`SELECT min(at) FROM ${table}_rows WHERE series = ? AND at >= ?`);
  const rows = db.prepare<[number, number, number], Row>(
    `SELECT at, min, max, sum, covered, count, last, last_at FROM ${table}_rows WHERE series = ? AND at >= ? AND at < ?`,
  );
  for (let from = 0; ; ) {
    const first = next.pluck().get(series, from);
    if (first == null) return;
    from = Math.floor(first / step) * step;
    const summaries = new Map<number, Summary>();
    for (const [at, min, max, sum, covered, count, last, lastAt] of rows.raw().all(series, from, from + step))
      summaries.set(at, { min, max, sum, covered, count, last, lastAt });
    writeRollups(db, table, series, summaries, "replace");
    from += step;
  }
}
