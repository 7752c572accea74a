/** What does not fit in a book of contracts, beyond what its shape says. */
import type { Contract, LocalDate, PeakPower, TariffBand, TariffBook, TariffComponent } from "../model/tariff-book.ts";
import { holidayCountries } from "./bill/holidays.ts";

export interface BookFault {
  /** As `contracts.0.components.2.steps`. */
  readonly field: string;
  readonly message: string;
}

const isDay = (day: LocalDate): boolean => {
  const at = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().slice(0, 10) === day;
};

function* bandFaults(bands: readonly TariffBand[], field: string, lists: ReadonlySet<string>): Generator<BookFault> {
  for (const [i, band] of bands.entries()) {
    for (const name of [...(band.onDays ?? []), ...(band.notOnDays ?? [])])
      if (!lists.has(name))
        yield { field: `${field}.bands.${i}`, message: `names the days "${name}", but there is no such list of days` };
    for (const date of [band.season?.from, band.season?.to])
      if (date !== undefined && !isDay(`2024-${date}`))
        yield { field: `${field}.bands.${i}.season`, message: `${date} is no day of the year` };
  }
}

const rising = (ends: readonly (number | undefined)[]): boolean =>
  ends.length > 0 &&
  ends.every((end, i) => (i === ends.length - 1 ? end === undefined : end !== undefined && end > (ends[i - 1] ?? 0)));

const steps = "must rise, and only the last step must be without an end";

function* peakFaults(peak: PeakPower, field: string): Generator<BookFault> {
  if (peak.steps && !rising(peak.steps.map((step) => step.upToKw))) yield { field: `${field}.steps`, message: steps };
  if (peak.steps && peak.perKw !== 0) yield { field: `${field}.perKw`, message: "must be 0 where there are steps" };
}

function* componentFaults(c: TariffComponent, field: string, lists: ReadonlySet<string>): Generator<BookFault> {
  if (c.kind === "perKwh" || c.kind === "peak") yield* bandFaults(c.bands, field, lists);
  if (c.kind === "tiers" && !rising(c.steps.map((step) => step.upTo)))
    yield { field: `${field}.steps`, message: steps };
  if (c.kind === "peak") yield* peakFaults(c, field);
  if (c.kind === "dynamic" && c.floor !== undefined && c.ceiling !== undefined && c.floor > c.ceiling)
    yield { field: `${field}.floor`, message: "must not be over the ceiling" };
  if (c.kind === "cap" && c.atLeast === undefined && c.atMost === undefined)
    yield { field: `${field}.atMost`, message: "is missing: a bound needs a least or a most amount" };
  if (c.kind === "cap" && c.atLeast !== undefined && c.atMost !== undefined && c.atLeast > c.atMost)
    yield { field: `${field}.atLeast`, message: "must not be over the most" };
}

function* contractFaults(contract: Contract, field: string, lists: ReadonlySet<string>): Generator<BookFault> {
  if (!isDay(contract.validFrom)) yield { field: `${field}.validFrom`, message: "must be a day as YYYY-MM-DD" };
  for (const [i, component] of contract.components.entries())
    yield* componentFaults(component, `${field}.components.${i}`, lists);
}

/** At most 20 faults of a book. */
export function bookFaults(book: TariffBook): readonly BookFault[] {
  const lists = new Set(["holidays", ...book.dayLists.map((list) => list.name)]);
  const faults: BookFault[] = [];
  if (book.contracts.length === 0) faults.push({ field: "contracts", message: "must have one at least" });
  if (book.holidayCountry !== undefined && !holidayCountries.includes(book.holidayCountry))
    faults.push({ field: "holidayCountry", message: `must be one of ${holidayCountries.join(", ")}` });
  const ids = new Set<string>();
  for (const [name, contracts] of [
    ["contracts", book.contracts],
    ["offers", book.offers],
  ] as const)
    for (const [i, contract] of contracts.entries()) {
      if (ids.has(contract.id)) faults.push({ field: `${name}.${i}.id`, message: "is another contract's" });
      ids.add(contract.id);
      faults.push(...contractFaults(contract, `${name}.${i}`, lists));
    }
  const days = new Set(book.contracts.map((contract) => contract.validFrom));
  if (days.size < book.contracts.length)
    faults.push({ field: "contracts", message: "must not have two that begin on the same day" });
  for (const [i, list] of book.dayLists.entries())
    if (!list.days.every(isDay)) faults.push({ field: `dayLists.${i}.days`, message: "must be days as YYYY-MM-DD" });
  faults.push(...bandFaults(book.co2.bands, "co2", lists));
  return faults.slice(0, 20);
}

/** Ids of the published series that contracts ask for. */
export const seriesOf = (contracts: readonly Contract[]): string[] => [
  ...new Set(contracts.flatMap((c) => c.components.flatMap((x) => (x.kind === "dynamic" ? x.series : [])))),
];
