/** Runs the twin over past days, with rules or without, step by step. */

import { localTime } from "../energy/clock.ts";
import { co2At, priceAt } from "../energy/tariff.ts";
import { addTotals, billed, emptyTotals } from "../energy/totals.ts";
import type { Value } from "../model/capability.ts";
import type { Rule, Totals } from "../model/plan.ts";
import type { Tariff } from "../model/tariff.ts";
import { decide } from "../rules/arbitrate.ts";
import type { Comfort, Running } from "./device.ts";
import type { Twin } from "./fit.ts";
import { hoursOf, type Stretch, timeOf, valueAt } from "./history.ts";
import { pictureAt } from "./picture.ts";

export interface ReplaySetup {
  readonly rules: readonly Rule[];
  readonly tariff: Tariff;
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
}

export interface Replayed {
  readonly days: readonly ReplayedDay[];
  readonly storedAtStart: number;
  /** Mean import price over the stretch, to settle what is left in store. */
  readonly meanPrice: number;
  readonly lowPrice: number;
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
}

interface Prices {
  at(time: number): number;
  co2(time: number): number;
  seen: number[];
}

/** Prices are looked up again and again by the rules: each quarter hour is worked out once. */
function priceBook(tariff: Tariff, timeZone: string): Prices {
  const prices = new Map<number, number>();
  const quarter = 15 * 60_000;
  const seen: number[] = [];
  return {
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

const sum = (list: readonly Running[], of: (r: Running) => number): number => list.reduce((n, r) => n + of(r), 0);

/**
 * Replays the stretch. Steps where the house was not known cost nothing and are left out of the coverage; the
 * devices live through them all the same. Yields the share done, 0..1.
 */
export function* replaying(twin: Twin, setup: ReplaySetup): Generator<number, Replayed> {
  const { history: h } = twin;
  const { over, tariff } = setup;
  const hours = hoursOf(h);
  const running = twin.models.map((model) => model.start(over.from, setup.comfort));
  const prices = priceBook(tariff, h.timeZone);
  const storedAtStart = sum(running, (r) => r.stored());
  const values = new Map<string, Value>();
  const memory = new Map<string, number>();
  const days: Day[] = [];
  let gridW: number | undefined;
  let lost = 0;
  for (let i = over.from; i < over.to; i++) {
    const now = timeOf(h, i);
    const day = dayOf(days, localTime(now, h.timeZone).day);
    for (const device of running) device.show(values);
    let switchings = 0;
    if (setup.rules.length > 0) {
      const picture = pictureAt(twin, i, { values, memory, price: prices.at, gridW });
      for (const { action } of decide(setup.rules, picture).wants)
        for (const device of running) if (device.node === action.node && device.act(action)) switchings++;
    }
    const rest = valueAt(twin.rest, i);
    let watts = Number.isFinite(rest) ? rest : 0;
    for (const device of running) watts += device.step(i, watts);
    gridW = Number.isFinite(rest) ? watts : undefined;
    const rates = { price: prices.at(now), exportPrice: tariff.exportPerKwh, co2GPerKwh: prices.co2(now) };
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
    days: days.map(({ steps, known, ...day }) => ({ ...day, coverage: known / Math.max(1, steps) })),
    storedAtStart,
    meanPrice: prices.seen.reduce((a, b) => a + b, 0) / Math.max(1, prices.seen.length),
    lowPrice: Math.min(...prices.seen),
  };
}

function dayOf(days: Day[], day: string): Day {
  const last = days.at(-1);
  if (last?.day === day) return last;
  const made = { day, totals: emptyTotals, recorded: emptyTotals, stored: 0, steps: 0, known: 0 };
  days.push(made);
  return made;
}
