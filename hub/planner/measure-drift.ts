/**
 * How far a house's days may have wandered off by themselves, seen from its own past: people, seasons and appliances change, and a model
 * without a cause for it takes the change for a saving. The daily errors are read as a local level model (noise about a level that
 * walks at random; Harvey, "Forecasting, structural time series models and the Kalman filter", 1989), whose two variances
 * are found from how neighbouring stretches of one to three weeks differ in their means.
 */
import { clamp, mean, t90 } from "../twin/numbers.ts";

/** Lengths of the stretches that are compared, days. */
const STRETCHES = [4, 7, 10, 14, 20] as const;
/** So few looks at the walk fit into two months, and people change their ways in jumps: the tails are heavy. */
const DF = 3;
const LEAST_DAYS = 4;

/**
 * However quiet the past was, a house's level walks at least this far in a day, as a share of what is usual: what comes with a season or
 * with other habits can't be seen in the two months before it. In four weeks that is a third of the usual, and a third
 * of it where the outdoor temperature has explained its part. Of measured homes whose savings are known
 * (test/planner/measure-real.long.ts) nine in ten then lie within the band.
 */
const WITHOUT_WEATHER = 0.06;
const WITH_WEATHER = 0.02;

interface Walk {
  /** Variance of a day about the level. */
  readonly noise: number;
  /** Variance of the level's step from day to day. */
  readonly step: number;
}

/** Mean square difference of neighbouring stretches of so many days; undefined where the days are too few. */
function differing(errors: readonly number[], days: number): number | undefined {
  const squares: number[] = [];
  for (let i = days; i + days <= errors.length; i++)
    squares.push((mean(errors.slice(i, i + days)) - mean(errors.slice(i - days, i))) ** 2);
  return squares.length >= days / 2 ? mean(squares) : undefined;
}

/**
 * Means of two neighbouring stretches of s days differ by 2 noise / s + step 2 s / 3 in the square. Both variances by least squares of the
 * relative misses, neither below nought.
 */
function walkOf(errors: readonly number[]): Walk | undefined {
  const found = STRETCHES.flatMap((s) => {
    const square = differing(errors, s);
    return square === undefined || !(square > 0) ? [] : [{ noise: 2 / s / square, step: (2 * s) / 3 / square }];
  });
  if (found.length < 2) return undefined;
  const sum = (of: (f: Walk) => number) => found.reduce((total, f) => total + of(f), 0);
  const [nn, ns, ss] = [sum((f) => f.noise ** 2), sum((f) => f.noise * f.step), sum((f) => f.step ** 2)];
  const [n, s] = [sum((f) => f.noise), sum((f) => f.step)];
  const det = nn * ss - ns * ns;
  const [noise, step] = det > 0 ? [(n * ss - s * ns) / det, (s * nn - n * ns) / det] : [0, 0];
  if (noise > 0 && step > 0) return { noise, step };
  return step > 0 ? { noise: 0, step: s / ss } : { noise: n / nn, step: 0 };
}

/** What a house's own wandering does to a sum of days. */
export interface Wander {
  /** Days before the measured ones that tell best where the level is: few where it walks fast, many where the days are noisy. */
  readonly days: number;
  /** Half width of the 90 % band of a sum of `n` days that begin `gap` days after those. */
  readonly band: (n: number, gap: number) => number;
}

/**
 * How the level walks, from the daily errors of all days before, oldest first; `usual` is a day's usual size of what they are errors of,
 * `weather` whether the temperature has explained its part, `most` how many of the last days may set the level. Undefined where the days
 * are too few.
 */
export function wanderOf(errors: readonly number[], usual: number, weather: boolean, most: number): Wander | undefined {
  const walk = walkOf(errors);
  if (!walk) return undefined;
  const step = Math.max(walk.step, ((weather ? WITH_WEATHER : WITHOUT_WEATHER) * usual) ** 2);
  // The mean of m days misses the level after them by noise / m + step m / 3 in the square.
  const days = clamp(Math.round(Math.sqrt((3 * walk.noise) / step)), Math.min(LEAST_DAYS, most), most);
  return {
    days,
    band: (n, gap) => t90(DF) * n * Math.sqrt(walk.noise * (1 / n + 1 / days) + step * (gap + (n + days) / 3)),
  };
}
