/**
 * Recursive least squares: a linear guess that learns from each outcome and forgets nothing (Plackett, "Some theorems in least
 * squares", 1950). `worth` says how many outcomes the first coefficients count for, in units of the noise.
 */
export class LeastSquares {
  readonly #coefficients: Float64Array;
  readonly #spread: Float64Array;
  readonly #gain: Float64Array;
  readonly #n: number;

  constructor(first: readonly number[], worth: number) {
    this.#n = first.length;
    this.#coefficients = Float64Array.from(first);
    this.#gain = new Float64Array(this.#n);
    this.#spread = new Float64Array(this.#n * this.#n);
    for (let i = 0; i < this.#n; i++) this.#spread[i * this.#n + i] = 1 / worth;
  }

  guess(x: Float64Array): number {
    let sum = 0;
    for (let i = 0; i < this.#n; i++) sum += (this.#coefficients[i] ?? 0) * (x[i] ?? 0);
    return sum;
  }

  /** Takes an outcome in; `noise` is the variance of what no guess can know, in the outcome's unit squared. */
  learn(x: Float64Array, outcome: number, noise: number): void {
    const n = this.#n;
    const spread = this.#spread;
    const gain = this.#gain;
    let total = noise;
    for (let i = 0; i < n; i++) {
      let sum = 0;
      for (let j = 0; j < n; j++) sum += (spread[i * n + j] ?? 0) * (x[j] ?? 0);
      gain[i] = sum;
      total += sum * (x[i] ?? 0);
    }
    if (!(total > 0)) return;
    const error = outcome - this.guess(x);
    for (let i = 0; i < n; i++) {
      const g = (gain[i] ?? 0) / total;
      this.#coefficients[i] = (this.#coefficients[i] ?? 0) + g * error;
      for (let j = 0; j < n; j++) spread[i * n + j] = (spread[i * n + j] ?? 0) - g * (gain[j] ?? 0);
    }
  }
}
