import { capability } from "../capability.ts";
import { moment } from "./shapes.ts";

const money = { type: "number", unit: "1/kWh", min: -10_000, max: 10_000 } as const;

/** Prices are in whole units of the currency for a kWh (or kVAh, as `tariffUnit` says); Matter's structs are laid flat. */
export const commodityPrice = capability({
  name: "commodityPrice",
  label: "Electricity price",
  matter: "CommodityPrice",
  attributes: {
    price: { ...money, label: "Price now", kind: "measurement", ours: true },
    priceLevel: { type: "number", unit: "1", min: -32_768, max: 32_767, label: "Price level", ours: true },
    priceStart: { ...moment, label: "Price since", ours: true },
    priceEnd: { ...moment, label: "Price until", ours: true },
    nextPrice: { ...money, label: "Next price", ours: true },
    nextPriceStart: { ...moment, label: "Next price from", ours: true },
    lowestPrice: { ...money, label: "Lowest price ahead", ours: true },
    lowestPriceStart: { ...moment, label: "Lowest price from", ours: true },
    forecastEnd: { ...moment, label: "Prices known until", ours: true },
    currency: { type: "string", maxLength: 12, label: "Currency" },
    tariffUnit: { type: "enum", values: ["kWh", "kVAh"], label: "Counted in" },
  },
  commands: {},
});
