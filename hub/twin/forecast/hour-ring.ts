/**
 * The last weeks of a series by the hour of the home's own calendar: hour = local day * 24 + hour of the wall clock. An hour the
 * clock skips, a gap and what the meter did not say are NaN; of an hour that comes twice the mean counts.
 */

/** Days that are kept; what is older is gone. */
export const DAYS_KEPT = 64;
const SIZE = DAYS_KEPT * 24;

export class HourRing {
  readonly #values = new Float64Array(SIZE).fill(Number.NaN);
  #last = Number.NaN;

  /** Notes the value of an hour; hours come in order. An hour before the last one is not taken. */
  put(hour: number, value: number): void {
    if (hour < this.#last) return;
    if (hour === this.#last) {
      const before = this.at(hour);
      this.#values[hour % SIZE] = Number.isFinite(before) ? (before + value) / 2 : value;
      return;
    }
    const skipped = Number.isFinite(this.#last) ? Math.min(SIZE, hour - this.#last - 1) : 0;
    for (let back = 1; back <= skipped; back++) this.#values[(hour - back) % SIZE] = Number.NaN;
    this.#values[hour % SIZE] = value;
    this.#last = hour;
  }

  /** What is known of an hour; NaN for the future, what was too long ago, and what nobody said. */
  at(hour: number): number {
    if (!(hour <= this.#last) || hour <= this.#last - SIZE || hour < 0) return Number.NaN;
    return this.#values[hour % SIZE] ?? Number.NaN;
  }
}
