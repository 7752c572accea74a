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
  let steps = 0;
  for (const change of otherwise) {
    if (modelled.has(change.key)) continue;
    const own = switched.get(change.key);
    const power = own?.power === undefined ? undefined : view.columns.get(own.power);
    const on = own && !own.makesUp && typeof change.is === "boolean" ? levelOf(own, power, view) : undefined;
    if (on === undefined) {
      untold.add(change.key);
      continue;
    }
    for (let from = change.from; from < change.to; ) {
      const to = Math.min(change.to, (Math.floor(from / QUARTER) + 1) * QUARTER);
      const watts = change.is === true ? on : -(own?.watts ?? meanOf(power, from, to) ?? on);
      sum.add(from, (watts * (to - from)) / HOUR / 1000);
      from = to;
      if (++steps % CHUNK === 0) yield 1;
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
  readonly total = { kwh: 0, money: 0 };
  readonly days = new Map<string, { kwh: number; money: number }>();
  readonly #view: PastView;
  readonly #dayAt: (at: number) => string;

  constructor(view: PastView) {
    this.#view = view;
    this.#dayAt = dayNamer(view.timeZone);
  }

  add(from: number, kwh: number): void {
    const money = costOf(kwh, from, this.#view);
    const name = this.#dayAt(from);
    let day = this.days.get(name);
    if (!day) {
      day = { kwh: 0, money: 0 };
      this.days.set(name, day);
    }
    day.kwh += kwh;
    day.money += money;
    this.total.kwh += kwh;
    this.total.money += money;
  }
}

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

/** Mean of a column over a stretch; undefined where nothing was told near it. */
function meanOf(column: PastColumn | undefined, from: number, to: number): number | undefined {
  if (!column) return undefined;
  let [sum, ms] = [0, 0];
  for (let i = Math.max(0, indexAt(column.ats, from)); i < column.ats.length; i++) {
    const at = Math.max(from, column.ats[i] ?? 0);
    if (at >= to) break;
    const until = Math.min(to, column.ats[i + 1] ?? to, (column.ats[i] ?? 0) + HOLD);
    if (until <= at) continue;
    sum += Number(column.values[i]) * (until - at);
    ms += until - at;
  }
  return ms > 0 ? sum / ms : undefined;
}

/** What so much more (or less) costs in the quarter hour that begins at `from` or holds it. */
function costOf(kwh: number, from: number, view: PastView): number {
  const slot = Math.floor(from / QUARTER) * QUARTER;
  const price = view.price(slot);
  const was = houseIn(slot, view);
  if (was === undefined) return kwh * price;
  const paid = (of: number): number => (of > 0 ? of * price : of * view.exportPrice(slot));
  return paid(was + kwh) - paid(was);
}

/** kWh that came into the house in a quarter hour; worked out once for all rules. */
function houseIn(slot: number, view: PastView): number | undefined {
  const { grid } = view;
  const column = grid && view.columns.get(grid.key);
  if (!column) return undefined;
  const known = once(view, "house by the quarter hour", () => {
    const slots = Math.ceil((view.to - view.from) / QUARTER) + 2;
    return new Float64Array(slots).fill(NOT_YET);
  });
  const i = (slot - Math.floor(view.from / QUARTER) * QUARTER) / QUARTER;
  let kwh = known[i] ?? NOT_YET;
  if (kwh === NOT_YET) {
    const watts = meanOf(column, slot, slot + QUARTER) ?? Number.NaN;
    kwh = ((grid?.reversed ? -watts : watts) * QUARTER) / HOUR / 1000;
    known[i] = kwh;
  }
  return Number.isNaN(kwh) ? undefined : kwh;
}

const NOT_YET = Number.POSITIVE_INFINITY;
