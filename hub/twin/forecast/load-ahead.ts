import { HourRing } from "./hour-ring.ts";
import { LeastSquares } from "./least-squares.ts";
import { type Listening, meanOfHour } from "./profile.ts";

const LISTENING: Listening = { halfLife: 8, beside: 0.3 };
/** What is believed at first: the last error halves with each hour. Counts as much as this many hours of outcomes. */
const FADE = 0.5;
const WORTH = 100;
const FEATURES = 7;
/** How fast the size of the usual error is learned, an hour. */
const SLOW = 0.01;

/** What was thought at an hour, to be judged by what came. */
interface Thought {
  readonly profile: Float64Array;
  readonly features: readonly Float64Array[];
}

/**
 * Use by the hour: the profile of the last weeks, corrected by what the last hours and the same hours of yesterday and last week
 * were off it. How much each of these tells of an hour that lies k hours ahead is learned for each k from this home alone.
 */
export class LoadAhead {
  readonly #values = new HourRing();
  /** What each hour was off its own profile. */
  readonly #off = new HourRing();
  readonly #thoughts = new Map<number, Thought>();
  readonly #rules: readonly LeastSquares[];
  #noise = 0.5;

  constructor(hours: number) {
    this.#rules = Array.from({ length: hours }, (_, k) => new LeastSquares([FADE ** (k + 1), 0, 0, 0, 0, 0, 0], WORTH));
  }

  at(hour: number): number {
    return this.#values.at(hour);
  }

  /** What an hour brought, kWh; NaN when nobody knows. */
  put(hour: number, kwh: number): void {
    const off = kwh - (this.#thoughts.get(hour)?.profile[0] ?? Number.NaN);
    if (Number.isFinite(off)) this.#noise += SLOW * (off * off - this.#noise);
    if (Number.isFinite(kwh))
      this.#rules.forEach((rule, k) => {
        const thought = this.#thoughts.get(hour - k);
        const x = thought?.features[k];
        const miss = kwh - (thought?.profile[k] ?? Number.NaN);
        if (x && Number.isFinite(miss)) rule.learn(x, miss, Math.max(1e-6, this.#noise));
      });
    this.#values.put(hour, kwh);
    this.#off.put(hour, off);
  }

  /** kWh of `hour` and those after it, as seen right before it; NaN where the past says nothing. */
  ahead(hour: number): Float64Array {
    const count = this.#rules.length;
    const profile = Float64Array.from({ length: count }, (_, k) => meanOfHour(this.#values, hour + k, hour, LISTENING));
    const features = profile.map((_, k) => k);
    const made: Float64Array[] = [];
    const now = this.#recent(hour);
    const likely = features.map((_, k) => {
      const x = this.#features(hour, k, now);
      made.push(x);
      const base = profile[k] ?? Number.NaN;
      return Math.max(0, base + (this.#rules[k]?.guess(x) ?? 0));
    });
    this.#thoughts.set(hour, { profile, features: made });
    // Hours come in order; a clock that jumped leaves thoughts behind that nothing will judge.
    for (const old of this.#thoughts.keys()) {
      if (old > hour - count && this.#thoughts.size <= count + 1) break;
      this.#thoughts.delete(old);
    }
    return likely;
  }

  #offAt(hour: number): number {
    const off = this.#off.at(hour);
    return Number.isFinite(off) ? off : 0;
  }

  /** Mean of what the last hours were off. */
  #recent(hour: number): readonly number[] {
    return [4, 12, 24].map((hours) => {
      let sum = 0;
      for (let back = 1; back <= hours; back++) sum += this.#offAt(hour - back);
      return sum / hours;
    });
  }

  #features(hour: number, k: number, [few = 0, half = 0, day = 0]: readonly number[]): Float64Array {
    const x = new Float64Array(FEATURES);
    const lastDay = hour + k - 24 * Math.ceil((k + 1) / 24);
    x.set([
      this.#offAt(hour - 1),
      this.#offAt(hour - 2),
      few,
      half,
      day,
      this.#offAt(lastDay),
      this.#offAt(hour + k - 168),
    ]);
    return x;
  }
}
