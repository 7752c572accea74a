import type { NetMetering } from "../../../model/tariff-book.ts";
import { exact } from "../exact.ts";
import { periodStart } from "../period.ts";
import type { ComponentKind, LineDays } from "./kind.ts";

/**
 * What was exported is taken off what was imported in the same period, at the mean price that these lines had in it up to
 * the day; beyond that it earns the surplus price. What a later month of the period takes back is not foreseen.
 */
export const netMetering: ComponentKind<NetMetering> = {
  bill({ label, per, starts, of, surplusPerKwh }, calendar, before) {
    const count = calendar.days.length;
    const saved = { kwh: new Float64Array(count), money: new Float64Array(count) };
    const rest = { kwh: new Float64Array(count), money: new Float64Array(count) };
    const lines = before.filter((line) => of.includes(line.role));
    let period = "";
    let sums = { imported: 0, exported: 0, paid: 0, saved: 0, credit: 0 };
    calendar.days.forEach((day, d) => {
      const now = periodStart(day.facts.day, per, starts);
      if (now !== period) sums = { imported: 0, exported: 0, paid: 0, saved: 0, credit: 0 };
      period = now;
      sums.imported += day.importedKwh;
      sums.exported += day.exportedKwh;
      sums.paid += lines.reduce((sum, line) => sum + (line.amount[d] ?? 0), 0);
      const kwh = Math.min(sums.imported, sums.exported);
      const credit = sums.imported > 0 ? (sums.paid / sums.imported) * kwh : 0;
      const surplus = Math.max(0, sums.exported - sums.imported);
      const before = sums.exported - day.exportedKwh;
      const surplusBefore = Math.max(0, before - (sums.imported - day.importedKwh));
      saved.kwh[d] = exact(kwh - sums.saved);
      saved.money[d] = exact(-(credit - sums.credit));
      rest.kwh[d] = exact(surplus - surplusBefore);
      rest.money[d] = exact(-(surplus - surplusBefore) * surplusPerKwh);
      sums.saved = kwh;
      sums.credit = credit;
    });
    const note = `counted over the ${per}, or what is known of it`;
    const line = (name: string, rate: number | undefined, { kwh, money }: typeof saved): LineDays => ({
      label: name,
      role: "export",
      unit: "kWh",
      rate,
      quantity: kwh,
      amount: money,
      note,
    });
    return [line(label, undefined, saved), line(`${label}, surplus`, surplusPerKwh, rest)];
  },
  // While there is something to take it off, exported energy saves what imported energy costs.
  marginal: ({ of }, _, before) =>
    before
      .filter((part) => part.direction === "import" && of.includes(part.role))
      .map((part) => ({ ...part, role: "export", direction: "export" })),
};
