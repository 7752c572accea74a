import { HourRing } from "./hour-ring.ts";
import { LeastSquares } from "./least-squares.ts";
import { type Listening, meanOfHour, mostOfHour } from "./profile.ts";

const LISTENING: Listening = { halfLife: 5, beside: 0 };
/** Days whose best yield is what a clear sky would give at that hour. */
const CLEAR_DAYS = 21;
/** Hours that tell how clear it is, and how fast they fade. */
const RECENT_HOURS = 6;
const RECENT_FADE = 0.6;
/** What is believed at first: a clear sky stays, an hour. */
const STAYS = 0.85;
const WORTH = 100;
const DARK_KWH = 0.02;
const NOISE = 0.5;
/** A morning's first light can be many times the usual one. */
const CLEAREST = 3;

export interface SunSeen {
  /** kWh by hour. */
  readonly likely: Float64Array;
  /** What a clear sky gave at these hours lately, kWh. */
  readonly clear: Float64Array;
}

/**
 * Yield by the hour from its own past: the usual yield of the hour, how clear the last hours were against theirs, the clear sky's,
 * and yesterday's. How much each tells of an hour that lies k hours ahead is learned for each k. No weather is asked.
 */
export class SunAhead {
  readonly #values = new HourRing();
  readonly #usual = new HourRing();
  readonly #thoughts = new Map<number, readonly Float64Array[]>();
  readonly #rules: readonly LeastSquares[];

  constructor(hours: number) {
    this.#rules = Array.from({ length: hours }, (_, k) => {
      const stays = STAYS ** (k + 1);
      return new LeastSquares([1 - stays, 0, stays, 0], WORTH);
    });
  }

  at(hour: number): number {
    return this.#values.at(hour);
  }

  /** What an hour brought, kWh; NaN when nobody knows. */
  put(hour: number, kwh: number): void {
    this.#usual.put(hour, meanOfHour(this.#values, hour, hour, LISTENING));
    if (Number.isFinite(kwh))
      this.#rules.forEach((rule, k) => {
        const x = this.#thoughts.get(hour - k)?.[k];
        if (x && (x[1] ?? 0) > DARK_KWH) rule.learn(x, kwh, NOISE * (x[1] ?? 0) ** 2);
      });
    this.#values.put(hour, kwh);
  }

  /** kWh of `hour` and those after it, as seen right before it. */
  ahead(hour: number): SunSeen {
    const count = this.#rules.length;
    const likely = new Float64Array(count);
    const clear = new Float64Array(count);
    const made: Float64Array[] = [];
    const clearness = this.#clearness(hour);
    for (let k = 0; k < count; k++) {
      const most = mostOfHour(this.#values, hour + k, hour, CLEAR_DAYS);
      const usual = meanOfHour(this.#values, hour + k, hour, LISTENING) || 0;
      const yesterday = this.#values.at(hour + k - 24 * Math.ceil((k + 1) / 24)) || 0;
      const x = Float64Array.of(usual, most, usual * clearness, yesterday);
      made.push(x);
      clear[k] = most;
      likely[k] = most > DARK_KWH ? Math.max(0, Math.min(most, this.#rules[k]?.guess(x) ?? 0)) : 0;
    }
    this.#thoughts.set(hour, made);
    for (const old of this.#thoughts.keys()) {
      if (old > hour - count && this.#thoughts.size <= count + 1) break;
      this.#thoughts.delete(old);
    }
    return { likely, clear };
  }

  /** The last hours' yield against what is usual for them; 1 at night. */
  #clearness(hour: number): number {
    let got = 0;
    let usual = 0;
    for (let back = 1; back <= RECENT_HOURS; back++) {
      const [value, mean] = [this.#values.at(hour - back), this.#usual.at(hour - back)];
      if (!Number.isFinite(value + mean)) continue;
      got += RECENT_FADE ** back * value;
      usual += RECENT_FADE ** back * mean;
    }
    return usual > DARK_KWH ? Math.min(CLEAREST, got / usual) : 1;
  }
}
