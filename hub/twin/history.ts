/** The stored past of a home on one even grid of time. The twin knows nothing else. */
import { localTime } from "../energy/clock.ts";

/** A bucket as the store gives it; buckets without a reading are absent. */
export interface Bucket {
  /** Start, epoch ms. */
  readonly at: number;
  readonly mean: number;
  readonly last: number;
}

export interface History {
  /** Start of the first step, epoch ms; a multiple of stepMs. */
  readonly from: number;
  readonly stepMs: number;
  readonly steps: number;
  readonly timeZone: string;
  /** By text path: one number a step, NaN is a gap. Power and light are the mean of the step, everything else its end. */
  readonly series: ReadonlyMap<string, Float64Array>;
  /** Where the home is, degrees; absent where nobody has said. */
  readonly place?: { readonly latitude: number; readonly longitude: number };
}

/** A stretch of steps, `to` not included. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

const HOUR = 3_600_000;
const POWER = /\.activePower$/;
const MEANS = /(\.activePower|illuminanceMeasurement\.measuredValue)$/;
/** What a device reports only on change stands until it reports again. */
const HOLDS = /\.(onOff|occupiedHeatingSetpoint|stateOfCharge|batPercentRemaining|occupancy)$/;

/** A device that draws next to nothing reports seldom: so little may stand for a day, W. */
const IDLE_W = 25;

/** How long the last value of an attribute stands for the following steps without one, ms. Looked up once, asked for at each gap. */
function holdMsOf(key: string): (value: number) => number {
  if (POWER.test(key)) return (value) => (Math.abs(value) < IDLE_W ? 24 * HOUR : HOUR);
  const ms = HOLDS.test(key) ? Number.POSITIVE_INFINITY : 4 * HOUR;
  return () => ms;
}

/** Lays buckets on the grid. Buckets outside it are left out; short silences are bridged by the last value. */
export function layOut(
  buckets: ReadonlyMap<string, readonly Bucket[]>,
  grid: Pick<History, "from" | "stepMs" | "steps" | "timeZone">,
): History {
  const series = new Map<string, Float64Array>();
  for (const [key, list] of buckets) {
    const values = new Float64Array(grid.steps).fill(Number.NaN);
    const lasts = new Float64Array(grid.steps).fill(Number.NaN);
    const field = MEANS.test(key) ? "mean" : "last";
    for (const bucket of list) {
      const i = Math.floor((bucket.at - grid.from) / grid.stepMs);
      if (i < 0 || i >= grid.steps) continue;
      values[i] = bucket[field];
      lasts[i] = bucket.last;
    }
    // What is silent stays at what it told last, not at the mean of a step in which it changed.
    const holdMs = holdMsOf(key);
    bridge(values, lasts, (value) => Math.round(holdMs(value) / grid.stepMs));
    series.set(key, values);
  }
  return { ...grid, series };
}

function bridge(values: Float64Array, lasts: Float64Array, limit: (value: number) => number): void {
  let lastAt = -1;
  let held = Number.NaN;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? Number.NaN;
    if (Number.isFinite(value)) {
      lastAt = i;
      held = lasts[i] ?? value;
    } else if (lastAt >= 0 && i - lastAt <= limit(held)) values[i] = held;
  }
}

const NOTHING = new Float64Array(0);

/** The series of a path; empty where there is none, so that every step of it reads as a gap. */
export const seriesOf = (h: History, key: string | undefined): Float64Array =>
  (key === undefined ? undefined : h.series.get(key)) ?? NOTHING;

/** One step's value; NaN is a gap. */
export const valueAt = (values: Float64Array, i: number): number => values[i] ?? Number.NaN;

export const timeOf = (h: Pick<History, "from" | "stepMs">, i: number): number => h.from + i * h.stepMs;

export const hoursOf = (h: Pick<History, "stepMs">): number => h.stepMs / HOUR;

/** The step that holds a moment; may lie outside the grid. */
export const stepOf = (h: Pick<History, "from" | "stepMs">, at: number): number => Math.floor((at - h.from) / h.stepMs);

type Day = Stretch & { readonly day: string };

/** Asked for again and again of the same past; gone with it. */
const daysKnown = new WeakMap<History, readonly Day[]>();

/** Whole local days of the grid, oldest first; a day that is cut at either end is left out. */
export function daysOf(h: History): readonly Day[] {
  const known = daysKnown.get(h);
  if (known) return known;
  const days: { day: string; from: number; to: number }[] = [];
  for (let i = 0; i < h.steps; i++) {
    const { day } = localTime(timeOf(h, i), h.timeZone);
    const last = days.at(-1);
    if (last?.day === day) last.to = i + 1;
    else days.push({ day, from: i, to: i + 1 });
  }
  // A day of 23 hours is whole as well.
  const whole = 23 / hoursOf(h);
  const found = days.filter((d) => d.to - d.from >= whole);
  daysKnown.set(h, found);
  return found;
}

/** The known values of a stretch. */
export function knownIn(values: Float64Array, stretch: Stretch): number[] {
  return Array.from(values.subarray(stretch.from, stretch.to)).filter(Number.isFinite);
}
