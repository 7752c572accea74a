import type { Connection } from "./connect.ts";
import { HOLD, HOUR } from "./summary.ts";

/**
 * What is known of an hour. The raw readings are the truth; rollups are made from them when an hour is over and quiet.
 * Until then history is computed from the raw readings, so that it is right at every moment, late readings included.
 */
export const ROLLED = 0;
/** Raw readings came since the rollups were made: made again from raw. */
export const DIRTY = 1;
/** The raw readings are gone; only the rollups are left. */
export const SEALED = 2;
/** Readings came after that: they are merged into the rollups, each delivered part weighed by itself. */
export const SEALED_DIRTY = 3;

export type Hours = ReadonlyMap<number, number>;

/** The states that change when readings with these times arrive. */
export function touched(states: Hours, ats: Iterable<number>): Map<number, number> {
  const changed = new Map<number, number>();
  let before = -1;
  for (const at of ats) {
    const hour = Math.floor(at / HOUR);
    // The value may hold into the next hour, which then has to be made again too.
    if (at >= (hour + 1) * HOUR - HOLD && states.get(hour + 1) === ROLLED) changed.set(hour + 1, DIRTY);
    if (hour === before) continue;
    before = hour;
    const state = states.get(hour);
    if (state === undefined || state === ROLLED) changed.set(hour, DIRTY);
    else if (state === SEALED) changed.set(hour, SEALED_DIRTY);
  }
  return changed;
}

export function readHours(db: Connection, from: number, to: number): Map<number, number> {
  const rows = db.prepare<[number, number], [number, number]>(
    "SELECT hour, state FROM hour WHERE hour >= ? AND hour <= ? ORDER BY hour",
  );
  return new Map(rows.raw().all(from, to));
}

export const setHour = (db: Connection) =>
  db.prepare<[number, number]>(
    "INSERT INTO hour (hour, state) VALUES (?, ?) ON CONFLICT (hour) DO UPDATE SET state = excluded.state",
  );

/** Blocks of an hour have ids in [firstBlock(hour), firstBlock(hour + 1)). */
export const firstBlock = (hour: number): number => hour * 1_048_576;
