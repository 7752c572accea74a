import type { Cap } from "../../../model/tariff-book.ts";
import { exact } from "../exact.ts";
import type { ComponentKind } from "./kind.ts";

/** What some lines may come to in a month, at most or at least: the difference is a line of its own, spread over the days. */
export const cap: ComponentKind<Cap> = {
  bill({ label, of, atMost, atLeast }, { days }, before) {
    const lines = before.filter((line) => of.includes(line.role));
    const months = new Map<string, { sum: number; days: number; share: number }>();
    days.forEach((day, d) => {
      const month = months.get(day.month) ?? { sum: 0, days: 0, share: 0 };
      month.sum += lines.reduce((sum, line) => sum + (line.amount[d] ?? 0), 0);
      month.days += 1;
      month.share = month.days / day.monthDays;
      months.set(day.month, month);
    });
    const amount = Float64Array.from(days, (day) => {
      const month = months.get(day.month);
      if (!month) return 0;
      // A part of a month has its part of the bounds.
      const most = (atMost ?? Number.POSITIVE_INFINITY) * month.share;
      const least = (atLeast ?? Number.NEGATIVE_INFINITY) * month.share;
      const held = Math.max(least, Math.min(most, month.sum));
      return exact((held - month.sum) / month.days);
    });
    const quantity = Float64Array.from(days, (day) => exact(day.share));
    const note = "worked out for whole months, as far as they are known";
    return [{ label, role: "credit", unit: "days", rate: undefined, quantity, amount, note }];
  },
  marginal: () => [],
};
