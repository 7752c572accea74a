/** What was known of a contract's prices at a moment of the past. */
import type { PricedTariff } from "../model/tariff.ts";
import type { KnownSeries, Series } from "../model/tariff-book.ts";
import { localTime, startOfLocalDay } from "./clock.ts";

const HOUR = 3_600_000;
/** Tomorrow's prices are known from this hour of the clock on the wall: the European day-ahead auctions are published around it. */
const PUBLISH_HOUR = 13;

/** A series as if nothing of `until` (epoch ms) and later were known. */
function cut({ starts, values }: Series, until: number): Series {
  const found = starts.findIndex((start) => start >= until);
  const count = found < 0 ? starts.length : found;
  const known = { starts: new Float64Array(count + 1), values: new Float64Array(count + 1) };
  known.starts.set(starts.subarray(0, count));
  known.values.set(values.subarray(0, count));
  known.starts[count] = until;
  known.values[count] = Number.NaN;
  return known;
}

/** The end of what is published at a moment, epoch ms: of that local day, from 13:00 on of the next one. */
function publishedUntil(at: number, timeZone: string): number {
  const tomorrow = startOfLocalDay(startOfLocalDay(at, timeZone) + 36 * HOUR, timeZone);
  if (localTime(at, timeZone).minutes < PUBLISH_HOUR * 60) return tomorrow;
  return startOfLocalDay(tomorrow + 36 * HOUR, timeZone);
}

/**
 * A tariff as it was known at a moment (epoch ms): what a contract fixes is known always, published series no further than a
 * day-ahead market had told by then; beyond them {@link marginalPrice} guesses. Meant for moments that rise: the last answer is kept.
 */
export function tariffAsKnown(tariff: PricedTariff, timeZone: string): (at: number) => PricedTariff {
  const { priced, ...plain } = tariff;
  if (!priced || priced.series.size === 0) return () => tariff;
  let kept: { readonly until: number; readonly tariff: PricedTariff } | undefined;
  return (at) => {
    const until = publishedUntil(at, timeZone);
    if (kept?.until === until) return kept.tariff;
    const series: KnownSeries = new Map([...priced.series].map(([id, all]) => [id, cut(all, until)]));
    kept = { until, tariff: { ...plain, priced: { ...priced, series } } };
    return kept.tariff;
  };
}
