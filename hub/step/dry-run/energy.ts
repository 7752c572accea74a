/** What it would have cost that devices were on or off otherwise than they were. */
import type { PastColumn } from "../../model/past.ts";
import type { TrialEnergy } from "../../model/rule-trial.ts";
import { indexAt, once, type PastView } from "../../rules/dry-run/view.ts";
import { dayNamer } from "./day-name.ts";
import type { Otherwise } from "./devices.ts";
import { controlsOf, type Warming } from "./warmth.ts";

/** What is known of the power of something that is switched. */
export interface Switched {
  /** Text path of onOff. */
  readonly relay: string;
  /** Text path of its own power, W. */
  readonly power?: string | undefined;
  /** By what a person says of it, W while on. */
  readonly watts?: number | undefined;
  /** It takes later what it is not given now (a tank, a car, a heat pump): what that comes to is not reckoned. */
  readonly makesUp?: boolean;
}

export interface EnergyFound {
  readonly total: TrialEnergy;
  readonly days: ReadonlyMap<string, TrialEnergy>;
  /** Of these changes nothing tells what they would have taken; text paths. */
  readonly untold: ReadonlySet<string>;
}

/** Quarter hours between two rests. */
const CHUNK = 256;
const QUARTER = 900_000;
const HOUR = 3_600_000;
/** A reading stands for so long: after that nobody knows. */
const HOLD = HOUR;

/**
 * Reckons by the quarter hour, as energy is paid. What the house gave away at the time is used up first. What a model tells the warmth of takes
 * what the model says.
 */
export function* energyOf(
  otherwise: readonly Otherwise[],
  switched: ReadonlyMap<string, Switched>,
  view: PastView,
  warmings: readonly Warming[] = [],
): Generator<number, EnergyFound> {
  const untold = new Set<string>();
  const sum = new Summed(view);
  const modelled = new Set(warmings.flatMap(({ of }) => controlsOf(of)));
  for (const change of otherwise) {
    if (modelled.has(change.key)) continue;
    const own = switched.get(change.key);
    const power = own?.power === undefined ? undefined : view.columns.get(own.power);
    const on = own && !own.makesUp && typeof change.is === "boolean" ? levelOf(own, power, view) : undefined;
    if (on === undefined) {
      untold.add(change.key);
      continue;
    }
    // What is off takes less by what it was recorded to take.
    const recorded = change.is === true || own?.watts !== undefined || !power ? undefined : meansOf(power, view);
    const watts = change.is === true ? on : -on;
    for (let from = change.from; from < change.to; ) {
      from = sum.stretch(from, change.to, watts, recorded);
      yield 1;
    }
  }
  for (const { of, extraW } of warmings)
    for (let i = 0; i < of.steps; i++) {
      const watts = extraW[i] ?? 0;
      if (watts !== 0) sum.add(of.from + i * of.stepMs, (watts * of.stepMs) / HOUR / 1000);
      if (i % CHUNK === 0) yield 1;
    }
  return { total: sum.total, days: sum.days, untold };
}

/** Energy with its money, in all and by local day. */
class Summed {
  readonly total = nothing();
  readonly days = new Map<string, Sum>();
  readonly #view: PastView;
  readonly #grid: QuarterMeans | undefined;
  readonly #dayAt: (at: number) => string;
  /** The day of the last one: the next is mostly of the same. */
  #name = "";
  #day = nothing();

  constructor(view: PastView) {
    this.#view = view;
    const grid = view.grid && view.columns.get(view.grid.key);
    this.#grid = grid && meansOf(grid, view);
    this.#dayAt = dayNamer(view.timeZone);
  }

  /** Adds quarter hours until `to`, but no more than a caller may wait for. How far it came, epoch ms. */
  stretch(begin: number, to: number, watts: number, recorded: QuarterMeans | undefined): number {
    let from = begin;
    for (let n = 0; n < CHUNK && from < to; n++) {
      const next = Math.min(to, (Math.floor(from / QUARTER) + 1) * QUARTER);
      const mean = recorded ? recorded.mean(from, next) : Number.NaN;
      this.add(from, ((Number.isNaN(mean) ? watts : -mean) * (next - from)) / HOUR / 1000);
      from = next;
    }
    return from;
  }

  add(from: number, kwh: number): void {
    const money = this.#costOf(kwh, from);
    const day = this.#dayOf(this.#dayAt(from));
    day.kwh += kwh;
    day.money += money;
    this.total.kwh += kwh;
    this.total.money += money;
  }

  /** What so much more (or less) costs in the quarter hour that begins at `from` or holds it. */
  #costOf(kwh: number, from: number): number {
    const slot = Math.floor(from / QUARTER) * QUARTER;
    const price = this.#view.price(slot);
    const watts = this.#grid ? this.#grid.mean(slot, slot + QUARTER) : Number.NaN;
    if (Number.isNaN(watts)) return kwh * price;
    // What came into the house.
    const was = ((this.#view.grid?.reversed ? -watts : watts) * QUARTER) / HOUR / 1000;
    const paid = (of: number): number => (of > 0 ? of * price : of * this.#view.exportPrice(slot));
    return paid(was + kwh) - paid(was);
  }

  #dayOf(name: string): Sum {
    if (name === this.#name) return this.#day;
    const day = this.days.get(name) ?? nothing();
    this.days.set(name, day);
    this.#name = name;
    this.#day = day;
    return day;
  }
}

type Sum = { -readonly [K in keyof TrialEnergy]: TrialEnergy[K] };

const nothing = (): Sum => ({ kwh: 0, money: 0 });

/** W that it takes while it is on, as it was recorded. */
export function levelOf({ relay, watts }: Switched, power: PastColumn | undefined, view: PastView): number | undefined {
  if (watts !== undefined) return watts;
  if (!power) return undefined;
  return once(view, `level ${relay}`, () => ({ watts: meanWhileOn(view.columns.get(relay), power, view) })).watts;
}

function meanWhileOn(relay: PastColumn | undefined, power: PastColumn, { to }: PastView): number | undefined {
  if (!relay || typeof power.values[0] !== "number") return undefined;
  let [sum, ms] = [0, 0];
  for (let i = 0; i < relay.ats.length; i++) {
    if (relay.values[i] !== 1) continue;
    const [begin, end] = [relay.ats[i] ?? 0, relay.ats[i + 1] ?? to];
    for (let k = Math.max(0, indexAt(power.ats, begin)); k < power.ats.length; k++) {
      const at = Math.max(begin, power.ats[k] ?? 0);
      if (at >= end) break;
      const until = Math.min(end, power.ats[k + 1] ?? to, (power.ats[k] ?? 0) + HOLD);
      if (until <= at) continue;
      sum += Number(power.values[k]) * (until - at);
      ms += until - at;
    }
  }
  return ms > 0 ? sum / ms : undefined;
}

/** Mean of a column over a stretch; NaN where nothing was told near it. */
function meanOf(column: PastColumn, from: number, to: number): number {
  let [sum, ms] = [0, 0];
  for (let i = Math.max(0, indexAt(column.ats, from)); i < column.ats.length; i++) {
    const at = Math.max(from, column.ats[i] ?? 0);
    if (at >= to) break;
    const until = Math.min(to, column.ats[i + 1] ?? to, (column.ats[i] ?? 0) + HOLD);
    if (until <= at) continue;
    sum += Number(column.values[i]) * (until - at);
    ms += until - at;
  }
  return ms > 0 ? sum / ms : Number.NaN;
}

/** Means of a column by the quarter hour. Each is worked out once for all rules. */
class QuarterMeans {
  readonly #column: PastColumn;
  readonly #first: number;
  readonly #known: Float64Array;

  constructor(column: PastColumn, { from, to }: PastView) {
    this.#column = column;
    this.#first = Math.floor(from / QUARTER);
    this.#known = new Float64Array(Math.ceil(to / QUARTER) - this.#first + 1).fill(NOT_YET);
  }

  /** As {@link meanOf}, of a stretch that lies in one quarter hour. */
  mean(from: number, to: number): number {
    const place = to - from === QUARTER ? Math.floor(from / QUARTER) - this.#first : -1;
    const kept = this.#known[place] ?? NOT_YET;
    if (kept !== NOT_YET) return kept;
    const mean = meanOf(this.#column, from, to);
    if (place >= 0) this.#known[place] = mean;
    return mean;
  }
}

const NOT_YET = Number.POSITIVE_INFINITY;

const meansOf = (column: PastColumn, view: PastView): QuarterMeans =>
  once(view, `quarters ${column.key}`, () => new QuarterMeans(column, view));
