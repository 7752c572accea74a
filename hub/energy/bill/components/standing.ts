import type { Standing } from "../../../model/tariff-book.ts";
import { exact } from "../exact.ts";
import type { ComponentKind } from "./kind.ts";

/** What is owed for each day, energy or none. */
export const standing: ComponentKind<Standing> = {
  bill({ label, amount, per }, { days }) {
    const daily = days.map((d) => (per === "day" ? amount : amount / (per === "month" ? d.monthDays : d.yearDays)));
    return [
      {
        label,
        role: "standing",
        unit: "days",
        rate: per === "day" ? amount : undefined,
        quantity: Float64Array.from(days, (d) => exact(d.share)),
        amount: Float64Array.from(days, (d, i) => exact((daily[i] ?? 0) * d.share)),
      },
    ];
  },
  marginal: () => [],
};
