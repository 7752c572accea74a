import { likely } from "../../energy/bill/series.ts";
import { marginalPrice } from "../../energy/tariff.ts";
import type { Prediction } from "../../model/learned.ts";
import type { PricedTariff } from "../../model/tariff.ts";
import type { Twin } from "../../twin/fit.ts";
import { hoursFrom } from "../../twin/hours.ts";
import { predicted, scored } from "./scored.ts";

const HOUR = 3_600_000;
/** Prices that are the same as a day before are fixed, currency per kWh. */
const FIXED = 1e-6;

/** What hours cost that nobody has published yet: as the last days at that hour. Where the contract fixes them there is nothing to foresee. */
export function prices(twin: Twin, tariff: PricedTariff): Prediction {
  const { timeZone } = twin.history;
  const series = hoursFrom(twin.history, twin.grid);
  const came = series.kwh.map((_, i) => {
    const price = marginalPrice(tariff, series.from + i * HOUR, timeZone);
    return price.guess ? Number.NaN : price.importPerKwh;
  });
  const at = (hour: number) => (Number.isFinite(came[hour]) ? came[hour] : undefined);
  const made = came.map((_, i) => likely((days) => at(i - 24 * days)) ?? Number.NaN);
  let [sum, known] = [0, 0];
  const plain = came.map((price) => {
    const before = known > 0 ? sum / known : Number.NaN;
    if (Number.isFinite(price)) {
      sum += price;
      known++;
    }
    return before;
  });
  const found = scored({ ...series, kwh: came }, { made, plain, came });
  const { picture: _, ...undrawn } = found;
  if (found.error < FIXED || !tariff.priced)
    return predicted("prices", "money", "the mean of the past", undrawn, {
      used: false,
      note: "The contract fixes the prices: there is nothing to foresee.",
    });
  const note = `Hours that are not published yet are taken to cost what the same hour cost on the days before, the newer the louder: off by ${found.error.toFixed(3)} of usually ${found.usual.toFixed(3)} a kWh; the mean of the past would be off by ${found.plain.toFixed(3)}. Used until the real ones are published.`;
  return predicted("prices", "money", "the mean of the past", found, { used: true, note });
}
