import type { ClockTime } from "./plan.ts";
import type { KnownSeries, TariffBook } from "./tariff-book.ts";

/** A part of the day; from > to runs over midnight. Weekdays 1 = Monday .. 7 = Sunday; none means every day. */
export interface Band {
  readonly from: ClockTime;
  readonly to: ClockTime;
  readonly weekdays?: readonly number[] | undefined;
}

/** The simplest form of what energy costs, as data. Prices per kWh in the home's currency. The first band that holds counts. */
export interface Tariff {
  readonly name: string;
  readonly importBands: readonly (Band & { readonly perKwh: number })[];
  /** Outside all bands. */
  readonly importPerKwh: number;
  readonly exportPerKwh: number;
  readonly standingPerDay: number;
  /** Grid intensity, g CO2 per imported kWh. */
  readonly co2Bands: readonly (Band & { readonly gPerKwh: number })[];
  readonly co2GPerKwh: number;
}

/** A tariff as the hub reckons with it: where there is a book, its contracts count and the simple prices do not. */
export interface PricedTariff extends Tariff {
  readonly priced?: { readonly book: TariffBook; readonly series: KnownSeries } | undefined;
}
