import type { HistoryBucket } from "../../hub/ports.ts";

/**
 * The same buckets by another way, to judge the store by: for each bucket, walk every stretch between two moments at
 * which anything changes, and ask which reading was the latest then.
 */
export function bruteForce(
  readings: readonly (readonly [at: number, value: number])[],
  query: { readonly from: number; readonly to: number; readonly bucketMs: number; readonly now: number },
): HistoryBucket[] {
  const hold = 15 * 60_000;
  const list = readings.map(([at, value], i) => ({ at, value, i })).sort((a, b) => a.at - b.at || a.i - b.i);
  const { from, to, bucketMs, now } = query;
  const buckets: HistoryBucket[] = [];
  for (let start = from; start < to; start += bucketMs) {
    const end = Math.min(start + bucketMs, to);
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
    buckets.push({ at: start, min, mean, max, last, count: inside.length });
  }
  return buckets;
}
