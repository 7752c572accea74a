/** How well this home can be foreseen: each thing that is planned with, foretold the midnight before on its last days, beside what came. */
import type { Prediction } from "../../model/learned.ts";
import type { PricedTariff } from "../../model/tariff.ts";
import type { Twin } from "../../twin/fit.ts";
import { car } from "./car.ts";
import { hotWater } from "./hot-water.ts";
import { loadAndSun } from "./load-and-sun.ts";
import { presence } from "./presence.ts";
import { prices } from "./prices.ts";

/** Yields the share done. Of several tanks or cars the first one with a model is looked at. */
export function* predicting(twin: Twin, tariff: PricedTariff): Generator<number, readonly Prediction[]> {
  const flows = yield* loadAndSun(twin);
  const rest: readonly ((twin: Twin, tariff: PricedTariff) => Prediction | undefined)[] = [
    prices,
    presence,
    hotWater,
    car,
  ];
  const found: Prediction[] = [];
  for (const [k, of] of rest.entries()) {
    const made = of(twin, tariff);
    if (made) found.push(made);
    yield 0.8 + (0.2 * (k + 1)) / rest.length;
  }
  return [...flows, ...found];
}
