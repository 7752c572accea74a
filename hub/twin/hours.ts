/** A series of energy by whole hours, with the home's own calendar laid over it. */
import { localTime } from "../energy/clock.ts";
import { type History, hoursOf, timeOf, valueAt } from "./history.ts";

const HOUR = 3_600_000;

/** kWh by hour; NaN is not known. */
export interface HourSeries {
  /** Start of the first hour, epoch ms; a whole UTC hour. */
  readonly from: number;
  readonly kwh: Float64Array;
  readonly timeZone: string;
}

/** Where an hour lies in the home's days. */
export interface HourPlace {
  /** Counts local days from the series' first. */
  readonly day: number;
  /** 0..23 by the clock on the wall; in autumn one hour comes twice. */
  readonly hour: number;
  /** 1 = Monday .. 7 = Sunday. */
  readonly weekday: number;
}

const dayNumber = (day: string): number => Date.parse(`${day}T00:00:00Z`) / (24 * HOUR);

/** The place of hour `i`, which may lie after the end of the series. */
export function placeOf(series: Pick<HourSeries, "from" | "timeZone">, i: number): HourPlace {
  const first = localTime(series.from, series.timeZone);
  const here = localTime(series.from + i * HOUR, series.timeZone);
  return {
    day: dayNumber(here.day) - dayNumber(first.day),
    hour: Math.floor(here.minutes / 60),
    weekday: here.weekday,
  };
}

/** Power (W by step) as energy by whole hours, kWh; an hour of which any step is unknown is unknown. */
export function hoursFrom(h: History, watts: Float64Array): HourSeries {
  const perHour = Math.max(1, Math.round(1 / hoursOf(h)));
  const skip = Math.round((Math.ceil(h.from / HOUR) * HOUR - h.from) / h.stepMs);
  const count = Math.max(0, Math.floor((h.steps - skip) / perHour));
  const kwh = Float64Array.from({ length: count }, (_, i) => {
    let sum = 0;
    for (let k = 0; k < perHour; k++) sum += valueAt(watts, skip + i * perHour + k);
    return (sum * hoursOf(h)) / 1000;
  });
  return { from: timeOf(h, skip), kwh, timeZone: h.timeZone };
}
