/** Metered energy laid out on local days, ready to be priced. */
import type { EnergySlots } from "../../model/energy.ts";
import type { Contract, KnownSeries, LocalDate, TariffBand, TariffBook } from "../../model/tariff-book.ts";
import { localTime, startOfLocalDay } from "../clock.ts";
import { type DayFacts, dayBefore, dayFacts, firstHolding, onDay, readyBands } from "./days.ts";

const HOUR = 3_600_000;
const QUARTER = HOUR / 4;
/** A bill may look at so many days: eleven years. */
const MAX_DAYS = 4_020;

/** A local day. Slots belong to the day in which they begin. */
export interface CalendarDay {
  readonly facts: DayFacts;
  /** YYYY-MM */
  readonly month: string;
  /** Epoch ms; 23, 24 or 25 hours. */
  readonly from: number;
  readonly to: number;
  /** Slots of it that are priced. */
  readonly first: number;
  readonly end: number;
  readonly billed: boolean;
  /** How much of the day counts, 0..1: less than 1 only where a bill begins or ends within it. */
  readonly share: number;
  readonly monthDays: number;
  readonly yearDays: number;
  /** What is known of the slots that are priced. */
  readonly importedKwh: number;
  readonly exportedKwh: number;
}

/** All days that the energy tells of; those not billed count for steps and peaks. */
export interface Calendar {
  readonly book: TariffBook;
  readonly series: KnownSeries;
  readonly days: readonly CalendarDay[];
  readonly slotMs: number;
  /** Length of the slots as they were measured. */
  readonly measuredMs: number;
  readonly at: (slot: number) => number;
  /** Minutes since local midnight by the clock on the wall. */
  readonly minutes: Int16Array;
  /** kWh a slot; NaN: not known. */
  readonly importedKwh: Float64Array;
  readonly exportedKwh: Float64Array;
  readonly coverage: Float64Array;
}

const daysInMonth = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();
const daysInYear = (year: number): number => (Date.UTC(year + 1, 0, 1) - Date.UTC(year, 0, 1)) / (24 * HOUR);

/** Coarse slots are cut into quarter hours of equal energy, because prices and days change on quarter hours. */
function cut(grid: EnergySlots): Pick<Calendar, "slotMs" | "importedKwh" | "exportedKwh" | "coverage"> {
  const { slotMs, importedKwh, exportedKwh, coverage } = grid;
  if (slotMs <= QUARTER) return { slotMs, importedKwh, exportedKwh, coverage };
  if (slotMs % QUARTER !== 0) throw new RangeError("slotMs: slots over 15 minutes must be whole quarter hours");
  const parts = slotMs / QUARTER;
  const spread = (values: Float64Array, by: number) =>
    Float64Array.from({ length: values.length * parts }, (_, i) => (values[Math.floor(i / parts)] ?? Number.NaN) / by);
  return {
    slotMs: QUARTER,
    importedKwh: spread(importedKwh, parts),
    exportedKwh: spread(exportedKwh, parts),
    coverage: spread(coverage, 1),
  };
}

function knownSum(energy: Float64Array, first: number, end: number): number {
  let sum = 0;
  for (let slot = first; slot < end; slot++) {
    const value = energy[slot] ?? Number.NaN;
    if (value > 0) sum += value;
  }
  return sum;
}

export interface Span {
  readonly from: number;
  readonly to: number;
}

/** The local days from the earliest moment that is told of to the last. Throws RangeError for more than eleven years. */
export function localDays(span: Span, zone: string): { readonly day: LocalDate; readonly from: number; to: number }[] {
  const days: { day: LocalDate; from: number; to: number }[] = [];
  let from = startOfLocalDay(span.from, zone);
  while (from < span.to) {
    if (days.length >= MAX_DAYS) throw new RangeError(`to: a bill looks at ${MAX_DAYS} days at most`);
    const to = startOfLocalDay(from + 36 * HOUR, zone);
    days.push({ day: localTime(from + 12 * HOUR, zone).day, from, to });
    from = to;
  }
  return days;
}

/** Lays energy out on days; `billed` are the moments that are charged. */
export function calendarOf(
  book: TariffBook,
  series: KnownSeries,
  grid: EnergySlots,
  billed: Span,
  zone: string,
): Calendar {
  const slots = cut(grid);
  const count = slots.importedKwh.length;
  const gridEnd = grid.from + count * slots.slotMs;
  const minutes = new Int16Array(count);
  const indexAt = (time: number) => Math.min(count, Math.max(0, Math.ceil((time - grid.from) / slots.slotMs)));
  const span = { from: Math.min(grid.from, billed.from), to: Math.max(gridEnd, billed.to) };
  const days = localDays(count === 0 ? billed : span, zone).map(({ day, from, to }): CalendarDay => {
    const lo = indexAt(from);
    const hi = indexAt(to);
    const plain = to - from === 24 * HOUR;
    for (let i = lo; i < hi; i++) {
      const time = grid.from + i * slots.slotMs;
      minutes[i] = plain ? (time - from) / 60_000 : localTime(time, zone).minutes;
    }
    const within = Math.max(0, Math.min(to, billed.to) - Math.max(from, billed.from));
    const [year = 0, month = 0] = day.split("-").map(Number);
    // A day that is billed in part is priced in that part only.
    const first = within > 0 ? indexAt(Math.max(from, billed.from)) : lo;
    const end = within > 0 ? indexAt(Math.min(to, billed.to)) : hi;
    return {
      facts: dayFacts(book, day),
      month: day.slice(0, 7),
      from,
      to,
      first,
      end,
      billed: within > 0,
      share: within > 0 ? within / (to - from) : 1,
      monthDays: daysInMonth(year, month),
      yearDays: daysInYear(year),
      importedKwh: knownSum(slots.importedKwh, first, end),
      exportedKwh: knownSum(slots.exportedKwh, first, end),
    };
  });
  const at = (slot: number) => grid.from + slot * slots.slotMs;
  return { book, series, days, ...slots, measuredMs: grid.slotMs, at, minutes };
}

/** The days on which a contract holds, of all days that are told of. */
export const under = (calendar: Calendar, contract: Contract, until: LocalDate | undefined): Calendar => ({
  ...calendar,
  days: calendar.days.filter(
    ({ facts }) => facts.day >= contract.validFrom && (until === undefined || facts.day < until),
  ),
});

const STEP_MINUTES = 5;
const STEPS = (24 * 60) / STEP_MINUTES;

/**
 * Calls back for each slot of each day with the band that holds then, -1 for none. Days on which the same bands may hold
 * share one table of five-minute steps.
 */
export function eachBand(
  calendar: Calendar,
  bands: readonly TariffBand[],
  visit: (day: number, slot: number, band: number) => void,
): void {
  const ready = readyBands(bands);
  const tables = new Map<string, Int16Array>();
  calendar.days.forEach((day, d) => {
    const before = dayFacts(calendar.book, dayBefore(day.facts.day));
    const today = bands.map((band) => onDay(band, day.facts));
    const yesterday = bands.map((band) => onDay(band, before));
    const key = [...today, "/", ...yesterday].map(Number).join("");
    let table = tables.get(key);
    if (!table) {
      table = Int16Array.from({ length: STEPS }, (_, i) => firstHolding(ready, i * STEP_MINUTES, today, yesterday));
      tables.set(key, table);
    }
    for (let slot = day.first; slot < day.end; slot++)
      visit(d, slot, table[Math.floor((calendar.minutes[slot] ?? 0) / STEP_MINUTES)] ?? -1);
  });
}
