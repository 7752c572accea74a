import { type HourSeries, placeOf } from "../hours.ts";
import { type NetPath, NetPaths } from "./net-paths.ts";

const HOUR = 3_600_000;

/** What is foreseen of the hours from one on, kWh by whole hour of real time. */
interface NetSeen {
  readonly load: Float64Array;
  readonly sun: Float64Array;
  /** Ways the load less the sun may go; at least one. */
  readonly paths: readonly NetPath[];
}

/**
 * A home's past lived through once more: at each hour of it, and at its end, what could be foreseen then from what was known before.
 * Moments are asked in order of time.
 */
export class NetAhead {
  readonly load: HourSeries;
  readonly sun: HourSeries | undefined;
  readonly #hours: number;
  readonly #net: NetPaths;
  #next = 0;
  #seen: { readonly hour: number; readonly seen: NetSeen | undefined } | undefined;

  /** @param hours how far it looks, 1..48. Both series begin at the same hour; without `sun` there is none. */
  constructor(load: HourSeries, sun: HourSeries | undefined, hours: number) {
    this.load = load;
    this.sun = sun;
    this.#hours = hours;
    this.#net = new NetPaths(hours);
  }

  /** Lives through the past up to the hour of `at` (epoch ms), and knows nothing of it. Yields the share done after each hour: some 0.2 ms on a PC. */
  *upTo(at: number): Generator<number, void> {
    const end = this.#hourOf(at);
    while (this.#next < end) {
      const hour = this.#next;
      if (this.#seen?.hour !== hour) this.#net.likely(this.#wall(hour));
      this.#net.put(this.#wall(hour), this.load.kwh[hour] ?? Number.NaN, this.#sunAt(hour));
      this.#next++;
      yield this.#next / end;
    }
  }

  /** What is foreseen at the start of the hour of `at`; undefined while too little is known, and where `upTo` is not there. */
  seen(at: number): NetSeen | undefined {
    const hour = this.#hourOf(at);
    if (hour !== this.#next) return undefined;
    if (this.#seen?.hour !== hour) this.#seen = { hour, seen: this.#look(hour) };
    return this.#seen.seen;
  }

  /** kWh of load less sun in the hour of `at` as they came; NaN where they are not known. */
  came(at: number): number {
    const hour = this.#hourOf(at);
    return (this.load.kwh[hour] ?? Number.NaN) - this.#sunAt(hour);
  }

  #look(hour: number): NetSeen | undefined {
    const first = this.#wall(hour);
    const likely = this.#net.likely(first);
    if (!likely) return undefined;
    // Where the clock is changed within these hours, its hours are laid back onto real ones.
    const places = Array.from({ length: this.#hours }, (_, k) =>
      Math.max(0, Math.min(this.#hours - 1, this.#wall(hour + k) - first)),
    );
    const real = (kwh: Float64Array) => Float64Array.from(places, (k) => kwh[k] ?? 0);
    const paths = this.#net.paths(first, likely).map(({ weight, netKwh }) => ({ weight, netKwh: real(netKwh) }));
    return { load: real(likely.load), sun: real(likely.sun), paths };
  }

  #sunAt(hour: number): number {
    return this.sun ? (this.sun.kwh[hour] ?? Number.NaN) : 0;
  }

  #hourOf(at: number): number {
    return Math.floor((at - this.load.from) / HOUR);
  }

  /** Local day * 24 + hour of the clock. */
  #wall(hour: number): number {
    const { day, hour: clock } = placeOf(this.load, hour);
    return day * 24 + clock;
  }
}
