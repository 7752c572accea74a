import type { HistoryBucket } from "../../hub/ports.ts";

/**
 * The same buckets by another way, to judge the store by: for each bucket, walk every stretch between two moments at
 * which anything changes, and ask which reading was the latest then.
 */
export function bruteForce(
  readings: readonly (readonly [at: number, value: number])[],
  query: {
    readonly from: number;
    readonly to: number;
    /** A length in ms, or the edges of the buckets. */
    readonly buckets: number | readonly number[];
    readonly now: number;
  },
): HistoryBucket[] {
  const hold = 15 * 60_000;
  const list = readings.map(([at, value], i) => ({ at, value, i })).sort((a, b) => a.at - b.at || a.i - b.i);
  const { from, to, now } = query;
  const starts = typeof query.buckets === "number" ? every(query.buckets, from, to) : query.buckets;
  const buckets: HistoryBucket[] = [];
  for (const [n, start] of starts.entries()) {
    if (start >= to) break;
    const end = Math.min(starts[n + 1] ?? to, to);
    const inside = list.filter(({ at }) => at >= start && at < end);
    if (inside.length === 0) continue;
    const near = list.filter(({ at }) => at > start - hold - 1 && at < end);
    const edges = new Set([start, end, ...near.flatMap(({ at }) => [at, at + hold, Math.max(now, at)])]);
    const moments = [...edges].filter((t) => t >= start && t <= end).sort((a, b) => a - b);
    let sum = 0;
    let known = 0;
    const held = inside.map(({ value }) => value);
    for (const [i, t] of moments.entries()) {
      const until = moments[i + 1];
      if (until === undefined) break;
      const latest = near.filter(({ at }) => at <= t).at(-1);
      if (!latest || t >= latest.at + hold || t >= Math.max(now, latest.at)) continue;
      sum += latest.value * (until - t);
      known += until - t;
      held.push(latest.value);
    }
    const last = inside.at(-1)?.value ?? Number.NaN;
    const [min, max] = [Math.min(...held), Math.max(...held)];
    const mean = known > 0 ? Math.min(max, Math.max(min, sum / known)) : last;
    buckets.push({ at: start, min, mean, max, last, count: inside.length, coverage: known / (end - start) });
  }
  return buckets;
}

const every = (ms: number, from: number, to: number): number[] =>
  Array.from({ length: Math.ceil((to - from) / ms) }, (_, i) => from + i * ms);
