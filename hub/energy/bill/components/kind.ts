import type { Direction, KnownSeries, Role, TariffBook, TariffComponent } from "../../../model/tariff-book.ts";
import type { Calendar } from "../calendar.ts";
import type { DayFacts } from "../days.ts";

/** A line of a bill, day by day; amounts are what is owed, so that what is earned is negative. */
export interface LineDays {
  readonly label: string;
  readonly role: Role;
  readonly unit: "kWh" | "days" | "kW months" | "kW years" | "of";
  /** Per unit; undefined where it changed from hour to hour. */
  readonly rate: number | undefined;
  /** One value a day of the calendar. Both add up exactly. */
  readonly quantity: Float64Array;
  readonly amount: Float64Array;
  /** What such a line rests on beyond its own days. */
  readonly note?: string;
  /** kWh that could not be priced, one value a day. */
  readonly unpricedKwh?: Float64Array;
}

/** What one more kWh at a moment costs, or earns when it is exported. */
export interface MarginalPart {
  readonly role: Role;
  readonly direction: Direction;
  readonly perKwh: number;
  /** A price that is not published yet was taken from an earlier day. */
  readonly guess: boolean;
}

export interface Moment {
  readonly at: number;
  readonly minutes: number;
  readonly today: DayFacts;
  readonly yesterday: DayFacts;
  readonly book: TariffBook;
  readonly series: KnownSeries;
}

/** How one form of price is charged. Pure; `before` are the lines of the components that stand before it. */
export interface ComponentKind<C extends TariffComponent> {
  bill(component: C, calendar: Calendar, before: readonly LineDays[]): readonly LineDays[];
  /** Nothing where the next kWh changes nothing, or nothing that can be said now. */
  marginal(component: C, moment: Moment, before: readonly MarginalPart[]): readonly MarginalPart[];
}
