import { numberOfCurrency } from "../../clusters/currency.ts";
import { pricesIn } from "../prices.ts";
import { bridgeCluster, type Held, has, type Source } from "../table.ts";

const C = "commodityPrice";
/** Prices are told in hundred-thousandths of the currency: makers tell tenths of a cent. */
const POINTS = 5;
/** The most that PriceForecast holds (9.9.6.4). */
const MOST_AHEAD = 56;

const units = { kWh: 0, kVAh: 1 };

const money = (perKwh: number): number => Math.round(perKwh * 10 ** POINTS);

/** A period ends before the next begins: PeriodStart is greater than the end of the one before (9.9.6.4). */
const last = (next: number): number => next - 1;

const seconds = (held: Held, name: string): number | undefined => {
  const value = held(`${C}.${name}`);
  return typeof value === "number" ? Math.floor(value) : undefined;
};

/** The price now as the maker told it: its beginning may be unknown, then it is the moment of which it is known. */
function current(held: Held) {
  const price = held(`${C}.price`);
  const start = seconds(held, "priceStart");
  if (typeof price !== "number" || start === undefined) return null;
  const end = seconds(held, "priceEnd");
  return { periodStart: start, periodEnd: end === undefined || end <= start ? null : end, price: money(price) };
}

function ahead(held: Held): object[] {
  const prices = pricesIn(held(`${C}.prices`));
  return prices.slice(0, MOST_AHEAD).flatMap(({ from, perKwh }, at) => {
    const next = prices[at + 1]?.from;
    return next !== undefined && next - from > 1
      ? [{ periodStart: from, periodEnd: last(next), price: money(perKwh) }]
      : [];
  });
}

const foretells = (source: Source): boolean => has(source, C, "prices");

/** Commodity Price (9.9): what the tariff costs now, and, from the hub's own tariff, what it will. */
export const commodityPrice = bridgeCluster({
  cluster: "CommodityPrice",
  features: (source) => (foretells(source) ? ["Forecasting"] : []),
  fixed: (source) => ({
    ...{ tariffUnit: 0, currency: null, currentPrice: null },
    ...(foretells(source) ? { priceForecast: [] } : {}),
  }),
  state: (held, source) => {
    const currency = numberOfCurrency(held(`${C}.currency`));
    const unit = held(`${C}.tariffUnit`);
    // A number without a currency is no price.
    const price = currency === undefined ? null : current(held);
    return {
      tariffUnit: unit === "kVAh" ? units.kVAh : units.kWh,
      currency: currency === undefined ? null : { currency, decimalPoints: POINTS },
      currentPrice: price,
      ...(foretells(source) ? { priceForecast: price?.periodEnd ? ahead(held) : [] } : {}),
    };
  },
  events: (before, after) =>
    JSON.stringify(before.currentPrice) === JSON.stringify(after.currentPrice)
      ? []
      : [{ name: "priceChange", payload: { currentPrice: after.currentPrice } }],
});
