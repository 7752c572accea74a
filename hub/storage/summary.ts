import type { HistoryBucket } from "../ports.ts";
import type { Slots } from "./slots.ts";

export const MINUTE = 60_000;
export const FIVE_MINUTES = 5 * MINUTE;
export const HOUR = 60 * MINUTE;

/**
 * A value holds until the next reading, but no longer than this: after 15 minutes of silence nothing is known, and
 * that time counts in no mean. Most makers' devices report at least every 5 to 10 minutes.
 */
export const HOLD = 15 * MINUTE;

/**
 * What is kept of a bucket. Summaries of disjoint parts of a bucket can be merged, so that any larger bucket follows
 * exactly from smaller ones. min and max are over the values that held in the bucket, the one held from before
 * included, so that the mean always lies between them. count 0: a value was only held here, none was reported.
 */
export interface Summary {
  min: number;
  max: number;
  /** Value times ms. */
  sum: number;
  /** ms in which a value was known. */
  covered: number;
  count: number;
  last: number;
  /** Epoch ms of `last`; where nothing was reported, of the value held. */
  lastAt: number;
}

export const emptySummary = (): Summary => ({ min: 0, max: 0, sum: 0, covered: 0, count: 0, last: 0, lastAt: 0 });

/** Readings of one series, sorted by time. */
export interface Points {
  readonly ats: readonly number[];
  readonly values: readonly number[];
}

export interface Window {
  readonly slots: Slots;
  /** Only what happens in [from, to) counts; earlier points only hold into it. */
  readonly from: number;
  readonly to: number;
  /** No value is held beyond this moment: the present has no future. */
  readonly now: number;
}

/** Adds points to the buckets of a window, by bucket number. A mean weighs each value by the time it held. */
export function summarise(points: Points, window: Window, into: Map<number, Summary>): void {
  const { slots, from, to, now } = window;
  const { ats, values } = points;
  for (let i = 0; i < ats.length; i++) {
    const at = ats[i];
    const value = values[i];
    if (at === undefined || value === undefined) continue;
    if (at >= to) break;
    if (at >= from) report(into, slots.of(at), at, value);
    const next = ats[i + 1] ?? Number.POSITIVE_INFINITY;
    const end = Math.min(next, at + HOLD, to, Math.max(now, at));
    let start = Math.max(at, from);
    while (start < end) {
      const bucket = slots.of(start);
      const stop = Math.min(end, slots.start(bucket + 1));
      hold(into, bucket, at, value, stop - start);
      start = stop;
    }
  }
}

function report(into: Map<number, Summary>, bucket: number, at: number, value: number): void {
  const s = into.get(bucket);
  if (!s) {
    into.set(bucket, { min: value, max: value, sum: 0, covered: 0, count: 1, last: value, lastAt: at });
    return;
  }
  if (value < s.min) s.min = value;
  if (value > s.max) s.max = value;
  s.count++;
  if (at >= s.lastAt) {
    s.last = value;
    s.lastAt = at;
  }
}

function hold(into: Map<number, Summary>, bucket: number, at: number, value: number, ms: number): void {
  const s = into.get(bucket);
  if (!s) {
    into.set(bucket, { min: value, max: value, sum: value * ms, covered: ms, count: 0, last: value, lastAt: at });
    return;
  }
  if (value < s.min) s.min = value;
  if (value > s.max) s.max = value;
  s.sum += value * ms;
  s.covered += ms;
}

/** Merges a summary of another part of the same bucket. */
export function merge(into: Map<number, Summary>, bucket: number, part: Summary): void {
  const s = into.get(bucket);
  if (!s) {
    into.set(bucket, { ...part });
    return;
  }
  s.min = Math.min(s.min, part.min);
  s.max = Math.max(s.max, part.max);
  s.sum += part.sum;
  s.covered += part.covered;
  // A value only held here is older than any reported here.
  if (part.lastAt >= s.lastAt) {
    s.last = part.last;
    s.lastAt = part.lastAt;
  }
  s.count += part.count;
}

/** Buckets with at least one reading, in order. Coverage is of the part of a bucket that lies before `until`, epoch ms. */
export function toBuckets(summaries: ReadonlyMap<number, Summary>, slots: Slots, until: number): HistoryBucket[] {
  return [...summaries]
    .filter(([, s]) => s.count > 0)
    .sort(([a], [b]) => a - b)
    .map(([bucket, s]) => ({
      at: slots.start(bucket),
      min: s.min,
      // Rounding of the sum must not carry a mean out of its own range. Nothing held: readings of one and the same ms.
      mean: s.covered > 0 ? Math.min(s.max, Math.max(s.min, s.sum / s.covered)) : s.last,
      max: s.max,
      last: s.last,
      count: s.count,
      coverage: share(s.covered, Math.min(slots.start(bucket + 1), until) - slots.start(bucket)),
    }));
}

/** A reading of this very moment misses nothing. Parts that came late may overlap with what was known: never over 1. */
const share = (covered: number, ms: number): number => (ms <= 0 ? 1 : Math.min(1, covered / ms));
