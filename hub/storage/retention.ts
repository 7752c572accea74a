import { type Connection, remakable } from "./connect.ts";
import { FIVE_MINUTES_KEPT } from "./history-read.ts";
import { ROLLED, SEALED, setHour } from "./hours.ts";
import type { ReadingLog } from "./readings.ts";
import { removeRaw } from "./roll.ts";
import { lengthOf, type Resolution } from "./rollups.ts";
import { HOUR } from "./summary.ts";

/** Raw readings are kept this long. */
export const RAW_KEPT = 10 * 24 * HOUR;
const HOURS_KEPT = 10 * 366 * 24 * HOUR;
/** One run moves the edge by at most this much, so that a clock that jumps ahead can not wipe the history. */
const LEAP = 4 * HOUR;
/** A backfill goes on from hour to hour: what it wrote just now is needed for the next. */
const QUIET_MS = 10 * 60_000;

/** Deletes what is older than its keeping time, a small piece at a time. Raw readings only when they are rolled up. */
export function* retain(db: Connection, log: ReadingLog, now: number): Generator<undefined> {
  const { edge, newDay } = moveEdge(db, now);
  const quietSince = performance.now() - QUIET_MS;
  for (const [hour, state] of [...log.hours].sort(([a], [b]) => a - b)) {
    if ((hour + 1) * HOUR > edge - RAW_KEPT) break;
    // The hour after it, when it has to be made again, needs the end of this one.
    if (state !== ROLLED || log.open.has(hour + 1) || (log.heard.get(hour) ?? Number.NEGATIVE_INFINITY) > quietSince)
      continue;
    const count = remakable(db, () => {
      setHour(db).run(hour, SEALED);
      return removeRaw(db, hour);
    });
    log.setHour(hour, SEALED);
    log.heard.delete(hour);
    log.forget(count);
    yield;
  }
  const ids = [...log.series.all()].map((series) => series.id);
  for (let i = 0; newDay && i < ids.length; i += 20) {
    remakable(db, () => {
      for (const id of ids.slice(i, i + 20)) {
        trim(db, "rollup_5m", id, edge - FIVE_MINUTES_KEPT);
        trim(db, "rollup_1h", id, edge - HOURS_KEPT);
      }
    });
    yield;
  }
}

function trim(db: Connection, table: Resolution, series: number, before: number): void {
  // Three days' worth at a time: the next days take the rest.
  db.prepare<[number, number]>(`DELETE FROM ${table} WHERE series = ? AND at < ? ORDER BY series, at LIMIT 900`).run(
    series,
    Math.floor(before / lengthOf[table]),
  );
}

function moveEdge(db: Connection, now: number): { readonly edge: number; readonly newDay: boolean } {
  const before = db.prepare<[], number>("SELECT value FROM fact WHERE name = 'retention-edge'").pluck().get();
  const edge = before === undefined ? now : Math.min(now, before + LEAP);
  if (edge !== before)
    db.prepare<[number]>("INSERT OR REPLACE INTO fact (name, value) VALUES ('retention-edge', ?)").run(
      Math.round(edge),
    );
  const day = 24 * HOUR;
  return { edge, newDay: before !== undefined && Math.floor(edge / day) !== Math.floor(before / day) };
}
