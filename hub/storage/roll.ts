import { type Connection, prepared, remakable } from "./connect.ts";
import { DIRTY, firstBlock, ROLLED, SEALED, SEALED_DIRTY, setHour, stateOf } from "./hours.ts";
import { removeBlocks } from "./keep.ts";
import { type Gathered, gatherHour, sorted } from "./raw.ts";
import type { ReadingLog } from "./readings.ts";
import { BLOCK, lengthOf, type Resolution, writeRollups } from "./rollups.ts";
import { equalSlots } from "./slots.ts";
import { HOLD, HOUR, type Summary, summarise } from "./summary.ts";

/**
 * Live hours are rolled up six at a time, a row of each table per series: each row costs a page or two, which an SD card
 * feels, and until then history comes from the raw readings just as well.
 */
const TOGETHER = BLOCK / HOUR;
/** Rows of so many series are written at a time: the lock is held for a few milliseconds. */
const TOGETHER_SERIES = 5;

/**
 * Hours that are over, have been quiet for a while, and whose rollups are missing or behind: the oldest, and those right
 * after it that lie in the same rows of rollups, so that each row is written once.
 */
export function hoursDue(log: ReadingLog, now: number, quietMs: number): number[] {
  const before = Math.floor(now / HOUR / TOGETHER) * TOGETHER;
  const quietSince = performance.now() - quietMs;
  const isDue = (hour: number) =>
    hour < before && log.open.has(hour) && (log.heard.get(hour) ?? Number.NEGATIVE_INFINITY) <= quietSince;
  let first: number | undefined;
  for (const hour of log.open) if ((first === undefined || hour < first) && isDue(hour)) first = hour;
  if (first === undefined) return [];
  const due = [first];
  if (log.hours.get(first) === SEALED_DIRTY) return due;
  for (let hour = first + 1; hour % TOGETHER !== 0; hour++)
    if (isDue(hour) && log.hours.get(hour) !== SEALED_DIRTY) due.push(hour);
    else break;
  return due;
}

/** Hours to be rolled up, as the thread that writes readings knows them. */
export interface RollTask {
  /** They follow each other. */
  readonly hours: readonly number[];
  /** The last block of raw readings of each, and of the hour before them: what comes later is not in it. -1: none. */
  readonly blocks: readonly (readonly [hour: number, last: number])[];
}

export interface Rolled {
  /** Raw readings that were merged into rollups and removed. */
  readonly removed: number;
}

/**
 * What the thread that writes readings says of hours that are due. The rows of the series are written first: once an hour is
 * rolled up, nobody looks for a last value in its raw readings.
 */
export function rollTask(db: Connection, log: ReadingLog, hours: readonly number[]): RollTask {
  const unsaved = log.series.unsaved();
  if (unsaved.length > 0) remakable(db, () => log.series.save(unsaved, false))();
  const [first = 0] = hours;
  return { hours, blocks: [first - 1, ...hours].map((hour) => [hour, lastBlock(db, hour)] as const) };
}

const lastBlock = (db: Connection, hour: number): number =>
  (prepared(db, "SELECT max(id) FROM raw WHERE id >= ? AND id < ?", "pluck").get(
    firstBlock(hour),
    firstBlock(hour + 1),
  ) as number | null) ?? -1;

/**
 * Makes the rollups of a task's hours from their raw readings, in pieces of a few milliseconds. Until the last piece the raw
 * readings are the truth; when more of them came meanwhile it is left to another task.
 */
export function* roll(db: Connection, task: RollTask): Generator<undefined, Rolled> {
  const { hours, blocks } = task;
  const [first = 0] = hours;
  if (stateOf(db, first) === SEALED_DIRTY) return mergeSealed(db, first, new Map(blocks).get(first) ?? -1);
  const start = first * HOUR;
  const gathered = new Map<number, Gathered>();
  gatherHour(db, first - 1, start - HOLD, undefined, gathered);
  yield;
  for (const hour of hours) {
    gatherHour(db, hour, start, undefined, gathered);
    yield;
  }
  const ids = [...gathered.keys()];
  for (let i = 0; i < ids.length; i += TOGETHER_SERIES) {
    const made = ids.slice(i, i + TOGETHER_SERIES).flatMap((id) => summariesOf(db, hours, id, gathered, "replace"));
    yield;
    remakable(db, () => writeAll(db, made, "replace"));
    yield;
  }
  remakable(db, () => {
    if (hours.some((hour) => stateOf(db, hour) !== DIRTY)) return;
    if (blocks.some(([hour, last]) => lastBlock(db, hour) !== last)) return;
    for (const hour of hours) setHour(db).run(hour, ROLLED);
  });
  return { removed: 0 };
}

/** Both sides of it in one thread. */
export function* rollHours(db: Connection, log: ReadingLog, hours: readonly number[]): Generator<undefined> {
  const task = rollTask(db, log, hours);
  const { removed } = yield* roll(db, task);
  log.rolled(hours, removed);
}

/**
 * Readings that came after an hour's raw readings were deleted are merged into its rollups: minimum, maximum, count
 * and last are exact, the mean weighs each delivered part by the time its own readings held. Rollups, removal and
 * state change are one transaction: merging twice would count twice.
 */
function mergeSealed(db: Connection, hour: number, last: number): Rolled {
  const gathered = new Map<number, Gathered>();
  gatherHour(db, hour, hour * HOUR, undefined, gathered, last);
  const made = [...gathered.keys()].flatMap((id) => summariesOf(db, [hour], id, gathered, "merge"));
  return remakable(db, () => {
    if (stateOf(db, hour) !== SEALED_DIRTY) return { removed: 0 };
    writeAll(db, made, "merge");
    const removed = removeBlocks(db, hour, last);
    // What came meanwhile is merged by another task.
    if (lastBlock(db, hour) === -1) setHour(db).run(hour, SEALED);
    return { removed };
  });
}

interface Made {
  readonly id: number;
  readonly table: Resolution;
  readonly summaries: ReadonlyMap<number, Summary>;
}

function summariesOf(
  db: Connection,
  hours: readonly number[],
  id: number,
  gathered: ReadonlyMap<number, Gathered>,
  mode: "replace" | "merge",
): Made[] {
  const from = (hours[0] ?? 0) * HOUR;
  const after = (hours.at(-1) ?? 0) + 1;
  // A last value holds a little into an hour that has no readings of its own and so is never rolled up itself.
  const to = after * HOUR + (mode === "replace" && stateOf(db, after) === undefined ? HOLD : 0);
  const points = gathered.get(id);
  if (!points) return [];
  const inOrder = sorted(points);
  return (["rollup_5m", "rollup_1h"] as const).map((table) => {
    const summaries = new Map<number, Summary>();
    const slots = equalSlots(0, lengthOf[table]);
    summarise(inOrder, { slots, from, to, now: Number.POSITIVE_INFINITY }, summaries);
    return { id, table, summaries };
  });
}

function writeAll(db: Connection, made: readonly Made[], mode: "replace" | "merge"): void {
  for (const { id, table, summaries } of made) writeRollups(db, table, id, summaries, mode);
}
