/** What energy costs, as contracts made of components. All prices in the book's currency. */
import type { Band } from "./tariff.ts";

/** A day by the calendar on the wall, YYYY-MM-DD. */
export type LocalDate = string;

/** A day of any year, MM-DD. */
export type YearDay = string;

/** Who a line's money goes to; percentages, caps and net metering pick lines by it. */
export type Role = "energy" | "grid" | "tax" | "standing" | "export" | "credit";

export type Direction = "import" | "export";

/** A part of some days. The day of hours over midnight is the one on which they begin. */
export interface TariffBand extends Band {
  readonly weekdays?: readonly number[] | undefined;
  /** First and last day, both in it; from after to runs over New Year. */
  readonly season?: { readonly from: YearDay; readonly to: YearDay } | undefined;
  /** Only on days of one of these lists of the book (`holidays` is always there). */
  readonly onDays?: readonly string[] | undefined;
  /** Never on days of these lists. */
  readonly notOnDays?: readonly string[] | undefined;
}

/** A price per kWh by season, day and hour; the first band that holds counts. Also grid fees and taxes per kWh. */
export interface PerKwh {
  readonly kind: "perKwh";
  readonly label: string;
  readonly role: Role;
  /** Exported energy earns what imported energy costs. */
  readonly direction: Direction;
  readonly bands: readonly (TariffBand & { readonly perKwh: number; readonly label?: string | undefined })[];
  /** Outside all bands. */
  readonly perKwh: number;
}

/** A price that is published: `factor` x (the series within floor and ceiling, less `above`, at least 0 then) + `perKwh`. */
export interface DynamicPrice {
  readonly kind: "dynamic";
  readonly label: string;
  readonly role: Role;
  readonly direction: Direction;
  /** Id of a stored price series. */
  readonly series: string;
  /** 1 is the series itself; -0.9 gives nine tenths of it back. */
  readonly factor: number;
  /** Added per kWh. */
  readonly perKwh: number;
  readonly floor?: number | undefined;
  readonly ceiling?: number | undefined;
  /** Only what the series is above this counts. */
  readonly above?: number | undefined;
}

export interface Standing {
  readonly kind: "standing";
  readonly label: string;
  readonly amount: number;
  /** Charged day by day: a month's or a year's amount is divided by its days. */
  readonly per: "day" | "month" | "year";
}

/** A price per kWh that changes with what was imported since the period began. */
export interface Tiers {
  readonly kind: "tiers";
  readonly label: string;
  readonly role: Role;
  readonly per: "day" | "month" | "year";
  /** Where the billing period does not begin with the calendar's: of a month its day counts, of a year all. */
  readonly starts?: YearDay | undefined;
  /** kWh up to which each price holds, rising; the last without an end. */
  readonly steps: readonly { readonly upTo?: number | undefined; readonly perKwh: number }[];
  /** The steps are kWh for each day of the period, as a baseline allowance is. */
  readonly perDay: boolean;
}

/** A charge on the highest power drawn. */
export interface PeakPower {
  readonly kind: "peak";
  readonly label: string;
  readonly windowMinutes: 15 | 30 | 60;
  /** The mean of so many highest windows of a month, and whether each must be of another day. */
  readonly highest: number;
  readonly onDifferentDays: boolean;
  /** The mean of so many months up to this one. */
  readonly months: number;
  /** A month's peak counts for at least this, kW. */
  readonly atLeastKw: number;
  /** Money per kW and month or year; with `steps` it is nothing. */
  readonly perKw: number;
  readonly per: "month" | "year";
  /** Fixed amounts a month by the peak, kW rising, the last without an end. */
  readonly steps?: readonly { readonly upToKw?: number | undefined; readonly perMonth: number }[] | undefined;
  /** How much of the power counts in some hours, 0..1, and outside them. */
  readonly bands: readonly (TariffBand & { readonly share: number })[];
  readonly outside: number;
}

/** Exported energy is taken off imported energy of the same period. */
export interface NetMetering {
  readonly kind: "netMetering";
  readonly label: string;
  readonly per: "month" | "year";
  readonly starts?: YearDay | undefined;
  /** Which prices of imported energy are saved. */
  readonly of: readonly Role[];
  /** Paid for what was exported beyond. */
  readonly surplusPerKwh: number;
}

/** A percentage on the lines before it: VAT and the like. */
export interface Percent {
  readonly kind: "percent";
  readonly label: string;
  readonly percent: number;
  readonly of: readonly Role[];
}

/** What the lines before it may come to in a month. */
export interface Cap {
  readonly kind: "cap";
  readonly label: string;
  readonly of: readonly Role[];
  readonly atMost?: number | undefined;
  readonly atLeast?: number | undefined;
}

export type TariffComponent = PerKwh | DynamicPrice | Standing | Tiers | PeakPower | NetMetering | Percent | Cap;

/** Holds from the first moment of a local day until the next contract does. */
export interface Contract {
  readonly id: string;
  readonly name: string;
  readonly validFrom: LocalDate;
  readonly components: readonly TariffComponent[];
}

/** Grid intensity where no series tells it: g CO2 per imported kWh. */
export interface GridCo2 {
  readonly bands: readonly (TariffBand & { readonly gPerKwh: number })[];
  readonly gPerKwh: number;
  /** Id of a stored series that counts where it is known. */
  readonly series?: string | undefined;
}

export interface TariffBook {
  readonly currency: string;
  /** By validity, the earliest first. */
  readonly contracts: readonly Contract[];
  /** Contracts to compare with; not in force. */
  readonly offers: readonly Contract[];
  /** Whose public holidays the list `holidays` has, ISO 3166; none: only the person's own. */
  readonly holidayCountry?: string | undefined;
  /** The person's own days by list; `holidays` adds to the country's. */
  readonly dayLists: readonly { readonly name: string; readonly days: readonly LocalDate[] }[];
  readonly co2: GridCo2;
}

/** Values over time: each holds from its start until the next; NaN from where nothing is known. */
export interface Series {
  /** Epoch ms, rising. */
  readonly starts: Float64Array;
  readonly values: Float64Array;
}

export type KnownSeries = ReadonlyMap<string, Series>;
