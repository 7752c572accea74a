/** What metered energy cost under a book of contracts. */
import type { Bill, BillDay, BillLine, BillMonth } from "../../model/bill.ts";
import type { EnergySlots } from "../../model/energy.ts";
import type { Contract, KnownSeries, LocalDate, TariffBook } from "../../model/tariff-book.ts";
import { type Calendar, calendarOf, under } from "./calendar.ts";
import { co2Days } from "./co2.ts";
import { linesOf } from "./components/index.ts";
import type { LineDays } from "./components/kind.ts";
import { exact, sum } from "./exact.ts";

const HOUR = 3_600_000;
const noSeries: KnownSeries = new Map();

interface Valid {
  readonly contract: Contract;
  readonly until: LocalDate | undefined;
}

const sortedBooks = new WeakMap<TariffBook, readonly Valid[]>();

/** The contracts by validity, each with the day on which the next one begins. */
export function inForce(book: TariffBook): readonly Valid[] {
  const known = sortedBooks.get(book);
  if (known) return known;
  const sorted = [...book.contracts].sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1));
  const valid = sorted.map((contract, i) => ({ contract, until: sorted[i + 1]?.validFrom }));
  sortedBooks.set(book, valid);
  return valid;
}

interface Charged {
  readonly line: BillLine;
  readonly byDay: ReadonlyMap<LocalDate, number>;
  readonly unpricedKwh: number;
}

function charge(line: LineDays, calendar: Calendar, contract: string | undefined): Charged {
  const byDay = new Map<LocalDate, number>();
  let quantity = 0;
  let unpricedKwh = 0;
  calendar.days.forEach((day, d) => {
    if (!day.billed) return;
    quantity += line.quantity[d] ?? 0;
    unpricedKwh += line.unpricedKwh?.[d] ?? 0;
    byDay.set(day.facts.day, line.amount[d] ?? 0);
  });
  const { label, role, unit, rate, note } = line;
  const amount = sum(byDay.values());
  return { line: { contract, label, role, quantity, unit, rate, amount, note }, byDay, unpricedKwh };
}

function dayOf(calendar: Calendar, d: number, amount: number, co2Kg: number): BillDay | undefined {
  const day = calendar.days[d];
  if (!day?.billed) return undefined;
  let known = 0;
  for (let slot = day.first; slot < day.end; slot++)
    if (!Number.isNaN(calendar.importedKwh[slot] ?? Number.NaN))
      known += (calendar.coverage[slot] ?? 0) * calendar.slotMs;
  return {
    day: day.facts.day,
    hours: exact((day.share * (day.to - day.from)) / HOUR),
    knownHours: exact(known / HOUR),
    importedKwh: exact(day.importedKwh),
    exportedKwh: exact(day.exportedKwh),
    co2Kg,
    amount,
  };
}

function monthsOf(days: readonly BillDay[]): BillMonth[] {
  const months = new Map<string, BillDay[]>();
  for (const day of days) {
    const list = months.get(day.day.slice(0, 7));
    if (list) list.push(day);
    else months.set(day.day.slice(0, 7), [day]);
  }
  return Array.from(months, ([month, list]) => ({
    month,
    days: list.length,
    importedKwh: sum(list.map((d) => d.importedKwh)),
    exportedKwh: sum(list.map((d) => d.exportedKwh)),
    co2Kg: sum(list.map((d) => d.co2Kg)),
    amount: sum(list.map((d) => d.amount)),
  }));
}

/**
 * The bill for [from, to) (epoch ms) of the house meter's energy. `grid` may tell of more than that: days around it count
 * for what a month or a year decides (steps, peaks, caps, net metering), so give whole months, and a year where the tariff
 * asks for it. Energy that is not known is not charged; the coverage says how much is known. Slots may be of 5 or 15
 * minutes or whole quarter hours; coarser ones are taken as even. Throws RangeError for a stretch of more than eleven years,
 * or one that ends before it begins.
 */
export function billOf(
  book: TariffBook,
  grid: EnergySlots,
  from: number,
  to: number,
  timeZone: string,
  series: KnownSeries = noSeries,
): Bill {
  if (!(to > from)) throw new RangeError("to: must be after from");
  const calendar = calendarOf(book, series, grid, { from, to }, timeZone);
  const contracts = inForce(book);
  const charged: Charged[] = [];
  let covered = 0;
  for (const { contract, until } of contracts) {
    const own = under(calendar, contract, until);
    const billed = own.days.filter((day) => day.billed).length;
    if (billed === 0) continue;
    covered += billed;
    const name = contracts.length > 1 ? contract.name : undefined;
    for (const line of linesOf(contract.components, own)) charged.push(charge(line, own, name));
  }
  const co2 = co2Days(calendar);
  const amounts = (day: LocalDate) => sum(charged.map(({ byDay }) => byDay.get(day) ?? 0));
  const days = calendar.days.flatMap((day, d) => dayOf(calendar, d, amounts(day.facts.day), co2[d] ?? 0) ?? []);
  const hours = sum(days.map((d) => d.hours));
  const knownHours = sum(days.map((d) => d.knownHours));
  return {
    from,
    to,
    currency: book.currency,
    lines: charged.map(({ line }) => line),
    days,
    months: monthsOf(days),
    total: sum(days.map((d) => d.amount)),
    importedKwh: sum(days.map((d) => d.importedKwh)),
    exportedKwh: sum(days.map((d) => d.exportedKwh)),
    co2Kg: sum(days.map((d) => d.co2Kg)),
    basis: grid.basis,
    coverage: {
      share: hours > 0 ? knownHours / hours : 0,
      hours,
      knownHours,
      unpricedKwh: sum(charged.map((c) => c.unpricedKwh)),
      daysWithoutContract: days.length - covered,
    },
  };
}
