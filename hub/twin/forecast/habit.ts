/**
 * What is usual at an hour of a weekday, from the weeks before: the same weekday speaks loudest, then its kind (working day or weekend), then
 * all others, the newer the louder. For yes and no this is a probability, drawn a little to the mean of all, so that one week proves nothing.
 */
import { type HourSeries, placeOf } from "../hours.ts";

/** Days after which a past day counts half, and beyond which none counts. */
const HALF_LIFE = 21;
const MOST_DAYS = 63;
const SAME_KIND = 0.3;
const OTHERS = 0.1;
/** The mean of all counts as much as so many days. */
const PRIOR = 0.5;

export class Habit {
  readonly #series: HourSeries;
  /** Value by local day * 24 + hour; the hour that comes twice in autumn counts by its second. */
  readonly #values = new Map<number, number>();
  readonly #weekdays = new Map<number, number>();

  constructor(series: HourSeries) {
    this.#series = series;
    series.kwh.forEach((value, i) => {
      const { day, hour, weekday } = placeOf(series, i);
      this.#weekdays.set(day, weekday);
      if (Number.isFinite(value)) this.#values.set(day * 24 + hour, value);
    });
  }

  /** Mean of all that was known before hour `known` of the series; NaN for nothing. */
  meanBefore(known: number): number {
    let [sum, count] = [0, 0];
    for (let i = 0; i < known; i++) {
      const value = this.#series.kwh[i] ?? Number.NaN;
      if (!Number.isFinite(value)) continue;
      sum += value;
      count++;
    }
    return count > 0 ? sum / count : Number.NaN;
  }

  /** What is usual at hour `i` of the series (it may lie after its end), from the local days before that of hour `known`; `mean` as of then. */
  at(i: number, known: number, mean: number): number {
    const [place, now] = [placeOf(this.#series, i), placeOf(this.#series, known)];
    let [sum, all] = [PRIOR * mean, PRIOR];
    for (let day = now.day - 1; day >= Math.max(0, now.day - MOST_DAYS); day--) {
      const value = this.#values.get(day * 24 + place.hour);
      if (value === undefined) continue;
      const weekday = this.#weekdays.get(day) ?? 0;
      const alike = weekday === place.weekday ? 1 : weekday >= 6 === place.weekday >= 6 ? SAME_KIND : OTHERS;
      const weight = alike * 0.5 ** ((now.day - day) / HALF_LIFE);
      sum += weight * value;
      all += weight;
    }
    return sum / all;
  }
}
