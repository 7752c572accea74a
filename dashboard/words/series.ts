import type { History, HistoryBucket } from "../../hub/http/schemas.ts";

/** Buckets laid on a full time grid: where no bucket is, there is null, and a gap stays a gap. */
export interface Grid {
  readonly at: readonly number[];
  readonly min: readonly (number | null)[];
  readonly mean: readonly (number | null)[];
  readonly max: readonly (number | null)[];
  /** Share of the step in which a value was known, 0..1. */
  readonly coverage: readonly (number | null)[];
  /** The last value reported before or in each step; null before the first. */
  readonly held: readonly (number | null)[];
}

/** At most 5000 steps, as many as the hub answers. Buckets that lie off the grid keep their own time. */
export function onGrid(buckets: readonly HistoryBucket[], bucketMs: number): Grid {
  const at: number[] = [];
  const min: (number | null)[] = [];
  const mean: (number | null)[] = [];
  const max: (number | null)[] = [];
  const coverage: (number | null)[] = [];
  const held: (number | null)[] = [];
  let last: HistoryBucket | undefined;
  for (const bucket of buckets.slice(-5000)) {
    // One empty step is enough to break the line; days of silence need no more.
    if (last && bucket.at - last.at > bucketMs * 1.5) {
      at.push(last.at + bucketMs);
      for (const list of [min, mean, max, coverage]) list.push(null);
      held.push(last.last);
    }
    at.push(bucket.at);
    min.push(bucket.min);
    mean.push(bucket.mean);
    max.push(bucket.max);
    coverage.push(bucket.coverage);
    held.push(bucket.last);
    last = bucket;
  }
  return { at, min, mean, max, coverage, held };
}

/** A step of which less than this share is known is shown as such. */
const POOR = 0.75;
/** Shorter steps show what is missing as gaps. */
const LONG_MS = 3_600_000;

/** A line in two: where enough of the time is known, and where not, with the points beside it so that both meet. */
export function byCoverage(
  grid: Grid,
  bucketMs: number,
): { readonly well: readonly (number | null)[]; readonly poorly: readonly (number | null)[]; readonly poor: number } {
  const isPoor = (i: number) => bucketMs >= LONG_MS && (grid.coverage[i] ?? 1) < POOR;
  const poor = grid.mean.filter((mean, i) => mean !== null && isPoor(i)).length;
  return {
    well: grid.mean.map((mean, i) => (isPoor(i) ? null : mean)),
    poorly: grid.mean.map((mean, i) => (isPoor(i) || (poor > 0 && (isPoor(i - 1) || isPoor(i + 1))) ? mean : null)),
    poor,
  };
}

/** Several series on one common time axis; null where a series has no value at that time. */
export function together(lists: readonly (readonly Pick<HistoryBucket, "at" | "mean">[])[]): {
  readonly at: readonly number[];
  readonly means: readonly (readonly (number | null)[])[];
} {
  const at = [...new Set(lists.flatMap((l) => l.map((b) => b.at)))].sort((a, b) => a - b);
  const means = lists.map((list) => {
    const byTime = new Map(list.map((b) => [b.at, b.mean]));
    return at.map((t) => byTime.get(t) ?? null);
  });
  return { at, means };
}

/** Several powers as one: a step counts only where all of them are known, so that a gap is not a dip. */
export function summed(parts: readonly Pick<History, "buckets">[]): {
  readonly steps: readonly { readonly at: number; readonly mean: number }[];
} {
  const { at, means } = together(parts.map((p) => p.buckets));
  const steps = at.flatMap((time, i) => {
    const here = means.flatMap((m) => m[i] ?? []);
    return here.length === parts.length ? [{ at: time, mean: here.reduce((a, b) => a + b, 0) }] : [];
  });
  return { steps };
}
