import { type Connection, remakable } from "./connect.ts";
import { DIRTY, firstBlock, ROLLED, SEALED, SEALING, setHour, stateOf } from "./hours.ts";
import { type Resolution, rowOf } from "./rollups.ts";

/** What is to go. Made by the thread that knows what was heard lately; done where it holds nobody up. */
export interface KeepTask {
  /** Hours whose raw readings may go, if their rollups are still up to date. */
  readonly seal: readonly number[];
  /** Rollups before these moments (epoch ms, whole blocks of rollups) go; undefined: not today. */
  readonly trim?: { readonly fineBefore: number; readonly hourlyBefore: number };
}

/** Raw readings of an hour went; `done` when these were the last. */
export interface Sealed {
  readonly hour: number;
  readonly readings: number;
  readonly done: boolean;
}

/** A write lock is held for about this long at a time: who comes to write meanwhile waits no longer. */
const PIECE_MS = 4;
/** The file is made smaller when more than this much of it is free, and more than a quarter: else what is free is used again. */
const FREE_BYTES = 64 * 1_048_576;
const FREE_SHARE = 0.25;

/** Finds out how much can be done in one piece. */
class Pace {
  #amount = 16;

  run(work: (amount: number) => void): void {
    const begin = performance.now();
    work(this.#amount);
    const took = performance.now() - begin;
    if (took > PIECE_MS) this.#amount = Math.max(1, this.#amount >> 1);
    else if (took < PIECE_MS / 2) this.#amount = Math.min(4096, this.#amount * 2);
  }
}

/** Does a task in pieces of a few milliseconds, each a transaction that a power cut may undo: it would be done again. */
export function* keep(db: Connection, task: KeepTask): Generator<Sealed | undefined> {
  const pace = new Pace();
  for (const hour of task.seal) yield* seal(db, hour, pace);
  if (task.trim) {
    yield* trim(db, "rollup_5m", task.trim.fineBefore);
    yield* trim(db, "rollup_1h", task.trim.hourlyBefore);
  }
  yield* shrink(db);
}

/** From the first piece on, the rollups alone count; a reading that comes late meanwhile makes the writer finish it. */
function* seal(db: Connection, hour: number, pace: Pace): Generator<Sealed> {
  const begun = remakable(db, () => {
    const state = stateOf(db, hour);
    // The hour after it, when it has to be made again, needs the end of this one.
    if (state === ROLLED && stateOf(db, hour + 1) !== DIRTY) setHour(db).run(hour, SEALING);
    else return state === SEALING;
    return true;
  });
  let done = !begun;
  while (!done) {
    let readings = 0;
    pace.run((blocks) => {
      remakable(db, () => {
        // A late reading may have come between: then the writer has finished it.
        if (stateOf(db, hour) !== SEALING) {
          done = true;
          return;
        }
        readings = removeBlocks(db, hour, Number.MAX_SAFE_INTEGER, blocks);
        done = !hasBlocks(db, hour);
        if (done) setHour(db).run(hour, SEALED);
      });
    });
    yield { hour, readings, done };
  }
}

const hasBlocks = (db: Connection, hour: number): boolean =>
  db
    .prepare<[number, number]>("SELECT 1 FROM raw WHERE id >= ? AND id < ? LIMIT 1")
    .get(firstBlock(hour), firstBlock(hour + 1)) !== undefined;

/** Deletes an hour's first blocks up to the one named `upTo`, in the caller's transaction; how many readings were in them. */
export function removeBlocks(
  db: Connection,
  hour: number,
  upTo = Number.MAX_SAFE_INTEGER,
  most = Number.MAX_SAFE_INTEGER,
): number {
  const found = db
    .prepare<[number, number, number], { id: number; n: number }>(
      "SELECT id, n FROM raw WHERE id >= ? AND id < ? ORDER BY id LIMIT ?",
    )
    .all(firstBlock(hour), Math.min(firstBlock(hour + 1), upTo + 1), most);
  const last = found.at(-1);
  if (last) db.prepare<[number, number]>("DELETE FROM raw WHERE id >= ? AND id <= ?").run(firstBlock(hour), last.id);
  return found.reduce((sum, { n }) => sum + n, 0);
}

function* trim(db: Connection, table: Resolution, before: number): Generator<undefined> {
  if (table === "rollup_5m")
    remakable(db, () => {
      db.prepare<[number]>(
        `INSERT INTO fact (name, value) VALUES ('fine-edge', ?)
         ON CONFLICT (name) DO UPDATE SET value = max(value, excluded.value)`,
      ).run(before);
    });
  const ids = db.prepare<[], number>("SELECT id FROM series").pluck().all();
  // Looked at first: what has to be read from a slow card is read while nobody waits.
  const look = db.prepare<[number, number, number]>(
    `SELECT sum(length(data)) FROM (SELECT data FROM ${table} WHERE id >= ? AND id < ? ORDER BY id LIMIT ?)`,
  );
  const remove = db.prepare<[number, number, number]>(
    `DELETE FROM ${table} WHERE id >= ? AND id < ? ORDER BY id LIMIT ?`,
  );
  const pace = new Pace();
  for (const id of ids)
    for (let more = true; more; ) {
      pace.run((rows) => {
        look.get(rowOf(id, 0), rowOf(id, before), rows);
        more = remakable(db, () => remove.run(rowOf(id, 0), rowOf(id, before), rows)).changes === rows;
      });
      yield;
    }
}

/** Gives free pages back to the disk, when there are many: a shorter keeping time was set. */
function* shrink(db: Connection): Generator<undefined> {
  const number = (pragma: string) => Number(db.pragma(pragma, { simple: true }));
  const incremental = 2;
  if (number("auto_vacuum") !== incremental) return;
  const size = number("page_size");
  const free = () => number("freelist_count");
  const many = () => free() * size > FREE_BYTES && free() > FREE_SHARE * number("page_count");
  if (!many()) return;
  const pace = new Pace();
  while (free() * size > FREE_BYTES / 4) {
    pace.run((pages) => {
      remakable(db, () => db.pragma(`incremental_vacuum(${pages})`));
    });
    yield;
  }
}
