/** How time is cut into buckets. */
export interface Slots {
  /** Number of the bucket in which an epoch ms lies. */
  of(at: number): number;
  /** Epoch ms at which a bucket begins; it ends where the next begins. */
  start(bucket: number): number;
}

/** Buckets of one length, counted from `origin`. */
export const equalSlots = (origin: number, lengthMs: number): Slots => ({
  of: (at) => Math.floor((at - origin) / lengthMs),
  start: (bucket) => origin + bucket * lengthMs,
});

/** Buckets between rising edges. A time before the first counts to the first, one after the last to the last. */
export function slotsBetween(edges: readonly number[]): Slots {
  const last = Math.max(0, edges.length - 2);
  const start = (bucket: number) => edges[bucket] ?? Number.POSITIVE_INFINITY;
  let near = 0;
  return {
    start,
    of(at) {
      // Times mostly come in order: the answer is the bucket of before, or the next.
      if (at < start(near)) near = 0;
      if (near < last && at >= start(near + 2)) near = search(edges, at, last);
      while (near < last && at >= start(near + 1)) near++;
      return near;
    },
  };
}

function search(edges: readonly number[], at: number, last: number): number {
  let low = 0;
  let high = last;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((edges[middle] ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}
