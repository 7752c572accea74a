import { type Connection, remakable } from "./connect.ts";
import { ROLLED, SEALING } from "./hours.ts";
import type { KeepTask } from "./keep.ts";
import type { ReadingLog } from "./readings.ts";
import { HOUR } from "./summary.ts";

const DAY = 24 * HOUR;

/** How long what is kept, ms. */
export interface KeepingTimes {
  readonly rawMs: number;
  readonly fineMs: number;
  readonly hourlyMs: number;
}

/** One run moves the edge by at most this much, so that a clock that jumps ahead can not wipe the history. */
const LEAP = 4 * HOUR;
/** A backfill goes on from hour to hour: what it wrote just now is needed for the next. */
const QUIET_MS = 10 * 60_000;
/** So many hours in one task; the next takes the rest. */
export const MOST_HOURS = 2_000;
/** Rollups go a week at a time: whole pages of the file become free, few are written anew. */
const TRIM_STEP = 7 * DAY;

/** What is older than its keeping time now; raw readings only where they are rolled up, rollups once a day or when `all`. */
export function tooOld(db: Connection, log: ReadingLog, now: number, times: KeepingTimes, all = false): KeepTask {
  const { edge, before } = moveEdge(db, now);
  const quietSince = performance.now() - QUIET_MS;
  const seal: number[] = [];
  for (const [hour, state] of log.hours) {
    if ((hour + 1) * HOUR > edge - times.rawMs || (state !== ROLLED && state !== SEALING)) continue;
    // The hour after it, when it has to be made again, needs the end of this one.
    if (log.open.has(hour + 1) || (log.heard.get(hour) ?? Number.NEGATIVE_INFINITY) > quietSince) continue;
    seal.push(hour);
  }
  seal.sort((a, b) => a - b);
  const trim = { fineBefore: weekOf(edge - times.fineMs), hourlyBefore: weekOf(edge - times.hourlyMs) };
  const task = { seal: seal.slice(0, MOST_HOURS) };
  const newDay = before !== undefined && Math.floor(edge / DAY) !== Math.floor(before / DAY);
  return newDay || all ? { ...task, trim } : task;
}

const weekOf = (at: number): number => Math.max(0, Math.floor(at / TRIM_STEP) * TRIM_STEP);

function moveEdge(db: Connection, now: number): { readonly edge: number; readonly before: number | undefined } {
  const before = db.prepare<[], number>("SELECT value FROM fact WHERE name = 'retention-edge'").pluck().get();
  const edge = before === undefined ? now : Math.min(now, before + LEAP);
  if (edge !== before)
    remakable(db, () =>
      db
        .prepare<[number]>("INSERT OR REPLACE INTO fact (name, value) VALUES ('retention-edge', ?)")
        .run(Math.round(edge)),
    );
  return { edge, before };
}
