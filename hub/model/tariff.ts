import type { ClockTime } from "./plan.ts";

/** A part of the day; from > to runs over midnight. Weekdays 1 = Monday .. 7 = Sunday; none means every day. */
export interface Band {
  readonly from: ClockTime;
  readonly to: ClockTime;
  readonly weekdays?: readonly number[];
}

/** What energy costs, as data. Prices per kWh in the home's currency. The first band that holds counts. */
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
