/** Prices of the hours that nobody has published yet: what the same hour of the last days cost, the newer the louder. */

/** Hours that are kept, published ones ahead included; what is older is gone. */
const SIZE = 24 * 24;
const DAYS = 7;
const FADE = 0.7;

export class PriceAhead {
  readonly #prices = new Float64Array(SIZE);
  readonly #hours = new Float64Array(SIZE).fill(Number.NaN);
  #until = Number.NEGATIVE_INFINITY;

  /** Takes in published prices, currency per kWh, from `hour` on; NaN is not known. What is published anew counts. */
  publish(hour: number, prices: Float64Array): void {
    prices.subarray(0, SIZE / 2).forEach((price, k) => {
      if (!Number.isFinite(price)) return;
      const slot = (hour + k) % SIZE;
      this.#prices[slot] = price;
      this.#hours[slot] = hour + k;
      this.#until = Math.max(this.#until, hour + k);
    });
  }

  #known(hour: number): number {
    return this.#hours[hour % SIZE] === hour ? (this.#prices[hour % SIZE] ?? Number.NaN) : Number.NaN;
  }

  /** The price of an hour: as published, else guessed; NaN when neither can be. */
  at(hour: number): number {
    const published = this.#known(hour);
    if (Number.isFinite(published)) return published;
    let sum = 0;
    let all = 0;
    const first = Math.max(1, Math.ceil((hour - this.#until) / 24));
    for (let day = first; day < first + DAYS; day++) {
      const price = this.#known(hour - 24 * day);
      if (!Number.isFinite(price)) continue;
      sum += FADE ** day * price;
      all += FADE ** day;
    }
    return all > 0 ? sum / all : Number.NaN;
  }
}
