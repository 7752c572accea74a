import type { HistoryBucket, HistoryQuery } from "../ports.ts";
import type { Connection } from "./connect.ts";
import { DIRTY, type Hours, ROLLED, readHours, SEALED_DIRTY, touched } from "./hours.ts";
import { type Gathered, gatherHour, sorted } from "./raw.ts";
import { readRollups } from "./rollups.ts";
import { FIVE_MINUTES, HOLD, HOUR, MINUTE, merge, type Points, type Summary, summarise, toBuckets } from "./summary.ts";

/** At most this many buckets in one answer. */
export const MAX_BUCKETS = 20_000;
/** Five-minute rollups older than this are gone: hourly ones stand in. */
export const FIVE_MINUTES_KEPT = 400 * 24 * HOUR;

/** A question as it goes to the worker. */
export interface HistoryRequest {
  readonly query: HistoryQuery;
  readonly now: number;
  /** Readings that are not written yet, in order of arrival. */
  readonly tail: Points | undefined;
}

/** Says which field of a query is wrong, and what would do; undefined when none is. */
export function misfitOfQuery(query: HistoryQuery): string | undefined {
  const { key, from, to, bucketMs } = query;
  if (typeof key !== "string" || key === "") return "key: must be the text path of an attribute";
  if (!Number.isFinite(from) || from < 0) return "from: must be a time in epoch ms";
  if (!Number.isFinite(to) || to <= from) return "to: must be a time in epoch ms after from";
  if (!Number.isInteger(bucketMs) || bucketMs < MINUTE) return `bucketMs: must be a whole number of at least ${MINUTE}`;
  if ((to - from) / bucketMs > MAX_BUCKETS)
    return `bucketMs: too small for this range; at most ${MAX_BUCKETS} buckets, so at least ${Math.ceil((to - from) / MAX_BUCKETS)}`;
  return undefined;
}

/**
 * Buckets of an attribute's history. They begin at `from`, put back to a whole five minutes (a whole minute for
 * buckets that are no multiple of five minutes), and are counted in epoch ms: days of 23 or 25 hours are the caller's.
 * From the hourly rollups where `from` and the bucket are whole hours, from five-minute ones where the bucket is a
 * multiple of that, else from raw readings as long as they are kept. What is not rolled up yet comes from raw.
 */
export function readHistory(db: Connection, request: HistoryRequest): HistoryBucket[] {
  const { query, now, tail } = request;
  const { bucketMs } = query;
  const fine = bucketMs % FIVE_MINUTES !== 0;
  const align = fine ? MINUTE : FIVE_MINUTES;
  const from = Math.floor(query.from / align) * align;
  const to = Math.ceil(query.to / align) * align;
  const summaries = new Map<number, Summary>();
  // One transaction: between two reads an hour may be rolled up, and would be seen twice or not at all.
  db.transaction(() => {
    const series = db.prepare<[string], number>("SELECT id FROM series WHERE key = ?").pluck().get(query.key);
    const states = readHours(db, Math.floor(from / HOUR) - 1, Math.floor(to / HOUR) + 1);
    if (tail) for (const [hour, state] of touched(states, tail.ats)) states.set(hour, state);
    const isRaw = rawHours(states, fine);
    if (series !== undefined) {
      const hourly = bucketMs % HOUR === 0 && from % HOUR === 0;
      const edge = hourly ? to : Math.min(to, Math.max(from, Math.floor((now - FIVE_MINUTES_KEPT) / HOUR) * HOUR));
      const skip = (at: number) => isRaw(Math.floor(at / HOUR)) && states.get(Math.floor(at / HOUR)) !== SEALED_DIRTY;
      for (const part of [
        readRollups(db, "rollup_1h", series, from, edge),
        readRollups(db, "rollup_5m", series, edge, to),
      ])
        for (const { at, summary } of part)
          if (!skip(at)) merge(summaries, Math.floor((at - from) / bucketMs), summary);
    }
    for (const [first, after] of runs(isRaw, Math.floor(from / HOUR), Math.ceil(to / HOUR))) {
      const start = Math.max(from, first * HOUR);
      const end = Math.min(to, after * HOUR);
      const points = pointsOf(db, series, first, after, tail);
      summarise(points, { origin: from, bucketMs, from: start, to: end, now }, summaries);
    }
  })();
  return toBuckets(summaries, from, bucketMs);
}

/** Which hours are to be computed from raw readings. */
function rawHours(states: Hours, fine: boolean): (hour: number) => boolean {
  const own = (hour: number): boolean => {
    const state = states.get(hour);
    return state === DIRTY || state === SEALED_DIRTY || (fine && state === ROLLED);
  };
  // An hour without readings has no state; the value of a raw hour before it may still hold into it.
  return (hour) => own(hour) || (!states.has(hour) && own(hour - 1));
}

function* runs(isRaw: (hour: number) => boolean, from: number, to: number): Generator<[first: number, after: number]> {
  let first: number | undefined;
  for (let hour = from; hour < to; hour++) {
    if (isRaw(hour)) first ??= hour;
    else if (first !== undefined) {
      yield [first, hour];
      first = undefined;
    }
  }
  if (first !== undefined) yield [first, to];
}

function pointsOf(
  db: Connection,
  series: number | undefined,
  first: number,
  after: number,
  tail: Points | undefined,
): Points {
  const since = first * HOUR - HOLD;
  const gathered = new Map<number, Gathered>();
  if (series !== undefined)
    for (let hour = first - 1; hour < after; hour++) gatherHour(db, hour, since, series, gathered);
  const points = (series !== undefined && gathered.get(series)) || { ats: [], values: [] };
  for (const [i, at] of (tail?.ats ?? []).entries()) {
    if (at < since) continue;
    points.ats.push(at);
    points.values.push(tail?.values[i] ?? 0);
  }
  return sorted(points);
}
