/** Whether somebody is home, by hour, as the rooms' sensors saw it; and what is usual of it. */
import { Habit } from "./forecast/habit.ts";
import { type History, hoursOf, seriesOf, stepOf, timeOf, valueAt } from "./history.ts";
import { type HourSeries, placeOf } from "./hours.ts";

const HOUR = 3_600_000;
/** Asleep nobody is seen: at night, who was seen in the hours before is taken to be there. */
const NIGHT_FROM = 22;
const NIGHT_TO = 7;
const SEEN_H = 9;
/** Days that decide whether the habit tells more than the mean, and by how much it must. */
const TRIAL_DAYS = 14;
const BETTER = 0.9;
const LEAST_DAYS = 14;
/** In the evening people are home on most days: sensors that see less of them then don't see the whole house. */
const EVENING = [18, 22] as const;
const EVENING_SEEN = 0.6;

/** 1 for an hour in which somebody was home, 0 else, NaN where no sensor said anything; undefined without a sensor. */
export function presenceOf(h: History, paths: readonly string[]): HourSeries | undefined {
  const sensors = paths.map((path) => seriesOf(h, path)).filter((values) => values.length > 0);
  if (sensors.length === 0) return undefined;
  const perHour = Math.max(1, Math.round(1 / hoursOf(h)));
  const first = stepOf(h, Math.ceil(h.from / HOUR) * HOUR);
  const from = timeOf(h, first);
  const series = { from, timeZone: h.timeZone };
  let seen = Number.NEGATIVE_INFINITY;
  const kwh = Float64Array.from({ length: Math.max(0, Math.floor((h.steps - first) / perHour)) }, (_, hour) => {
    let most = Number.NaN;
    for (const values of sensors)
      for (let k = 0; k < perHour; k++) {
        const value = valueAt(values, first + hour * perHour + k);
        if (Number.isFinite(value)) most = Math.max(Number.isFinite(most) ? most : 0, value > 0 ? 1 : 0);
      }
    if (most === 1) seen = hour;
    const clock = placeOf(series, hour).hour;
    const night = clock >= NIGHT_FROM || clock < NIGHT_TO;
    return most === 0 && night && hour - seen <= SEEN_H ? 1 : most;
  });
  return { ...series, kwh };
}

/** Mean squared error of the habit and of the mean alone over the days before hour `known`: each day foretold from those before it. */
function scores(series: HourSeries, habit: Habit, known: number): { readonly habit: number; readonly mean: number } {
  const sums = { habit: 0, mean: 0 };
  for (let start = Math.max(24, known - TRIAL_DAYS * 24); start + 24 <= known; start += 24) {
    const mean = habit.meanBefore(start);
    for (let i = start; i < start + 24; i++) {
      const value = series.kwh[i] ?? Number.NaN;
      if (!Number.isFinite(value)) continue;
      sums.habit += (habit.at(i, start, mean) - value) ** 2;
      sums.mean += (mean - value) ** 2;
    }
  }
  return sums;
}

/** Share of the evening hours before hour `known` in which somebody was seen. */
function seenInEvenings(series: HourSeries, known: number): number {
  let [seen, hours] = [0, 0];
  for (let i = 0; i < known; i++) {
    const { hour } = placeOf(series, i);
    const value = series.kwh[i] ?? Number.NaN;
    if (hour < EVENING[0] || hour >= EVENING[1] || !Number.isFinite(value)) continue;
    seen += value;
    hours++;
  }
  return hours > 0 ? seen / hours : 0;
}

/**
 * How likely somebody is home at a moment (epoch ms), 0..1, from what was known before `known` (epoch ms). Undefined where the habit tells
 * no more than the mean, the sensors see too little of the house, or too little is known: then nothing may be planned by it.
 */
export function usuallyHome(series: HourSeries | undefined, known: number): ((moment: number) => number) | undefined {
  if (!series) return undefined;
  const hourOf = (at: number) => Math.floor((at - series.from) / HOUR);
  const end = Math.min(series.kwh.length, hourOf(known));
  if (end < LEAST_DAYS * 24 || seenInEvenings(series, end) < EVENING_SEEN) return undefined;
  const habit = new Habit({ ...series, kwh: series.kwh.subarray(0, end) });
  const { habit: ours, mean: theirs } = scores(series, habit, end);
  if (!(ours < BETTER * theirs)) return undefined;
  const mean = habit.meanBefore(end);
  return (moment) => habit.at(hourOf(moment), hourOf(known), mean);
}
