/** What energy cost over some days. Amounts in the book's currency, not rounded; what is earned is negative. */
import type { EnergyBasis } from "./energy.ts";
import type { LocalDate, Role } from "./tariff-book.ts";

export interface BillLine {
  /** The contract's name, where the time was under more than one. */
  readonly contract?: string | undefined;
  readonly label: string;
  readonly role: Role;
  readonly quantity: number;
  /** `of` is money that a percentage is of. */
  readonly unit: "kWh" | "days" | "kW months" | "kW years" | "of";
  /** Money per unit; absent where it changed from hour to hour. */
  readonly rate?: number | undefined;
  readonly amount: number;
  /** What the line rests on beyond its own days: such lines of two halves need not add up. */
  readonly note?: string | undefined;
}

export interface BillDay {
  readonly day: LocalDate;
  /** 23 or 25 where the clock is changed. */
  readonly hours: number;
  /** Hours for which the energy is known. */
  readonly knownHours: number;
  readonly importedKwh: number;
  readonly exportedKwh: number;
  readonly co2Kg: number;
  readonly amount: number;
}

export interface BillMonth {
  /** YYYY-MM */
  readonly month: string;
  readonly days: number;
  readonly importedKwh: number;
  readonly exportedKwh: number;
  readonly co2Kg: number;
  readonly amount: number;
}

export interface Bill {
  readonly from: number;
  readonly to: number;
  readonly currency: string;
  readonly lines: readonly BillLine[];
  readonly days: readonly BillDay[];
  readonly months: readonly BillMonth[];
  /** Exactly the sum of the lines, of the days and of the months. */
  readonly total: number;
  readonly importedKwh: number;
  readonly exportedKwh: number;
  /** Of imported energy. */
  readonly co2Kg: number;
  readonly basis: EnergyBasis;
  readonly coverage: {
    /** Share of the time for which the energy is known, 0..1. */
    readonly share: number;
    readonly hours: number;
    readonly knownHours: number;
    /** Energy whose price is not known: it is not in the total. */
    readonly unpricedKwh: number;
    /** Days before the first contract: their energy is not in the total. */
    readonly daysWithoutContract: number;
  };
}
