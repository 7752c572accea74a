/** Stretches of use in a power series: from the first step above rest to the last, the pauses of a programme included. */
import { localTime } from "../../energy/clock.ts";
import { type History, hoursOf, timeOf, valueAt } from "../history.ts";
import { median, quantile } from "../numbers.ts";

/** A stretch of use; `to` is not included. */
export interface Cycle {
  readonly from: number;
  readonly to: number;
  /** kWh above rest. */
  readonly kwh: number;
  /** Nothing in it or beside it is unknown. */
  readonly whole: boolean;
}

export interface Cycles {
  readonly list: readonly Cycle[];
  /** It comes and goes by itself, day and night, as a refrigerator does. */
  readonly periodic: boolean;
}

/** What comes and goes by itself does so at least as often as this a day, and as evenly. */
const PERIODIC_A_DAY = 6;
const EVEN = 1;
const NIGHT_MINUTES = 300;
/** The night's part of a day is 5/24; half of that must begin in it. */
const NIGHT_SHARE = 0.1;
/** A pause in a programme: no longer than this, and without a better sign this long, hours. */
const MOST_PAUSE_H = 1.5;
const USUAL_PAUSE_H = 0.5;
/** Pauses and rests differ at least by this factor where they can be told apart. */
const APART = 2;
/** A blip: less than this share of a usual cycle's energy. */
const BLIP_SHARE = 0.05;

interface Run {
  readonly from: number;
  readonly to: number;
}

function runsOf(power: Float64Array, overW: number): Run[] {
  const runs: Run[] = [];
  let from = -1;
  for (let i = 0; i <= power.length; i++) {
    const runs_ = valueAt(power, i) > overW;
    if (runs_ && from < 0) from = i;
    if (!runs_ && from >= 0) {
      runs.push({ from, to: i });
      from = -1;
    }
  }
  return runs;
}

/** Steps between neighbouring runs; those in which something is unknown tell nothing. */
function gapsOf(power: Float64Array, runs: readonly Run[]): number[] {
  return runs.flatMap((run, k) => {
    const next = runs[k + 1];
    const known = next && power.subarray(run.to, next.from).every(Number.isFinite);
    return next && known ? [next.from - run.to] : [];
  });
}

function isPeriodic(h: History, power: Float64Array, runs: readonly Run[], gaps: readonly number[]): boolean {
  const knownDays = (power.filter(Number.isFinite).length * hoursOf(h)) / 24;
  if (runs.length < PERIODIC_A_DAY * Math.max(2, knownDays)) return false;
  const even = (quantile(gaps, 0.75) - quantile(gaps, 0.25)) / median(gaps) <= EVEN;
  const atNight = runs.filter((r) => localTime(timeOf(h, r.from), h.timeZone).minutes < NIGHT_MINUTES).length;
  return even && atNight >= NIGHT_SHARE * runs.length;
}

/** Steps up to which a gap is a pause: where the gaps fall apart into short and long ones, between the two. */
function pauseOf(h: History, gaps: readonly number[]): number {
  const sorted = [...gaps].sort((a, b) => a - b);
  const most = MOST_PAUSE_H / hoursOf(h);
  let widest = APART;
  let pause = USUAL_PAUSE_H / hoursOf(h);
  for (let k = 1; k < sorted.length; k++) {
    const [short = 1, long = 1] = [sorted[k - 1], sorted[k]];
    if (short > most || long * hoursOf(h) < USUAL_PAUSE_H || long / short <= widest) continue;
    widest = long / short;
    pause = Math.min(most, Math.sqrt(short * long));
  }
  return pause;
}

function joined(runs: readonly Run[], pause: number): Run[] {
  const made: Run[] = [];
  for (const run of runs) {
    const last = made.at(-1);
    if (last && run.from - last.to <= pause) made[made.length - 1] = { from: last.from, to: run.to };
    else made.push(run);
  }
  return made;
}

function cycleOf(h: History, power: Float64Array, { from, to }: Run, restW: number): Cycle {
  let sum = 0;
  let whole = Number.isFinite(valueAt(power, from - 1)) && Number.isFinite(valueAt(power, to));
  for (let i = from; i < to; i++) {
    const watts = valueAt(power, i);
    if (Number.isFinite(watts)) sum += Math.max(0, watts - restW);
    else whole = false;
  }
  return { from, to, kwh: (sum * hoursOf(h)) / 1000, whole };
}

/** Energy of the cycle in which the middle kWh falls: blips have no weight in it. */
function usualKwh(cycles: readonly Cycle[]): number {
  const sorted = cycles.map((c) => c.kwh).sort((a, b) => a - b);
  const half = sorted.reduce((a, b) => a + b, 0) / 2;
  let passed = 0;
  for (const kwh of sorted) {
    passed += kwh;
    if (passed >= half) return kwh;
  }
  return 0;
}

/** The cycles of a power (W by step of `h`) that rests at `restW` and runs above `overW`, oldest first. */
export function cyclesIn(h: History, power: Float64Array, restW: number, overW: number): Cycles {
  const runs = runsOf(power, overW);
  const gaps = gapsOf(power, runs);
  const periodic = isPeriodic(h, power, runs, gaps);
  const all = (periodic ? runs : joined(runs, pauseOf(h, gaps))).map((run) => cycleOf(h, power, run, restW));
  const least = BLIP_SHARE * usualKwh(all);
  return { list: all.filter((c) => c.kwh >= least), periodic };
}
