/** What all miners reckon with: days on which something is known, what a saving is worth, and a year made of some weeks. */
import { localTime } from "../../energy/clock.ts";
import type { Ranged } from "../../model/find.ts";
import { daysOf, type History, hoursOf, type Stretch, seriesOf, timeOf, valueAt } from "../../twin/history.ts";
import { autocorrelation, deviation, mean, t90 } from "../../twin/numbers.ts";
import { LEAST_DAYS, type Mined } from "./miner.ts";

const KNOWN_SHARE = 0.6;
export const DAYS_A_YEAR = 365.25;

/** Whole days on which a series is known for the most part. */
export const daysKnown = (h: History, values: Float64Array): readonly Stretch[] =>
  daysOf(h).filter((d) => {
    let known = 0;
    for (let i = d.from; i < d.to; i++) if (Number.isFinite(valueAt(values, i))) known++;
    return known >= KNOWN_SHARE * (d.to - d.from);
  });

/** Why nothing is said where so many days are known; undefined where they are enough. */
export const tooYoung = (days: number, what: string): string | undefined =>
  days >= LEAST_DAYS ? undefined : `only ${days} whole days of ${what} are known; it takes ${LEAST_DAYS}`;

/** kWh of a step at so many W. */
export const kwhOf = (h: History, watts: number): number => (watts * hoursOf(h)) / 1000;

/** Sums by day; what is unknown counts nothing. */
export const sumsOn = (days: readonly Stretch[], values: Float64Array): number[] =>
  days.map((d) => {
    let sum = 0;
    for (let i = d.from; i < d.to; i++) sum += valueAt(values, i) || 0;
    return sum;
  });

/** Currency by step for so many W less: what would else be bought at its price, what would then be given at that. More (below zero) is bought. */
export function worthOf(m: Mined, watts: Float64Array): Float64Array {
  const grid = seriesOf(m.h, m.parts.grid?.power);
  return watts.map((w, i) => {
    if (!(w > 0)) return w < 0 ? kwhOf(m.h, w) * valueAt(m.price, i) : 0;
    const net = valueAt(grid, i);
    const bought = Number.isFinite(net) ? Math.min(w, Math.max(0, net)) : w;
    return kwhOf(m.h, bought) * valueAt(m.price, i) + kwhOf(m.h, w - bought) * valueAt(m.exportPrice, i);
  });
}

/** By what a method may be off: shares of the likely, low and high. */
export type Off = readonly [low: number, high: number];

/** A year of what was found by day: the mean, with the band of how much days differ, widened by what the method may be off. `days` is what a year has of such days. */
export function yearOf(daily: readonly number[], off: Off, days = DAYS_A_YEAR): Ranged {
  const middle = mean(daily) || 0;
  const n = Math.max(1, daily.length);
  const rho = autocorrelation(daily);
  const spread = (t90(n - 1) * deviation(daily) * Math.sqrt((1 + rho) / (1 - rho))) / Math.sqrt(n);
  return {
    likely: middle * days,
    low: Math.max(0, middle * off[0] - spread) * days,
    high: (middle * off[1] + spread) * days,
  };
}

/** Energy and money a year of so many W less at each step, from the days that are known. */
export function savingOf(
  m: Mined,
  watts: Float64Array,
  days: readonly Stretch[],
  off: Off,
  year = DAYS_A_YEAR,
): { readonly kwh: Ranged; readonly money: Ranged } {
  const kwh = sumsOn(days, watts).map((w) => kwhOf(m.h, w));
  return { kwh: yearOf(kwh, off, year), money: yearOf(sumsOn(days, worthOf(m, watts)), off, year) };
}

export const scaled = (r: Ranged, by: number): Ranged => ({
  likely: r.likely * by,
  low: r.low * by,
  high: r.high * by,
});

const round3 = (value: number): number => Math.round(value * 1000) / 1000;

/** Mean by hour of the day, 24 values; null where nothing is known. */
export function byHour(h: History, values: Float64Array): (number | null)[] {
  const sums = new Float64Array(24);
  const counts = new Float64Array(24);
  const minutes = minutesOf(h);
  for (let i = 0; i < h.steps; i++) {
    const value = valueAt(values, i);
    const hour = Math.floor(valueAt(minutes, i) / 60);
    if (!Number.isFinite(value)) continue;
    sums[hour] = valueAt(sums, hour) + value;
    counts[hour] = valueAt(counts, hour) + 1;
  }
  return Array.from(sums, (sum, hour) => (valueAt(counts, hour) > 0 ? round3(sum / valueAt(counts, hour)) : null));
}

/** The part of a series that something else says of it, by hour of the day; where the series is not known, it counts nothing. */
export const partByHour = (h: History, part: Float64Array, of: Float64Array): number[] =>
  byHour(
    h,
    part.map((v, i) => (Number.isFinite(valueAt(of, i)) ? v : Number.NaN)),
  ).map((v) => v ?? 0);

/** Most days of a picture: the newest. */
const PICTURE_DAYS = 60;

/** The newest days, each with its value, as a picture has them. */
export const byDay = (h: History, days: readonly Stretch[], value: (day: Stretch) => number) => {
  const shown = days.slice(-PICTURE_DAYS);
  const values = shown.map(value).map((v) => (Number.isFinite(v) ? round3(v) : null));
  return { across: "days" as const, from: timeOf(h, shown[0]?.from ?? 0), values };
};

const minutesKnown = new WeakMap<History, Float64Array>();

/** Steps between two rests. */
const PIECE = 250;

/** Works out {@link minutesOf} in pieces: the clock on the wall is asked for each step. Yields the share done. */
export function* clockOn(h: History): Generator<number, Float64Array> {
  const minutes = new Float64Array(h.steps);
  for (let i = 0; i < h.steps; i++) {
    minutes[i] = localTime(timeOf(h, i), h.timeZone).minutes;
    if (i % PIECE === 0) yield i / h.steps;
  }
  minutesKnown.set(h, minutes);
  return minutes;
}

/** Minutes since local midnight at the beginning of each step. Throws RangeError before {@link clockOn}. */
export function minutesOf(h: History): Float64Array {
  const known = minutesKnown.get(h);
  if (!known) throw new RangeError("the clock of this past was not worked out");
  return known;
}
