/** Buckets as they go from thread to thread: numbers in a row. As objects they are taken over one by one, and the loop waits meanwhile. */
import type { HistoryBucket } from "../ports.ts";

const WIDTH = 7;

export function packBuckets(buckets: readonly HistoryBucket[]): Float64Array {
  const packed = new Float64Array(buckets.length * WIDTH);
  for (const [i, b] of buckets.entries())
    packed.set([b.at, b.min, b.mean, b.max, b.last, b.count, b.coverage], i * WIDTH);
  return packed;
}

export const unpackBuckets = (packed: Float64Array): HistoryBucket[] =>
  Array.from({ length: packed.length / WIDTH }, (_, i) => {
    const of = (column: number): number => packed[i * WIDTH + column] ?? Number.NaN;
    return { at: of(0), min: of(1), mean: of(2), max: of(3), last: of(4), count: of(5), coverage: of(6) };
  });
