/** Puts together what miners read. */
import type { Parts } from "../../energy/parts.ts";
import { sunPosition } from "../../energy/sun-position.ts";
import { exportPriceAt, priceAt } from "../../energy/tariff.ts";
import type { Home } from "../../model/home.ts";
import type { LearnedLoad } from "../../model/learned.ts";
import type { PricedTariff } from "../../model/tariff.ts";
import { type History, timeOf } from "../../twin/history.ts";
import { mean } from "../../twin/numbers.ts";
import { coldBoxesOf, contactsOf } from "./beside.ts";
import type { Mined } from "./miner.ts";
import { clockOn, DAYS_A_YEAR } from "./reckon.ts";

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** Every so many days is enough to know a year's sun. */
const EVERY_DAYS = 10;
/** A home at the pole would have no end of it. */
const MOST_SUN = 3;

/** How high the sun stands through a day: what of its light falls on level ground under a clear sky. */
function sunOn(at: number, place: { readonly latitude: number; readonly longitude: number }): number {
  let sum = 0;
  for (let hour = 0; hour < 24; hour++)
    sum += Math.max(0, Math.sin((sunPosition(at + hour * HOUR_MS, place).elevation * Math.PI) / 180)) ** 1.15;
  return sum;
}

/** How many days like those of the past a year has, by the sun. */
function sunDaysOf(h: History): number {
  const { place } = h;
  if (!place || h.steps === 0) return DAYS_A_YEAR;
  const days = (h.steps * h.stepMs) / DAY_MS;
  const over = (count: number, every: number) =>
    mean(
      Array.from({ length: Math.max(1, Math.ceil(count / every)) }, (_, k) =>
        sunOn(h.from + k * every * DAY_MS, place),
      ),
    );
  const ratio = over(DAYS_A_YEAR, EVERY_DAYS) / over(days, Math.min(EVERY_DAYS, days / 4));
  return DAYS_A_YEAR * (Number.isFinite(ratio) ? Math.min(MOST_SUN, ratio) : 1);
}

interface Given {
  readonly h: History;
  readonly home: Home;
  readonly parts: Parts;
  readonly loads: readonly LearnedLoad[];
  readonly tariff: PricedTariff;
}

/** Steps between two rests. */
const PIECE = 200;

/** Yields the share done. */
export function* mined({ h, home, parts, loads, tariff }: Given): Generator<number, Mined> {
  yield* clockOn(h);
  const price = new Float64Array(h.steps);
  const exportPrice = new Float64Array(h.steps);
  for (let i = 0; i < h.steps; i++) {
    price[i] = priceAt(tariff, timeOf(h, i), h.timeZone);
    exportPrice[i] = exportPriceAt(tariff, timeOf(h, i), h.timeZone);
    if (i % PIECE === 0) yield i / h.steps;
  }
  const sunDays = sunDaysOf(h);
  yield 1;
  return {
    ...{ h, parts, loads, price, exportPrice, sunDays },
    contacts: contactsOf(home),
    coldBoxes: coldBoxesOf(home, parts),
  };
}
