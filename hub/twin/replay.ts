/** Runs the twin over past days, with rules or without, step by step. */

import { localTime } from "../energy/clock.ts";
import { tariffAsKnown } from "../energy/published.ts";
import { co2At, exportPriceAt, priceAt } from "../energy/tariff.ts";
import { addTotals, billed, emptyTotals } from "../energy/totals.ts";
import type { Value } from "../model/capability.ts";
import type { NodeId } from "../model/path.ts";
import type { Rule, RuleAction, Totals } from "../model/plan.ts";
import type { PricedTariff } from "../model/tariff.ts";
import { decide, type Want } from "../rules/arbitrate.ts";
import { billedDays } from "./as-billed.ts";
import type { Comfort, Running } from "./device.ts";
import type { Twin } from "./fit.ts";
import { hoursOf, type Stretch, timeOf, valueAt } from "./history.ts";
import { pictureAt } from "./picture.ts";

export interface ReplaySetup {
  /** May be exchanged by the caller while the replay rests. */
  rules: readonly Rule[];
  /** What devices show, by text path: the caller's own map, if it wants to look. */
  readonly values?: Map<string, Value>;
  /** The replay rests before each step of which this is true, with the devices as they then are. */
  readonly restsAt?: (step: number) => boolean;
  /**
   * What a device is held to in a step, beside `watts` of all that were asked before it: cars come last but for batteries. `asked`: what
   * rules ask of it. Undefined: it does as it is asked.
   */
  readonly held?: (node: NodeId, asked: readonly RuleAction[], watts: number) => RuleAction | undefined;
  /** Filled with what each model drew, W by step of the stretch, in the order of the twin's models. */
  readonly drawn?: readonly Float64Array[];
  /** Filled with what the house took, W by step of the stretch; NaN: not known. */
  readonly grid?: Float64Array;
  readonly tariff: PricedTariff;
  readonly comfort: Comfort;
  /** Steps to run over; days are the local days in it. */
  readonly over: Stretch;
}

export interface ReplayedDay {
  readonly day: string;
  readonly totals: Totals;
  /** The same day as it was recorded by the house meter. */
  readonly recorded: Totals;
  /** Energy in store at its end, kWh of electricity. */
  readonly stored: number;
  /** Share of its steps that could be judged. */
  readonly coverage: number;
  /** What each modelled device used, in the order of the twin's models. */
  readonly devices: readonly DeviceDay[];
}

/** A device's energy on one day, kWh; what a store took and what it gave both count. */
export interface DeviceDay {
  readonly replayedKwh: number;
  readonly recordedKwh: number;
  /** Half of what differs step by step: so much was at another time, or not at all. */
  readonly movedKwh: number;
}

export interface Replayed {
  readonly days: readonly ReplayedDay[];
  readonly storedAtStart: number;
  /** Mean import price over the stretch, to settle what is left in store. */
  readonly meanPrice: number;
  readonly lowPrice: number;
  readonly highPrice: number;
  /** What an exported kWh earned at least and at most. */
  readonly exportPrices: readonly [number, number];
  /** Minutes of comfort lost with each modelled device, all days together. */
  readonly lost: readonly { readonly node: NodeId; readonly minutes: number }[];
}

/** Steps between two yields: about a millisecond of work. */
const CHUNK = 24;

interface Day {
  readonly day: string;
  totals: Totals;
  recorded: Totals;
  stored: number;
  steps: number;
  known: number;
  readonly devices: Used[];
}

interface Used extends DeviceDay {
  replayedKwh: number;
  recordedKwh: number;
  movedKwh: number;
}

/** Notes what a device drew in a step beside what it was recorded to draw, W. */
function note(used: Used | undefined, watts: number, recorded: number, hours: number): void {
  if (!used || !Number.isFinite(recorded)) return;
  used.replayedKwh += (Math.abs(watts) * hours) / 1000;
  used.recordedKwh += (Math.abs(recorded) * hours) / 1000;
  used.movedKwh += (Math.abs(watts - recorded) * hours) / 2000;
}

interface Prices {
  at(time: number): number;
  export(time: number): number;
  co2(time: number): number;
  seen: number[];
  earned: number[];
}

/** Prices are looked up again and again by the rules: each quarter hour is worked out once. */
function priceBook(tariff: PricedTariff, timeZone: string): Prices {
  const prices = new Map<number, number>();
  const exported = new Map<number, number>();
  const quarter = 15 * 60_000;
  const seen: number[] = [];
  const earned: number[] = [];
  return {
    earned,
    export(time) {
      const slot = Math.floor(time / quarter);
      const known = exported.get(slot);
      if (known !== undefined) return known;
      const price = exportPriceAt(tariff, slot * quarter, timeZone);
      exported.set(slot, price);
      earned.push(price);
      return price;
    },
    at(time) {
      const slot = Math.floor(time / quarter);
      const known = prices.get(slot);
      if (known !== undefined) return known;
      const price = priceAt(tariff, slot * quarter, timeZone);
      prices.set(slot, price);
      seen.push(price);
      return price;
    },
    co2: (time) => co2At(tariff, time, timeZone),
    seen,
  };
}

/** Rules look ahead too, and see no further than was published at the moment; the same source while nothing new is. */
function lookingAhead(tariff: PricedTariff, timeZone: string, prices: Prices): (now: number) => Prices["at"] {
  const known = tariffAsKnown(tariff, timeZone);
  let [told, price] = [tariff, prices.at];
  return (now) => {
    const then = known(now);
    if (then !== told) [told, price] = [then, (at) => priceAt(then, at, timeZone)];
    return price;
  };
}

const sum = (list: readonly Running[], of: (r: Running) => number): number => list.reduce((n, r) => n + of(r), 0);

/** Devices in the order in which a step is gone through where some may be held back: what can be slowed down after what can not. */
function carsLate({ models }: Twin, running: readonly Running[]): readonly (readonly [number, Running])[] {
  const turn = (k: number) => ["car", "battery"].indexOf(models[k]?.kind ?? "");
  return [...running.entries()].sort(([a], [b]) => turn(a) - turn(b) || a - b);
}

/** A device's step, held back where it has to be for just this step: that is no wish of the rules, and is not counted as one. */
function stepped(held: ReplaySetup["held"], device: Running, wants: readonly Want[], i: number, watts: number): number {
  if (!held) return device.step(i, watts);
  const asked = wants.flatMap(({ action }) => (action.node === device.node ? [action] : []));
  const action = held(device.node, asked, watts);
  if (!action) return device.step(i, watts);
  device.act(action);
  const drawn = device.step(i, watts);
  for (const own of asked) device.act(own);
  return drawn;
}

/**
 * Replays the stretch. Steps where the house was not known cost nothing and are left out of the coverage; the
 * devices live through them all the same. Yields the share done, 0..1.
 */
export function* replaying(twin: Twin, setup: ReplaySetup): Generator<number, Replayed> {
  const { history: h } = twin;
  const { over, tariff } = setup;
  const hours = hoursOf(h);
  const running = twin.models.map((model) => model.start(over.from, setup.comfort));
  const inTurn = setup.held ? carsLate(twin, running) : [...running.entries()];
  const recorded = twin.models.map((model) => model.recorded);
  const prices = priceBook(tariff, h.timeZone);
  const askedAt = lookingAhead(tariff, h.timeZone, prices);
  const storedAtStart = sum(running, (r) => r.stored());
  const values = setup.values ?? new Map<string, Value>();
  const memory = new Map<string, number>();
  const days: Day[] = [];
  const grid = setup.grid ?? new Float64Array(over.to - over.from);
  let gridW: number | undefined;
  let lost = 0;
  for (let i = over.from; i < over.to; i++) {
    const now = timeOf(h, i);
    const day = dayOf(days, localTime(now, h.timeZone).day, running.length);
    for (const device of running) device.show(values);
    if (setup.restsAt?.(i)) yield (i - over.from) / (over.to - over.from);
    let switchings = 0;
    let wants: readonly Want[] = [];
    if (setup.rules.length > 0) {
      const picture = pictureAt(twin, i, { values, memory, price: askedAt(now), gridW });
      wants = decide(setup.rules, picture).wants;
      for (const { action } of wants)
        for (const device of running) if (device.node === action.node && device.act(action)) switchings++;
    }
    const rest = valueAt(twin.rest, i);
    let watts = Number.isFinite(rest) ? rest : 0;
    for (const [k, device] of inTurn) {
      const drawn = stepped(setup.held, device, wants, i, watts);
      watts += drawn;
      setup.drawn?.[k]?.set([drawn], i - over.from);
      if (Number.isFinite(rest)) note(day.devices[k], drawn, valueAt(recorded[k] ?? twin.rest, i), hours);
    }
    gridW = Number.isFinite(rest) ? watts : undefined;
    grid[i - over.from] = gridW ?? Number.NaN;
    const rates = { price: prices.at(now), exportPrice: prices.export(now), co2GPerKwh: prices.co2(now) };
    const lostNow = sum(running, (r) => r.lost());
    day.steps++;
    if (gridW !== undefined) {
      day.known++;
      day.totals = addTotals(day.totals, billed(gridW, hours, rates));
      day.recorded = addTotals(day.recorded, billed(valueAt(twin.grid, i), hours, rates));
    }
    day.totals = addTotals(day.totals, { ...emptyTotals, comfortMinutesLost: lostNow - lost, switchings });
    day.stored = sum(running, (r) => r.stored());
    lost = lostNow;
    if ((i - over.from) % CHUNK === CHUNK - 1) yield (i - over.from) / (over.to - over.from);
  }
  return {
    days: asBilled(twin, setup, grid, days).map(({ steps, known, ...day }) => ({
      ...day,
      coverage: known / Math.max(1, steps),
    })),
    storedAtStart,
    meanPrice: prices.seen.reduce((a, b) => a + b, 0) / Math.max(1, prices.seen.length),
    lowPrice: Math.min(...prices.seen),
    highPrice: Math.max(...prices.seen),
    exportPrices: [Math.min(...prices.earned), Math.max(...prices.earned)],
    lost: running.map((r) => ({ node: r.node, minutes: r.lost() })),
  };
}

/** The same days at what the contract bills for them, where that is more than each kWh's price. */
function asBilled({ history, grid: recorded }: Twin, { over, tariff }: ReplaySetup, grid: Float64Array, days: Day[]) {
  const bills = billedDays(history, over, grid, tariff);
  const before = bills && billedDays(history, over, recorded.subarray(over.from, over.to), tariff);
  const at = (totals: Totals, cost: number | undefined): Totals => (cost === undefined ? totals : { ...totals, cost });
  return days.map((day) => ({
    ...day,
    totals: at(day.totals, bills?.get(day.day)),
    recorded: at(day.recorded, before?.get(day.day)),
  }));
}

function dayOf(days: Day[], day: string, devices: number): Day {
  const last = days.at(-1);
  if (last?.day === day) return last;
  const nothing = (): Used => ({ replayedKwh: 0, recordedKwh: 0, movedKwh: 0 });
  const made: Day = {
    day,
    totals: emptyTotals,
    recorded: emptyTotals,
    stored: 0,
    steps: 0,
    known: 0,
    devices: Array.from({ length: devices }, nothing),
  };
  days.push(made);
  return made;
}
