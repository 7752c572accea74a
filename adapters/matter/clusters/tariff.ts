import { scaled, wireNumber, words } from "./codecs.ts";
import { currencyOf } from "./currency.ts";
import { amount, field, label, list, partOf, truth, word } from "./structs.ts";
import { type AttributeCodec, type ClusterTable, clusterTable, type PartCodec, type Siblings } from "./table.ts";

const tariffUnit = words({ 0: "kWh", 1: "kVAh" });

/** A price in the smallest unit that the currency's decimal points make (money, 7.19.2.40), in whole units. */
function money(wire: unknown, currency: unknown): number | null | undefined {
  const points = wireNumber(field(currency, "decimalPoints"));
  if (wire === null || wire === undefined || points === undefined || points < 0 || points > 12) return null;
  return amount(wire, 10 ** points);
}

type Read = (struct: object, siblings: Siblings) => ReturnType<PartCodec["decode"]>;
const of = (name: string, read: Read): PartCodec => ({
  of: name,
  decode: (wire, siblings) => partOf(name, (struct) => read(struct, siblings)).decode(wire, siblings),
});
const ofList = (
  name: string,
  read: (entries: readonly unknown[], siblings: Siblings) => ReturnType<Read>,
): PartCodec => ({
  of: name,
  decode: (wire, siblings) => {
    if (wire === null) return null;
    return Array.isArray(wire) ? read(list(wire), siblings) : undefined;
  },
});

const currency: AttributeCodec = {
  decode: (wire) => (wire === null ? null : currencyOf(field(wire, "currency"))),
};
const price = (entry: unknown, siblings: Siblings) => money(field(entry, "price"), siblings("currency"));

/** The entry of the lowest price (7.19.2.40); entries without one do not count. */
function lowest(entries: readonly unknown[]): unknown {
  let best: unknown;
  let least = Number.POSITIVE_INFINITY;
  for (const entry of entries) {
    const found = wireNumber(field(entry, "price"));
    if (found !== undefined && found < least) [best, least] = [entry, found];
  }
  return best;
}

/** Commodity Price (9.9). */
export const commodityPrice: ClusterTable = clusterTable({
  cluster: "CommodityPrice",
  id: 0x0095,
  capability: "commodityPrice",
  attributes: { tariffUnit, currency },
  parts: {
    price: of("currentPrice", price),
    priceLevel: of("currentPrice", (struct) => amount(field(struct, "priceLevel"), 1)),
    priceStart: of("currentPrice", (struct) => amount(field(struct, "periodStart"), 1)),
    priceEnd: of("currentPrice", (struct) => amount(field(struct, "periodEnd"), 1)),
    nextPrice: ofList("priceForecast", (entries, siblings) => price(entries[0], siblings)),
    nextPriceStart: ofList("priceForecast", (entries) => amount(field(entries[0], "periodStart"), 1)),
    lowestPrice: ofList("priceForecast", (entries, siblings) => price(lowest(entries), siblings)),
    lowestPriceStart: ofList("priceForecast", (entries) => amount(field(lowest(entries), "periodStart"), 1)),
    forecastEnd: ofList("priceForecast", (entries) => amount(field(entries.at(-1), "periodEnd"), 1)),
  },
});

/** The price of the components that hold together: their sum, as a bill adds them up. */
function together(entries: readonly unknown[], siblings: Siblings): number | null {
  const prices = entries
    .map((entry) => money(field(field(entry, "price"), "price"), field(siblings("tariffInfo"), "currency")))
    .filter((one) => typeof one === "number");
  return prices.length === 0 ? null : prices.reduce((sum, one) => sum + one, 0);
}
const first = (entries: readonly unknown[], name: string): unknown =>
  entries.map((entry) => field(entry, name)).find((found) => found !== undefined && found !== null);

/** Commodity Tariff (9.8). */
export const commodityTariff: ClusterTable = clusterTable({
  cluster: "CommodityTariff",
  id: 0x0700,
  capability: "commodityTariff",
  attributes: { tariffUnit, startDate: scaled(1), currentDayEntryDate: scaled(1), nextDayEntryDate: scaled(1) },
  parts: {
    tariffLabel: of("tariffInfo", (struct) => label(field(struct, "tariffLabel"), 128) ?? null),
    providerName: of("tariffInfo", (struct) => label(field(struct, "providerName"), 128) ?? null),
    currency: of("tariffInfo", (struct) => currencyOf(field(field(struct, "currency"), "currency")) ?? null),
    price: ofList("currentTariffComponents", together),
    priceLevel: ofList("currentTariffComponents", (entries) => amount(field(first(entries, "price"), "priceLevel"), 1)),
    priceLabel: ofList("currentTariffComponents", (entries) => label(first(entries, "label"), 128) ?? null),
    peakPeriod: ofList("currentTariffComponents", (entries) =>
      word(["unused", "low", "medium", "high"])(field(first(entries, "peakPeriod"), "severity")),
    ),
    friendlyCredit: ofList("currentTariffComponents", (entries) => truth(first(entries, "friendlyCredit"))),
    nextPrice: ofList("nextTariffComponents", together),
    nextPriceLabel: ofList("nextTariffComponents", (entries) => label(first(entries, "label"), 128) ?? null),
  },
});

/** Commodity Metering (9.11): quantities in mWh, as energy is everywhere in the standard. */
export const commodityMetering: ClusterTable = clusterTable({
  cluster: "CommodityMetering",
  id: 0x0b07,
  capability: "commodityMetering",
  attributes: { tariffUnit, meteredQuantityTimestamp: scaled(1) },
  parts: {
    quantity: ofList("meteredQuantity", (entries) => {
      const shares = entries.map((entry) => wireNumber(field(entry, "quantity")));
      if (shares.length === 0 || shares.some((share) => share === undefined)) return null;
      return amount(
        shares.reduce<number>((sum, share) => sum + (share ?? 0), 0),
        1e6,
      );
    }),
  },
  ignored: ["maximumMeteredQuantities"],
});
