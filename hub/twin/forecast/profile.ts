import { DAYS_KEPT, type HourRing } from "./hour-ring.ts";

/** How the days of the past speak for an hour of the day. */
export interface Listening {
  /** Days after which a past day counts half. */
  readonly halfLife: number;
  /** Weight of the hours right before and after: nobody cooks at the same minute each day. */
  readonly beside: number;
}

const PROFILE_DAYS = 42;

/** No hour is looked at further ahead, days. */
const MOST_AHEAD = 8;
const known = new Map<number, Float64Array>();

/** What a past day counts, by its age in days: asked for millions of times. */
function weightsOf(halfLife: number): Float64Array {
  const made =
    known.get(halfLife) ??
    Float64Array.from({ length: PROFILE_DAYS + MOST_AHEAD }, (_, day) => 0.5 ** (day / halfLife));
  known.set(halfLife, made);
  return made;
}

/** Weighted mean of the same hour of the last weeks, as known before `now`; NaN where nothing is known. */
export function meanOfHour(ring: HourRing, hour: number, now: number, { halfLife, beside }: Listening): number {
  let sum = 0;
  let all = 0;
  const first = Math.max(1, Math.ceil((hour - now + 1) / 24));
  const weights = weightsOf(halfLife);
  for (let day = first; day < first + PROFILE_DAYS; day++) {
    const weight = weights[day] ?? 0;
    for (let off = beside > 0 ? -1 : 0; off <= (beside > 0 ? 1 : 0); off++) {
      const at = hour - 24 * day + off;
      const value = at < now ? ring.at(at) : Number.NaN;
      if (!Number.isFinite(value)) continue;
      const w = off === 0 ? weight : weight * beside;
      sum += w * value;
      all += w;
    }
  }
  return all > 0 ? sum / all : Number.NaN;
}

/** The most of the same hour in the last `days` days before `now`; 0 where nothing is known. */
export function mostOfHour(ring: HourRing, hour: number, now: number, days: number): number {
  let most = 0;
  const first = Math.max(1, Math.ceil((hour - now + 1) / 24));
  for (let day = first; day < Math.min(DAYS_KEPT, first + days); day++) {
    const value = ring.at(hour - 24 * day);
    if (value > most) most = value;
  }
  return most;
}
