/**
 * What the house may take from outside in the next hours (use less sun), as whole paths: the likely course, moved by what the
 * forecasts made at the same time of day on the last days were off. So errors that come together (a grey day, guests) stay
 * together, and their size is this home's own.
 */
import { LoadAhead } from "./load-ahead.ts";
import { SunAhead } from "./sun-ahead.ts";

/** Past days that lend their error. */
const DAYS = 30;
/** Days after which a past day counts half. */
const HALF_LIFE = 30;
const DARK_KWH = 0.02;
/** How far above the clearest sky of the last weeks a path may go. */
const ABOVE_CLEAR = 1.05;
/** Hours that must be known before anything is said. */
const LEAST_KNOWN = 48;

/** One way the next hours may go. */
export interface NetPath {
  readonly weight: number;
  /** kWh by hour; positive is taken from outside, negative is surplus. */
  readonly netKwh: Float64Array;
}

/** A forecast as it was made, kWh by hour. */
export interface HoursAhead {
  readonly load: Float64Array;
  readonly sun: Float64Array;
  readonly clear: Float64Array;
}

/** Learns use and yield hour by hour and tells the ways the next ones may go. It knows only what it was told. */
export class NetPaths {
  readonly #hours: number;
  readonly #load: LoadAhead;
  readonly #sun: SunAhead;
  readonly #made = new Map<number, HoursAhead>();
  #known = 0;

  /** @param hours how far it looks, 1..48 */
  constructor(hours: number) {
    this.#hours = hours;
    this.#load = new LoadAhead(hours);
    this.#sun = new SunAhead(hours);
  }

  /** What an hour brought, kWh; NaN when nobody knows. Hours come in order: local day * 24 + hour of the clock. */
  put(hour: number, loadKwh: number, sunKwh: number): void {
    this.#load.put(hour, loadKwh);
    this.#sun.put(hour, sunKwh);
    if (Number.isFinite(loadKwh + sunKwh)) this.#known++;
  }

  /** The likely course of `hour` and those after it; undefined while too little is known. Ask it each hour: it learns from its errors. */
  likely(hour: number): HoursAhead | undefined {
    if (this.#known < LEAST_KNOWN) return undefined;
    const { likely: sun, clear } = this.#sun.ahead(hour);
    const load = this.#load.ahead(hour);
    if (load.some((kwh) => Number.isNaN(kwh))) return undefined;
    const made = { load, sun, clear };
    this.#made.set(hour, made);
    for (const old of this.#made.keys()) {
      if (old >= hour - 24 * (DAYS + 2)) break;
      this.#made.delete(old);
    }
    return made;
  }

  /** The ways the hours from `hour` on may go, `now` being their likely course; empty while too little is known. */
  paths(hour: number, now = this.likely(hour)): NetPath[] {
    if (!now) return [];
    const paths: NetPath[] = [];
    for (let day = Math.ceil(this.#hours / 24); day <= DAYS; day++) {
      const then = this.#made.get(hour - 24 * day);
      if (then) paths.push({ weight: 0.5 ** (day / HALF_LIFE), netKwh: this.#moved(now, then, hour - 24 * day) });
    }
    if (paths.length === 0) paths.push({ weight: 1, netKwh: now.load.map((kwh, k) => kwh - (now.sun[k] ?? 0)) });
    return paths;
  }

  /** The course of now with the errors of a forecast of the past. */
  #moved(now: HoursAhead, then: HoursAhead, from: number): Float64Array {
    return now.load.map((likely, k) => {
      const used = this.#load.at(from + k) - (then.load[k] ?? 0);
      const load = Math.max(0, likely + (Number.isFinite(used) ? used : 0));
      const [clear = 0, clearThen = 0] = [now.clear[k], then.clear[k]];
      const yielded = this.#sun.at(from + k) - (then.sun[k] ?? 0);
      const off = clearThen > DARK_KWH && Number.isFinite(yielded) ? yielded * (clear / clearThen) : 0;
      return load - Math.max(0, Math.min(clear * ABOVE_CLEAR, (now.sun[k] ?? 0) + off));
    });
  }
}
