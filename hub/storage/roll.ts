import { type Connection, remakable } from "./connect.ts";
import { ROLLED, SEALED, SEALED_DIRTY, setHour } from "./hours.ts";
import { removeBlocks } from "./keep.ts";
import { type Gathered, gatherHour, sorted } from "./raw.ts";
import type { ReadingLog } from "./readings.ts";
import { BLOCK, lengthOf, writeRollups } from "./rollups.ts";
import { equalSlots } from "./slots.ts";
import { HOLD, HOUR, type Summary, summarise } from "./summary.ts";

/**
 * Live hours are rolled up six at a time, a row of each table per series: each row costs a page or two, which an SD card
 * feels, and until then history comes from the raw readings just as well.
 */
const TOGETHER = BLOCK / HOUR;

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

/**
 * Makes the rollups of hours that follow each other from their raw readings. Yields between small pieces of work, so
 * that the caller can stop for a while; starts over when readings of these hours arrive meanwhile.
 */
export function* rollHours(db: Connection, log: ReadingLog, hours: readonly number[]): Generator<undefined> {
  const [first = 0] = hours;
  if (log.hours.get(first) === SEALED_DIRTY) {
    mergeSealed(db, log, first);
    return;
  }
  const start = first * HOUR;
  for (;;) {
    const heard = hours.map((hour) => log.heard.get(hour));
    const gathered = new Map<number, Gathered>();
    gatherHour(db, first - 1, start - HOLD, undefined, gathered);
    yield;
    for (const hour of hours) {
      gatherHour(db, hour, start, undefined, gathered);
      yield;
    }
    const ids = [...gathered.keys()];
    for (let i = 0; i < ids.length; i += 5) {
      const part = ids.slice(i, i + 5);
      remakable(db, () => write(db, log, hours, part, gathered, "replace"));
      yield;
    }
    if (hours.some((hour, i) => log.heard.get(hour) !== heard[i])) continue;
    const saved = remakable(db, () => {
      for (const hour of hours) setHour(db).run(hour, ROLLED);
      return log.series.save(ids, false);
    });
    saved();
    for (const hour of hours) log.setHour(hour, ROLLED);
    return;
  }
}

/**
 * Readings that came after an hour's raw readings were deleted are merged into its rollups: minimum, maximum, count
 * and last are exact, the mean weighs each delivered part by the time its own readings held. Rollups, removal and
 * state change are one transaction: merging twice would count twice.
 */
function mergeSealed(db: Connection, log: ReadingLog, hour: number): void {
  const gathered = new Map<number, Gathered>();
  gatherHour(db, hour, hour * HOUR, undefined, gathered);
  const done = remakable(db, () => {
    write(db, log, [hour], [...gathered.keys()], gathered, "merge");
    const saved = log.series.save(gathered.keys(), false);
    const count = removeBlocks(db, hour);
    setHour(db).run(hour, SEALED);
    return { saved, count };
  });
  done.saved();
  log.setHour(hour, SEALED);
  log.forget(done.count);
}

function write(
  db: Connection,
  log: ReadingLog,
  hours: readonly number[],
  ids: readonly number[],
  gathered: ReadonlyMap<number, Gathered>,
  mode: "replace" | "merge",
): void {
  const from = (hours[0] ?? 0) * HOUR;
  const after = (hours.at(-1) ?? 0) + 1;
  // A last value holds a little into an hour that has no readings of its own and so is never rolled up itself.
  const to = after * HOUR + (mode === "replace" && !log.hours.has(after) ? HOLD : 0);
  for (const table of ["rollup_5m", "rollup_1h"] as const)
    for (const id of ids) {
      const points = gathered.get(id);
      if (!points) continue;
      const summaries = new Map<number, Summary>();
      const slots = equalSlots(0, lengthOf[table]);
      summarise(sorted(points), { slots, from, to, now: Number.POSITIVE_INFINITY }, summaries);
      writeRollups(db, table, id, summaries, mode);
    }
}
