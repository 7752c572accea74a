import type { ForeignValue } from "./import-hour.ts";
import { FIVE_MINUTES } from "./summary.ts";

/** Values as they come, in order of time, laid into pieces of five minutes: each holds until the next, or until `endOf` it. */
export class Slots {
  readonly #found: ForeignValue[] = [];
  readonly #from: number;
  readonly #to: number;
  readonly #endOf: (at: number) => number;
  #held: { readonly at: number; readonly value: number } | undefined;
  #slot: { at: number; min: number; max: number; sum: number; covered: number; last: number } | undefined;

  /** Only what holds in [from, to), epoch ms, is kept. */
  constructor(from: number, to: number, endOf: (at: number) => number) {
    this.#from = from;
    this.#to = to;
    this.#endOf = endOf;
  }

  /** Undefined: from then on it is not known. */
  take(at: number, value: number | undefined): void {
    if (!Number.isFinite(at)) return;
    this.#holdUntil(at);
    this.#held = value === undefined ? undefined : { at, value };
    // Told and gone in one moment: it is known all the same.
    if (value !== undefined && at >= this.#from && at < this.#to) this.#add(at, 0, value);
  }

  end(): ForeignValue[] {
    this.#holdUntil(this.#to);
    this.#close();
    return this.#found;
  }

  #holdUntil(next: number): void {
    if (!this.#held) return;
    const { at, value } = this.#held;
    const end = Math.min(next, this.#to, this.#endOf(at));
    for (let start = Math.max(at, this.#from); start < end; ) {
      const stop = Math.min(end, (Math.floor(start / FIVE_MINUTES) + 1) * FIVE_MINUTES);
      this.#add(start, stop - start, value);
      start = stop;
    }
  }

  #add(at: number, ms: number, value: number): void {
    const start = Math.floor(at / FIVE_MINUTES) * FIVE_MINUTES;
    if (this.#slot?.at !== start) {
      this.#close();
      this.#slot = { at: start, min: value, max: value, sum: 0, covered: 0, last: value };
    }
    const slot = this.#slot;
    slot.min = Math.min(slot.min, value);
    slot.max = Math.max(slot.max, value);
    slot.sum += value * ms;
    slot.covered += ms;
    slot.last = value;
  }

  #close(): void {
    if (!this.#slot) return;
    const { at, min, max, sum, covered, last } = this.#slot;
    this.#found.push({ at, min, max, last, covered, mean: covered > 0 ? sum / covered : last });
    this.#slot = undefined;
  }
}
