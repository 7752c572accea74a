import { capability } from "../capability.ts";
import { moment, yesNo } from "./shapes.ts";

const money = { type: "number", unit: "1/kWh", min: -10_000, max: 10_000 } as const;

/** What holds now and next, laid flat out of Matter's structs; the calendar behind it stays the device's. */
export const commodityTariff = capability({
  name: "commodityTariff",
  label: "Tariff",
  matter: "CommodityTariff",
  attributes: {
    tariffLabel: { type: "string", maxLength: 128, label: "Tariff", ours: true },
    providerName: { type: "string", maxLength: 128, label: "Supplier", ours: true },
    currency: { type: "string", maxLength: 12, label: "Currency", ours: true },
    tariffUnit: { type: "enum", values: ["kWh", "kVAh"], label: "Counted in" },
    startDate: { ...moment, label: "Holds from" },
    price: { ...money, label: "Price now", kind: "measurement", ours: true },
    priceLevel: { type: "number", unit: "1", min: -32_768, max: 32_767, label: "Price level", ours: true },
    priceLabel: { type: "string", maxLength: 128, label: "Rate now", ours: true },
    peakPeriod: { type: "enum", values: ["unused", "low", "medium", "high"], label: "Peak", ours: true },
    friendlyCredit: { ...yesNo, label: "Friendly credit", ours: true },
    currentDayEntryDate: { ...moment, label: "Rate since" },
    nextPrice: { ...money, label: "Next price", ours: true },
    nextPriceLabel: { type: "string", maxLength: 128, label: "Next rate", ours: true },
    nextDayEntryDate: { ...moment, label: "Next rate from" },
  },
  commands: {},
});
