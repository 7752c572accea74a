/** Prices by the hour of the clock on the wall, as published; what is not yet is guessed as everywhere in the hub. */
import { likely } from "../../energy/bill/series.ts";

/** Hours that are kept, published ones ahead included; what is older is gone. */
const SIZE = 24 * 24;

export class PriceAhead {
  readonly #prices = new Float64Array(SIZE);
  readonly #hours = new Float64Array(SIZE).fill(Number.NaN);

  /** Takes in published prices, currency per kWh, from `hour` on; NaN is not known. What is published anew counts. */
  publish(hour: number, prices: Float64Array): void {
    prices.subarray(0, SIZE / 2).forEach((price, k) => {
      if (!Number.isFinite(price)) return;
      const slot = (hour + k) % SIZE;
      this.#prices[slot] = price;
      this.#hours[slot] = hour + k;
    });
  }

  #known(hour: number): number | undefined {
    return this.#hours[hour % SIZE] === hour ? this.#prices[hour % SIZE] : undefined;
  }

  /** The price of an hour: as published, else guessed; NaN when neither can be. */
  at(hour: number): number {
    return this.#known(hour) ?? likely((days) => this.#known(hour - 24 * days)) ?? Number.NaN;
  }
}
