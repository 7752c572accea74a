/** The saving from the house meter alone, where a steered device can not be modelled. */
import { exportPriceAt, priceAt } from "../energy/tariff.ts";
import type { Measured } from "../model/plan.ts";
import type { Tariff } from "../model/tariff.ts";
import { daysOf, type History, hoursOf, timeOf } from "../twin/history.ts";
import { deviation, mean } from "../twin/numbers.ts";
import { hourKwh, type WholeHouse, wholeHouse } from "../twin/whole-house.ts";
import { wanderOf } from "./measure-drift.ts";
import { type MeasureInput, nothingMeasured, summedUp } from "./measure-sum.ts";

/** A house whose days the model misses by more than this share of their cost is not measured this way. */
const MOST_ERROR = 0.4;
const LEAST_TEST_DAYS = 4;
const LEAST_COVERAGE = 0.8;
const DAY_MS = 86_400_000;
/** Without a thermometer outside, days later than this after the plan began are of another season for all the meter knows. */
const MOST_DAYS = 28;

interface Excess {
  readonly day: string;
  /** What was expected and not paid, currency. */
  readonly cost: number;
  readonly kwh: number;
  readonly paid: number;
  /** Import at the day's prices, currency. */
  readonly bought: number;
}

const costOf = (kwh: number, at: number, tariff: Tariff, zone: string): number =>
  kwh * (kwh < 0 ? exportPriceAt(tariff, at, zone) : priceAt(tariff, at, zone));

function excesses(h: History, house: WholeHouse, key: string, tariff: Tariff, from: number): Excess[] {
  const step = Math.max(1, Math.round(1 / hoursOf(h)));
  return daysOf(h).flatMap((day) => {
    if (day.from < from) return [];
    let [cost, kwh, paid, bought, known] = [0, 0, 0, 0, 0];
    for (let i = day.from; i < day.to; i += step) {
      const [expected, metered] = [house.predict(h, i), hourKwh(h, key, i)];
      if (!Number.isFinite(expected + metered)) continue;
      const price = (e: number) => costOf(e, timeOf(h, i), tariff, h.timeZone);
      known += step;
      kwh += expected - metered;
      cost += price(expected) - price(metered);
      paid += price(metered);
      bought += Math.max(0, price(Math.max(expected, metered)));
    }
    const whole = day.to - day.from;
    return known >= LEAST_COVERAGE * whole ? [{ day: day.day, cost, kwh, paid, bought }] : [];
  });
}

/** Measures by the whole house, or says why not. `why`: what keeps the twin from measuring the devices themselves. */
export function measuredByHouse({ twin, since, tariff }: MeasureInput, why: string): Measured {
  const key = twin.parts.grid?.power;
  const house = wholeHouse(twin.history, twin.parts, { from: 0, to: twin.heldOutFrom });
  if (!key || !house) return nothingMeasured(since, `${why}; and the house meter's past is too short to measure by`);
  const test = excesses(twin.history, house, key, tariff, twin.heldOutFrom);
  const gap = Math.max(0, (since.from - timeOf(twin.history, twin.history.steps)) / DAY_MS);
  const all = excesses(since, house, key, tariff, 0);
  const days = house.weather ? all : all.slice(0, Math.max(0, Math.floor(MOST_DAYS - gap)));
  if (all.length > 0 && days.length === 0)
    return nothingMeasured(
      since,
      `${why}; and the plan began so long ago that the house meter alone can't tell it from the season: an outdoor thermometer would help`,
    );
  if (test.length < LEAST_TEST_DAYS || days.length === 0)
    return nothingMeasured(since, `${why}; and too little of the house meter is known to measure by it`);
  const errors = test.map((d) => d.cost);
  const usual = mean(test.map((d) => Math.abs(d.paid)));
  const off = deviation(errors) / Math.max(usual, 0.01);
  if (!(off <= MOST_ERROR))
    return nothingMeasured(
      since,
      `${why}; and the whole house's days differ by ${Math.round(off * 100)} % from what weather and clock explain: a saving would drown in it`,
    );
  const [n, m] = [days.length, test.length];
  const past = excesses(twin.history, house, key, tariff, 0).map((d) => d.cost);
  // With sun the days' costs nearly cancel out; what is bought in them does not, and it is that which changes.
  const bought = mean(test.map((d) => d.bought));
  const wander = wanderOf(past, bought, house.weather, m);
  const bias = mean(errors.slice(-(wander?.days ?? m)));
  return summedUp(since, {
    daily: days.map(({ day, cost }) => ({ day, savedCost: cost - bias })),
    savedKwh: days.reduce((sum, d) => sum + d.kwh, 0),
    band: wander?.band(n, gap) ?? Number.POSITIVE_INFINITY,
    most: days.reduce((sum, d) => sum + d.bought, 0),
    // Days beyond those that may be compared are no gap in what is known.
    coverage: all.length / Math.max(1, daysOf(since).length),
    method: `IPMVP option C, CalTRACK's hourly form: the house meter against what ${house.rests.join(", ")} let expect`,
    note: `${why}; on ${m} days it has not seen the house as a whole is off by ${Math.round(off * 100)} % from day to day`,
  });
}
