import type { History } from "../../../hub/http/schemas.ts";

const BUCKETS: Readonly<Record<string, number>> = { "60s": 60_000, "5m": 300_000, "1h": 3_600_000, "1d": 86_400_000 };
const DAY = 86_400_000;

/** A day's curve over any time asked for, with two hours of silence each day. Same question, same answer. */
export function fakeHistory(query: URLSearchParams): History {
  const key = query.get("key") ?? "";
  const from = Number(query.get("from"));
  const to = Number(query.get("to"));
  const bucketMs = BUCKETS[query.get("bucket") ?? "5m"] ?? 300_000;
  const buckets = [];
  for (let at = Math.ceil(from / bucketMs) * bucketMs; at < to; at += bucketMs) {
    const hour = (at % DAY) / 3_600_000;
    if (bucketMs < DAY && hour >= 3 && hour < 5) continue;
    const mean = curve(key, hour, at);
    const spread = Math.abs(mean) * 0.04 + 0.1;
    buckets.push({ at, min: mean - spread, mean, max: mean + spread, last: mean, count: 5, coverage: 1 });
  }
  return { key, bucketMs, buckets };
}

function curve(key: string, hour: number, at: number): number {
  const sun = Math.max(0, Math.sin(((hour - 5) / 13) * Math.PI)) * 4200;
  const ripple = Math.sin(at / 1_700_000) * 0.3;
  if (key.startsWith("solar")) return -sun;
  if (key.startsWith("meter")) return 600 - sun * 0.6 + ripple * 300;
  if (key.startsWith("battery/1/electrical")) return sun * 0.3 - (hour > 18 ? 900 : 0);
  if (key.endsWith("activePower")) return 300 + 200 * Math.sin(hour) + ripple * 100;
  return 20 + Math.sin((hour / 24) * 2 * Math.PI) * 1.5 + ripple;
}
