import { billOf } from "../../hub/energy/bill/bill.ts";
import { atLocalMinutes, localTime } from "../../hub/energy/clock.ts";
import { tariffForms } from "../../hub/energy/tariff-forms/index.ts";
import type { Bill } from "../../hub/model/bill.ts";
import type { EnergySlots } from "../../hub/model/energy.ts";
import type { KnownSeries, Series, TariffBook, TariffComponent } from "../../hub/model/tariff-book.ts";

export const HOUR = 3_600_000;
export const QUARTER = HOUR / 4;

/** Epoch ms of a local midnight. */
export function midnight(day: string, zone: string): number {
  const noon = Date.parse(`${day}T12:00:00Z`);
  // Far in the east noon in Greenwich is tomorrow already.
  const at = [0, -12, 12].map((h) => noon + h * HOUR).find((t) => localTime(t, zone).day === day) ?? noon;
  return atLocalMinutes(at, 0, zone);
}

/** Imported and exported kWh of a slot that begins at a local time. */
export type Load = (local: {
  day: string;
  minutes: number;
  at: number;
}) => readonly [imported: number, exported: number];

/** Slots that are wholly known, from one local midnight to another. */
export function slotsOf(zone: string, from: string, to: string, slotMs: number, load: Load): EnergySlots {
  const [start, end] = [midnight(from, zone), midnight(to, zone)];
  const count = Math.round((end - start) / slotMs);
  const rows = Array.from({ length: count }, (_, i) => {
    const at = start + i * slotMs;
    return load({ ...localTime(at, zone), at });
  });
  return {
    from: start,
    slotMs,
    importedKwh: Float64Array.from(rows, ([imported]) => imported),
    exportedKwh: Float64Array.from(rows, ([, exported]) => exported),
    coverage: new Float64Array(count).fill(1),
    basis: "counter",
  };
}

/** A form as the only contract of a book, from the beginning of time. */
export function bookOfForm(id: string, dayLists: TariffBook["dayLists"] = []): TariffBook {
  const form = tariffForms.find((f) => f.id === id);
  if (!form) throw new Error(`there is no form ${id}`);
  return bookWith(form.components, { dayLists, currency: form.currency, holidayCountry: form.holidayCountry });
}

export const bookWith = (components: readonly TariffComponent[], more: Partial<TariffBook> = {}): TariffBook => ({
  currency: "EUR",
  contracts: [{ id: "a", name: "A", validFrom: "1970-01-01", components }],
  offers: [],
  dayLists: [],
  co2: { bands: [], gPerKwh: 400 },
  ...more,
});

/** A published price by local hour, for as long as the slots last. */
export function dayAhead(zone: string, grid: EnergySlots, price: (hour: number, day: string) => number): KnownSeries {
  const hours = Math.ceil((grid.importedKwh.length * grid.slotMs) / HOUR);
  const starts = Float64Array.from({ length: hours + 1 }, (_, i) => grid.from + i * HOUR);
  const values = starts.map((at, i) => {
    const { minutes, day } = localTime(at, zone);
    return i === hours ? Number.NaN : price(Math.floor(minutes / 60), day);
  });
  const series: Series = { starts, values };
  return new Map([["day-ahead", series]]);
}

export const billDays = (
  book: TariffBook,
  grid: EnergySlots,
  zone: string,
  from: string,
  to: string,
  series?: KnownSeries,
): Bill => billOf(book, grid, midnight(from, zone), midnight(to, zone), zone, series);

/** As a bill shows it. */
export const cents = (amount: number): string => amount.toFixed(2);
