import type { Percent } from "../../../model/tariff-book.ts";
import { exact } from "../exact.ts";
import type { ComponentKind } from "./kind.ts";

/** A percentage on the lines before it. */
export const percent: ComponentKind<Percent> = {
  bill({ label, percent: share, of }, calendar, before) {
    const lines = before.filter((line) => of.includes(line.role));
    const base = Float64Array.from(calendar.days, (_, d) =>
      lines.reduce((sum, line) => sum + (line.amount[d] ?? 0), 0),
    );
    const amount = base.map((value) => exact((value * share) / 100));
    return [{ label, role: "tax", unit: "of", rate: share / 100, quantity: base, amount }];
  },
  marginal: ({ percent: share, of }, _, before) =>
    before
      .filter((part) => of.includes(part.role))
      .map((part) => ({ ...part, role: "tax", perKwh: (part.perKwh * share) / 100 })),
};
