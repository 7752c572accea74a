import { capability } from "../capability.ts";
import { moment } from "./shapes.ts";

/** The sum over the components of the tariff. */
export const commodityMetering = capability({
  name: "commodityMetering",
  label: "Metering",
  matter: "CommodityMetering",
  attributes: {
    quantity: {
      type: "number",
      unit: "kWh",
      min: -100_000_000,
      max: 100_000_000,
      label: "Metered",
      kind: "measurement",
      ours: true,
    },
    meteredQuantityTimestamp: { ...moment, label: "Metered at" },
    tariffUnit: { type: "enum", values: ["kWh", "kVAh"], label: "Counted in" },
  },
  commands: {},
});
