import { type Connection, prepared } from "./connect.ts";
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
/** Its raw readings are being deleted: only the rollups count. Readings that come now: the rest is deleted first. */
export const SEALING = 4;

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

/**
 * The states from which one can tell which hours have to be computed from raw readings: those with readings that are not
 * rolled up (`fine`: all that have raw readings), the hours after them, and those in which `tail` has readings. Of years,
 * a few.
 */
export function unsettledHours(db: Connection, from: number, to: number, fine: boolean, tail: Iterable<number>): Hours {
  const states = new Map(
    db
      .prepare<[number, number], [number, number]>(
        `SELECT hour, state FROM hour WHERE hour >= ? AND hour <= ? AND state IN (${DIRTY}, ${SEALED_DIRTY}${fine ? `, ${ROLLED}` : ""})`,
      )
      .raw()
      .all(from, to),
  );
  const note = (hour: number) => {
    const state = states.has(hour) ? undefined : stateOf(db, hour);
    if (state !== undefined) states.set(hour, state);
  };
  const ats = [...tail];
  for (const hour of new Set(ats.map((at) => Math.floor(at / HOUR)))) {
    note(hour);
    note(hour + 1);
  }
  for (const [hour, state] of touched(states, ats)) states.set(hour, state);
  for (const hour of [...states.keys()]) note(hour + 1);
  return states;
}

export const stateOf = (db: Connection, hour: number): number | undefined =>
  prepared(db, "SELECT state FROM hour WHERE hour = ?", "pluck").get(hour) as number | undefined;

export const setHour = (db: Connection) =>
  db.prepare<[number, number]>(
    "INSERT INTO hour (hour, state) VALUES (?, ?) ON CONFLICT (hour) DO UPDATE SET state = excluded.state",
  );

/** Blocks of an hour have ids in [firstBlock(hour), firstBlock(hour + 1)). */
export const firstBlock = (hour: number): number => hour * 1_048_576;
