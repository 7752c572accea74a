import type { TariffComponent } from "../../model/tariff-book.ts";

/** A real form of tariff to begin from; its numbers are of the size that such tariffs have, and the person puts in their own. */
export interface TariffForm {
  readonly id: string;
  /** ISO 3166. */
  readonly country: string;
  readonly name: string;
  readonly words: string;
  readonly currency: string;
  readonly holidayCountry?: string;
  /** Lists of days that the person has to fill, besides public holidays. */
  readonly dayLists?: readonly string[];
  readonly components: readonly TariffComponent[];
}

/** The series that a form with published prices begins with. */
export const DAY_AHEAD = "day-ahead";

/** A price per imported kWh that is the same all the time. */
export const always = (label: string, role: "energy" | "grid" | "tax", perKwh: number): TariffComponent => ({
  kind: "perKwh",
  label,
  role,
  direction: "import",
  bands: [],
  perKwh,
});

/** A price per exported kWh that is the same all the time. */
export const paid = (perKwh: number): TariffComponent => ({
  kind: "perKwh",
  label: "Paid for what you give",
  role: "export",
  direction: "export",
  bands: [],
  perKwh,
});

/** A published price and a supplier's markup on it. */
export const published = (label: string, perKwh: number): TariffComponent => ({
  kind: "dynamic",
  label,
  role: "energy",
  direction: "import",
  series: DAY_AHEAD,
  factor: 1,
  perKwh,
});

export const standing = (label: string, amount: number, per: "day" | "month" | "year"): TariffComponent => ({
  kind: "standing",
  label,
  amount,
  per,
});

/** VAT on all that is paid. */
export const vat = (percent: number): TariffComponent => ({
  kind: "percent",
  label: `VAT ${percent} %`,
  percent,
  of: ["energy", "grid", "tax", "standing"],
});
