import type { Series } from "../../model/tariff-book.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** A guess looks back so many days for the same hour. */
const GUESS_DAYS = 14;

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
 * The value at a moment or, where it is not published, the last one that was known for the same hour of an earlier day,
 * marked as a guess; undefined when the last fourteen days tell nothing either.
 */
export function valueOrGuess(
  series: Series,
  at: number,
): { readonly value: number; readonly guess: boolean } | undefined {
  for (let days = 0; days <= GUESS_DAYS; days++) {
    const value = valueAt(series, at - days * DAY);
    if (value !== undefined) return { value, guess: days > 0 };
  }
  return undefined;
}
