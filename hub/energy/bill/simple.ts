/** The simplest tariff and the book say the same of each other where they can. */
import type { Tariff } from "../../model/tariff.ts";
import type { KnownSeries, TariffBook } from "../../model/tariff-book.ts";
import { localTime, startOfLocalDay } from "../clock.ts";
import { inForce } from "./bill.ts";
import { marginalAt } from "./marginal.ts";

/** Holds for all that was ever measured. */
export const ALWAYS = "1970-01-01";
const QUARTER = 900_000;
const QUARTERS = 96;

/** A simple tariff as a book of one contract that always held. */
export const bookOf = (tariff: Tariff, currency: string): TariffBook => ({
  currency,
  contracts: [
    {
      id: "simple",
      name: tariff.name,
      validFrom: ALWAYS,
      components: [
        {
          kind: "perKwh",
          label: "Energy",
          role: "energy",
          direction: "import",
          bands: tariff.importBands,
          perKwh: tariff.importPerKwh,
        },
        {
          kind: "perKwh",
          label: "Paid for what you gave",
          role: "export",
          direction: "export",
          bands: [],
          perKwh: tariff.exportPerKwh,
        },
        { kind: "standing", label: "Standing charge", amount: tariff.standingPerDay, per: "day" },
      ],
    },
  ],
  offers: [],
  dayLists: [],
  co2: { bands: tariff.co2Bands, gPerKwh: tariff.co2GPerKwh },
});

/** A book as the simple form can show it: the means of today's prices, and what a day costs without any energy. */
export function summaryOf(book: TariffBook, series: KnownSeries, at: number, timeZone: string): Tariff {
  const start = startOfLocalDay(at, timeZone);
  const { day } = localTime(at, timeZone);
  const prices = Array.from({ length: QUARTERS }, (_, i) => marginalAt(book, series, start + i * QUARTER, timeZone));
  const mean = (of: (p: (typeof prices)[number]) => number) => prices.reduce((sum, p) => sum + of(p), 0) / QUARTERS;
  const contracts = inForce(book);
  const { contract } = contracts.findLast((c) => c.contract.validFrom <= day) ?? contracts[0] ?? {};
  const days = { day: 1, month: 365.25 / 12, year: 365.25 };
  const standing = (contract?.components ?? []).flatMap((c) => (c.kind === "standing" ? c.amount / days[c.per] : []));
  return {
    name: contract?.name ?? "No tariff",
    importBands: [],
    importPerKwh: mean((p) => p.importPerKwh),
    exportPerKwh: mean((p) => p.exportPerKwh),
    standingPerDay: standing.reduce((sum, amount) => sum + amount, 0),
    co2Bands: [],
    co2GPerKwh: book.co2.gPerKwh,
  };
}
