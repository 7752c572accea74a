import type { Picture, Prediction } from "../../model/learned.ts";
import type { History } from "../../twin/history.ts";
import { daysOf } from "../../twin/history.ts";
import type { HourSeries } from "../../twin/hours.ts";

const HOUR = 3_600_000;
/** Days that are foretold once more and looked at, and those of them that are drawn. */
export const TESTED_DAYS = 14;
const DRAWN_DAYS = 3;
/** Fewer days say nothing. */
const LEAST_DAYS = 3;
/** A foresight must be so much better than the plainest guess to be worth a word. */
const BETTER = 0.98;

/** An hour foretold the midnight before, by the hour of the series; NaN where nothing is known. */
export interface Told {
  readonly made: Float64Array;
  readonly plain: Float64Array;
  readonly came: Float64Array;
}

/** The whole local days of a series by the hour, the last ones: their hours [from, to). */
export function testedDays(
  series: HourSeries,
): readonly { readonly from: number; readonly to: number; readonly day: string }[] {
  const grid: History = {
    ...{ from: series.from, stepMs: HOUR, steps: series.kwh.length, timeZone: series.timeZone },
    series: new Map(),
  };
  return daysOf(grid).slice(-TESTED_DAYS);
}

interface Scored {
  readonly error: number;
  readonly plain: number;
  readonly usual: number;
  readonly days: number;
  readonly better: boolean;
  readonly picture?: Picture;
}

const shown = (values: Float64Array, scale: number): (number | null)[] =>
  Array.from(values, (v) => (Number.isFinite(v) ? Math.round(v * scale * 1000) / 1000 : null));

/** What the tested days say. `scale` is for the drawn values. */
export function scored(series: HourSeries, told: Told, scale = 1): Scored {
  const days = testedDays(series);
  let [error, plain, usual, hours] = [0, 0, 0, 0];
  const known = new Set<string>();
  for (const { from, to, day } of days)
    for (let i = from; i < to; i++) {
      const [made = Number.NaN, guess = Number.NaN, came = Number.NaN] = [told.made[i], told.plain[i], told.came[i]];
      if (!Number.isFinite(made + guess + came)) continue;
      error += Math.abs(made - came) * scale;
      plain += Math.abs(guess - came) * scale;
      usual += Math.abs(came) * scale;
      hours++;
      known.add(day);
    }
  const drawn = days.slice(-DRAWN_DAYS);
  const [first, last] = [drawn[0], drawn.at(-1)];
  const per = (sum: number) => (hours > 0 ? sum / hours : 0);
  const enough = known.size >= LEAST_DAYS;
  return {
    ...{ error: per(error), plain: per(plain), usual: per(usual), days: enough ? known.size : 0 },
    better: enough && error < BETTER * plain,
    ...(enough && first && last
      ? {
          picture: {
            ...{ day: first.day, from: series.from + first.from * HOUR, stepMs: HOUR },
            predicted: shown(told.made.subarray(first.from, last.to), scale),
            measured: shown(told.came.subarray(first.from, last.to), scale),
          },
        }
      : {}),
  };
}

/** As people read it: nothing is planned by what is too little known. */
export function predicted(
  kind: Prediction["kind"],
  unit: Prediction["unit"],
  plainGuess: string,
  found: Scored,
  words: { readonly used: boolean; readonly note: string },
): Prediction {
  const { error, plain, usual, days, picture } = found;
  const known = days > 0;
  return {
    ...{ kind, unit, error, plain, plainGuess, usual, days },
    used: known && words.used,
    note: known ? words.note : "too few days are known yet to tell how well it can be foreseen",
    ...(picture ? { picture } : {}),
  };
}
