import { type Connection, remakable } from "./connect.ts";
import { firstBlock, ROLLED, SEALED, SEALED_DIRTY, setHour } from "./hours.ts";
import { type Gathered, gatherHour, sorted } from "./raw.ts";
import type { ReadingLog } from "./readings.ts";
import { rollupWriter } from "./rollups.ts";
import { FIVE_MINUTES, HOLD, HOUR, type Summary, summarise } from "./summary.ts";

/**
 * Live hours are rolled up six at a time: each roll writes a page or two per series, which an SD card feels, and
 * until then history comes from the raw readings just as well.
 */
const TOGETHER = 6;

/** Hours that are over, have been quiet for a while, and whose rollups are missing or behind; oldest first. */
export function hoursDue(log: ReadingLog, now: number, quietMs: number): number[] {
  const before = Math.floor(now / HOUR / TOGETHER) * TOGETHER;
  const quietSince = performance.now() - quietMs;
  const due: number[] = [];
  for (const hour of log.open)
    if (hour < before && (log.heard.get(hour) ?? Number.NEGATIVE_INFINITY) <= quietSince) due.push(hour);
  return due.sort((a, b) => a - b);
}

/**
 * Makes the rollups of one hour from its raw readings. Yields between small pieces of work, so that the caller can
 * stop for a while; starts over when readings of that hour arrive meanwhile.
 */
export function* rollHour(db: Connection, log: ReadingLog, hour: number): Generator<undefined> {
  if (log.hours.get(hour) === SEALED_DIRTY) {
    mergeSealed(db, log, hour);
    return;
  }
  for (;;) {
    const heard = log.heard.get(hour);
    const start = hour * HOUR;
    const gathered = new Map<number, Gathered>();
    gatherHour(db, hour - 1, start - HOLD, undefined, gathered);
    yield;
    gatherHour(db, hour, start, undefined, gathered);
    yield;
    const ids = [...gathered.keys()];
    for (let i = 0; i < ids.length; i += 50) {
      const part = ids.slice(i, i + 50);
      remakable(db, () => write(db, log, hour, part, gathered, "replace"));
      yield;
    }
    if (log.heard.get(hour) !== heard) continue;
    const saved = remakable(db, () => {
      setHour(db).run(hour, ROLLED);
      return log.series.save(ids, false);
    });
    saved();
    log.setHour(hour, ROLLED);
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
    write(db, log, hour, [...gathered.keys()], gathered, "merge");
    const saved = log.series.save(gathered.keys(), false);
    const count = removeRaw(db, hour);
    setHour(db).run(hour, SEALED);
    return { saved, count };
  });
  done.saved();
  log.setHour(hour, SEALED);
  log.forget(done.count);
}

/** Deletes an hour's raw readings, in the caller's transaction; how many there were. */
export function removeRaw(db: Connection, hour: number): number {
  const range: [number, number] = [firstBlock(hour), firstBlock(hour + 1)];
  const count = Number(
    db
      .prepare<[number, number]>("SELECT coalesce(sum(n), 0) FROM raw WHERE id >= ? AND id < ?")
      .pluck()
      .get(...range),
  );
  db.prepare<[number, number]>("DELETE FROM raw WHERE id >= ? AND id < ?").run(...range);
  return count;
}

function write(
  db: Connection,
  log: ReadingLog,
  hour: number,
  ids: readonly number[],
  gathered: ReadonlyMap<number, Gathered>,
  mode: "replace" | "merge",
): void {
  const from = hour * HOUR;
  // A last value holds a little into an hour that has no readings of its own and so is never rolled up itself.
  const to = from + HOUR + (mode === "replace" && !log.hours.has(hour + 1) ? HOLD : 0);
  for (const [table, length] of [
    ["rollup_5m", FIVE_MINUTES],
    ["rollup_1h", HOUR],
  ] as const) {
    const put = rollupWriter(db, table, mode);
    for (const id of ids) {
      const points = gathered.get(id);
      if (!points) continue;
      const summaries = new Map<number, Summary>();
      summarise(sorted(points), { origin: 0, bucketMs: length, from, to, now: Number.POSITIVE_INFINITY }, summaries);
      for (const [bucket, summary] of summaries) put(id, bucket, summary);
    }
  }
}
