import { calendarEdges } from "../energy/calendar.ts";
import { usualMs } from "../model/calendar.ts";
import type { HistoryBucket, HistoryQuery } from "../ports.ts";
import type { Connection } from "./connect.ts";
import { DIRTY, type Hours, ROLLED, SEALED_DIRTY, unsettledHours } from "./hours.ts";
import { type Gathered, gatherHour, sorted } from "./raw.ts";
import { eachRollup, fineEdge } from "./rollups.ts";
import { equalSlots, type Slots, slotsBetween } from "./slots.ts";
import { FIVE_MINUTES, HOLD, HOUR, MINUTE, merge, type Points, type Summary, summarise, toBuckets } from "./summary.ts";

/** At most this many buckets in one answer. */
export const MAX_BUCKETS = 20_000;

/** A question as it goes to the worker. */
export interface HistoryRequest {
  readonly query: HistoryQuery;
  readonly now: number;
  /** Readings that are not written yet, in order of arrival. */
  readonly tail: Points | undefined;
}

/** Says which field of a query is wrong, and what would do; undefined when none is. */
export function misfitOfQuery(query: HistoryQuery): string | undefined {
  const { key, from, to, calendar } = query;
  if (typeof key !== "string" || key === "") return "key: must be the text path of an attribute";
  if (!Number.isFinite(from) || from < 0) return "from: must be a time in epoch ms";
  if (!Number.isFinite(to) || to <= from) return "to: must be a time in epoch ms after from";
  const bucketMs = calendar ? usualMs[calendar.unit] : query.bucketMs;
  if (!Number.isInteger(bucketMs) || bucketMs < MINUTE) return `bucketMs: must be a whole number of at least ${MINUTE}`;
  if ((to - from) / bucketMs > MAX_BUCKETS)
    return `bucketMs: too small for this range; at most ${MAX_BUCKETS} buckets, so at least ${Math.ceil((to - from) / MAX_BUCKETS)}`;
  return undefined;
}

interface Cut {
  readonly from: number;
  readonly to: number;
  readonly slots: Slots;
  /** Buckets finer than the finest rollups. */
  readonly fine: boolean;
}

/** Where the buckets of a question lie. Throws RangeError for an unknown time zone. */
function cutOf(query: HistoryQuery): Cut {
  const { calendar } = query;
  if (calendar) {
    const edges = calendarEdges(calendar.unit, calendar.timeZone, query.from, query.to);
    const to = Math.ceil(query.to / FIVE_MINUTES) * FIVE_MINUTES;
    return { from: edges[0] ?? query.from, to, slots: slotsBetween(edges), fine: false };
  }
  const fine = query.bucketMs % FIVE_MINUTES !== 0;
  const align = fine ? MINUTE : FIVE_MINUTES;
  const from = Math.floor(query.from / align) * align;
  return { from, to: Math.ceil(query.to / align) * align, slots: equalSlots(from, query.bucketMs), fine };
}

/**
 * Buckets of an attribute's history. Those of one length begin at `from`, put back to a whole five minutes (a whole
 * minute where the length is no multiple of five minutes); those of the calendar with the unit that `from` lies in.
 * Hours that lie in one bucket come from hourly rollups, others from five-minute ones (as long as these are kept: then
 * such an hour counts to the bucket in which it begins), shorter buckets from raw readings as long as those are kept.
 * What is not rolled up yet comes from raw.
 */
export function readHistory(db: Connection, request: HistoryRequest): HistoryBucket[] {
  const { query, now, tail } = request;
  const cut = cutOf(query);
  const { from, to, slots } = cut;
  const summaries = new Map<number, Summary>();
  // One transaction: between two reads an hour may be rolled up, and would be seen twice or not at all.
  db.transaction(() => {
    const series = db.prepare<[string], number>("SELECT id FROM series WHERE key = ?").pluck().get(query.key);
    const [first, last] = [Math.floor(from / HOUR) - 1, Math.floor(to / HOUR) + 1];
    const states = unsettledHours(db, first, last, cut.fine, tail?.ats ?? []);
    const isRaw = rawHours(states, cut.fine);
    const skip = (at: number) => isRaw(Math.floor(at / HOUR)) && states.get(Math.floor(at / HOUR)) !== SEALED_DIRTY;
    if (series !== undefined)
      eachStored(db, series, cut, (at, summary) => {
        if (states.size === 0 || !skip(at)) merge(summaries, slots.of(at), summary);
      });
    for (const [first, after] of runs(isRaw, Math.floor(from / HOUR), Math.ceil(to / HOUR))) {
      const start = Math.max(from, first * HOUR);
      const end = Math.min(to, after * HOUR);
      const points = pointsOf(db, series, first, after, tail);
      summarise(points, { slots, from: start, to: end, now }, summaries);
    }
  })();
  return toBuckets(summaries, slots, Math.min(to, now));
}

/** The rollups that make up a cut: hourly ones for hours that no bucket's edge divides, else five-minute ones. */
function eachStored(db: Connection, series: number, cut: Cut, take: (at: number, summary: Summary) => void): void {
  const { from, to, slots } = cut;
  const edge = Math.max(from, Math.min(to, fineEdge(db)));
  eachRollup(db, "rollup_1h", series, from, edge, take);
  const apart = dividedHours(slots, edge, to);
  if (apart.size * 4 * HOUR > to - edge) {
    eachRollup(db, "rollup_5m", series, edge, to, take);
    return;
  }
  eachRollup(db, "rollup_1h", series, edge, to, (at, summary) => {
    if (!apart.has(at)) take(at, summary);
  });
  for (const hour of apart) eachRollup(db, "rollup_5m", series, Math.max(edge, hour), Math.min(to, hour + HOUR), take);
}

/** Starts of the hours in which a bucket begins or the question ends. Many for short buckets, few for days in zones with half hours. */
function dividedHours(slots: Slots, from: number, to: number): Set<number> {
  const found = new Set<number>();
  const note = (at: number) => {
    if (at % HOUR !== 0) found.add(Math.floor(at / HOUR) * HOUR);
  };
  for (let bucket = slots.of(from); slots.start(bucket) < to; bucket++) note(Math.max(from, slots.start(bucket)));
  note(to);
  return found;
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
