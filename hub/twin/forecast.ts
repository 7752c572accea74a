/**
 * Tomorrow's use or yield by the hour from nothing but its own past. For each hour the same hour of the last weeks speaks, the
 * newer the louder, and the weighted median is the likely value: in a home most hours are small and a few are large, so
 * that a mean is wrong on most of them. How fast the past fades and how much a weekend differs is not set but chosen
 * by what would have been right in this very series over the last four weeks (forecasts combined by their past
 * error: Bates and Granger, "The combination of forecasts", 1969).
 */
import { type HourPlace, type HourSeries, placeOf } from "./hours.ts";
import { clamp } from "./numbers.ts";

/** What is foreseen for each hour, kWh. */
export interface Ahead {
  /** As often too high as too low. */
  readonly likely: Float64Array;
  /** Eight hours in ten lie between these. */
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** The mean: what sums up right over many hours. */
  readonly expected: Float64Array;
}

/** Days of the past that may speak, and days that decide which way of listening is right. */
const MEMORY_DAYS = 56;
const TRIAL_DAYS = 28;
/** The hours beside the hour itself: nobody cooks at the same minute each day. */
const BESIDE = 0.3;
/** Steepness with which the better way of listening is preferred. */
const PREFER = 8;
/** The last error fades at most this slowly, an hour. */
const MOST_PERSISTENCE = 0.95;

interface Listening {
  /** Days after which a past day counts half. */
  readonly halfLife: number;
  /** Weight of a working day for a weekend and the other way round. */
  readonly otherKind: number;
}

const WAYS: readonly Listening[] = [3, 8, 24].flatMap((halfLife) => [
  { halfLife, otherKind: 1 },
  { halfLife, otherKind: 0.3 },
  { halfLife, otherKind: 0.03 },
]);

/** Weight by age in days. */
const fades = new Map(
  WAYS.map(({ halfLife }) => [
    halfLife,
    Float64Array.from({ length: MEMORY_DAYS + 1 }, (_, age) => 0.5 ** (age / halfLife)),
  ]),
);
const fadeOf = (way: Listening): Float64Array => fades.get(way.halfLife) ?? new Float64Array();

interface Spread {
  readonly low: number;
  readonly likely: number;
  readonly high: number;
  readonly expected: number;
}

const POINTS = [0.1, 0.5, 0.9];
const ROUNDING = 1 - 1e-12;
const UNKNOWN: Spread = { low: Number.NaN, likely: Number.NaN, high: Number.NaN, expected: Number.NaN };

/** Past values that speak for an hour, smallest first, with their age in days. */
interface Heard {
  readonly value: number;
  readonly age: number;
  readonly beside: boolean;
  readonly sameKind: boolean;
}

/** Weighted 10 %, 50 % and 90 % points and mean of what was heard, the newer the louder. */
function spreadOf(heard: readonly Heard[], way: Listening): Spread {
  const fade = fadeOf(way);
  const weights = new Float64Array(heard.length);
  let all = 0;
  let sum = 0;
  for (const [i, h] of heard.entries()) {
    const weight = (fade[h.age] ?? 0) * (h.beside ? BESIDE : 1) * (h.sameKind ? 1 : way.otherKind);
    weights[i] = weight;
    all += weight;
    sum += h.value * weight;
  }
  if (!(all > 0)) return UNKNOWN;
  let passed = 0;
  let next = 0;
  const points = [Number.NaN, Number.NaN, Number.NaN];
  for (const [i, h] of heard.entries()) {
    passed += weights[i] ?? 0;
    while (next < 3 && passed >= (POINTS[next] ?? 1) * all * ROUNDING) points[next++] = h.value;
  }
  const [low = Number.NaN, likely = Number.NaN, high = Number.NaN] = points;
  return { low, likely, high, expected: sum / all };
}

const isRest = (weekday: number): boolean => weekday >= 6;

/** Foresees a series. The answers for one moment use nothing known after it. */
export interface Forecaster {
  /** The next `hours` hours as seen at the start of hour `at`, from what was known then. */
  ahead(at: number, hours: number): Ahead;
}

interface Calendar {
  /** Hour index by day * 24 + hour; -1 where the clock skipped it. */
  readonly at: Int32Array;
  readonly places: readonly HourPlace[];
  readonly rest: readonly boolean[];
}

function calendarOf(series: HourSeries): Calendar {
  const places = Array.from(series.kwh, (_, i) => placeOf(series, i));
  const days = (places.at(-1)?.day ?? -1) + 1;
  const at = new Int32Array(days * 24).fill(-1);
  const rest = new Array<boolean>(days).fill(false);
  places.forEach(({ day, hour, weekday }, i) => {
    if (at[day * 24 + hour] === -1) at[day * 24 + hour] = i;
    rest[day] = isRest(weekday);
  });
  return { at, places, rest };
}

/** What the past says of an hour, from what lies before hour `known`. */
function hear(series: HourSeries, c: Calendar, place: HourPlace, known: number): Heard[] {
  const heard: Heard[] = [];
  const first = Math.max(0, place.day - MEMORY_DAYS);
  for (let day = Math.min(place.day, c.rest.length - 1); day >= first; day--) {
    const sameKind = c.rest[day] === isRest(place.weekday);
    for (let beside = -1; beside <= 1; beside++) {
      const i = c.at[day * 24 + place.hour + beside] ?? -1;
      const value = i >= 0 && i < known ? (series.kwh[i] ?? Number.NaN) : Number.NaN;
      if (Number.isFinite(value)) heard.push({ value, age: place.day - day, beside: beside !== 0, sameKind });
    }
  }
  return heard.sort((a, b) => a.value - b.value);
}

/** Weight of each way from the error of its last days; equal while nothing is known. */
function preferred(errors: readonly number[]): number[] {
  const least = Math.min(...errors);
  const weights = errors.map((e) => (least > 0 ? (least / e) ** PREFER : e === least ? 1 : 0));
  const all = weights.reduce((a, b) => a + b, 0);
  return all > 0 ? weights.map((w) => w / all) : errors.map(() => 1 / errors.length);
}

interface Trial {
  /** Summed absolute error of each way over the day, kWh. */
  readonly errors: readonly number[];
}

function mixed(spreads: readonly Spread[], weights: readonly number[]): Spread {
  const of = (pick: (s: Spread) => number) => spreads.reduce((sum, s, k) => sum + pick(s) * (weights[k] ?? 0), 0);
  return {
    low: of((s) => s.low),
    likely: of((s) => s.likely),
    high: of((s) => s.high),
    expected: of((s) => s.expected),
  };
}

/** Lag-one correlation of the hours' errors, 0..MOST_PERSISTENCE. */
function persistence(errors: readonly number[]): number {
  let both = 0;
  let own = 0;
  for (let i = 1; i < errors.length; i++) {
    const [a = Number.NaN, b = Number.NaN] = [errors[i - 1], errors[i]];
    if (!Number.isFinite(a + b)) continue;
    both += a * b;
    own += a * a;
  }
  return own > 0 ? clamp(both / own, 0, MOST_PERSISTENCE) : 0;
}

/** Hour index of a day's first hour; -1 for none. */
function dayStart(c: Calendar, day: number): number {
  for (let hour = 0; hour < 24; hour++) {
    const i = c.at[day * 24 + hour] ?? -1;
    if (i >= 0) return i;
  }
  return -1;
}

/** How each way would have done on a whole past day, seen from its midnight. */
function trialOf(series: HourSeries, c: Calendar, day: number, start: number): Trial {
  const errors = WAYS.map(() => 0);
  for (let hour = 0; hour < 24; hour++) {
    const i = c.at[day * 24 + hour] ?? -1;
    const place = c.places[i];
    const value = series.kwh[i] ?? Number.NaN;
    if (!place || !Number.isFinite(value)) continue;
    const heard = hear(series, c, place, start);
    WAYS.forEach((way, k) => {
      errors[k] = (errors[k] ?? 0) + (Math.abs(spreadOf(heard, way).likely - value) || 0);
    });
  }
  return { errors };
}

/**
 * A forecaster for the series. Past days are tried once and remembered, so that a whole year of day-ahead forecasts costs
 * about as much as its days. Without any known past all values are NaN.
 */
export function forecaster(series: HourSeries): Forecaster {
  const c = calendarOf(series);
  const trials = new Map<number, Trial>();
  const tried = (day: number): Trial => {
    const known = trials.get(day) ?? trialOf(series, c, day, dayStart(c, day));
    trials.set(day, known);
    return known;
  };
  const weightsAt = (today: number): number[] => {
    const errors = WAYS.map(() => 0);
    for (let day = Math.max(0, today - TRIAL_DAYS); day < today; day++)
      tried(day).errors.forEach((e, k) => {
        errors[k] = (errors[k] ?? 0) + e;
      });
    return preferred(errors);
  };
  const foresee = (place: HourPlace, known: number, weights: readonly number[]): Spread => {
    const heard = hear(series, c, place, known);
    return mixed(
      WAYS.map((way) => spreadOf(heard, way)),
      weights,
    );
  };
  const lastErrors = (at: number, weights: readonly number[]): number[] => {
    const errors: number[] = [];
    for (let i = Math.max(0, at - 48); i < at; i++) {
      const place = c.places[i];
      const start = place ? dayStart(c, place.day) : -1;
      if (place) errors.push((series.kwh[i] ?? Number.NaN) - foresee(place, start, weights).likely);
    }
    return errors;
  };
  return {
    ahead(at, hours) {
      const made: Spread[] = [];
      const here = placeOf(series, at);
      const weights = weightsAt(here.day);
      // At midnight the last error tells next to nothing of the day to come, and is left out.
      const errors = here.hour === 0 ? [] : lastErrors(at, weights);
      const kept = persistence(errors);
      const last = errors.at(-1) ?? 0;
      const before = foresee(placeOf(series, at - 1), at - 1, weights);
      const wide = Math.max(1e-6, before.high - before.low);
      for (let k = 0; k < hours; k++) {
        const s = foresee(placeOf(series, at + k), at, weights);
        // A cloud takes nothing from the night: an hour whose values lie closer together than those of the last one moves by less.
        const shift = Number.isFinite(last) ? last * kept ** (k + 1) * Math.min(1, (s.high - s.low) / wide) : 0;
        const moved = (x: number) => Math.max(0, x + shift);
        made.push({ low: moved(s.low), likely: moved(s.likely), high: moved(s.high), expected: moved(s.expected) });
      }
      const of = (pick: (s: Spread) => number) => Float64Array.from(made, pick);
      return {
        likely: of((s) => s.likely),
        low: of((s) => s.low),
        high: of((s) => s.high),
        expected: of((s) => s.expected),
      };
    },
  };
}
