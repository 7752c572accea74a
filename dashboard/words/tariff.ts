/** Contracts in words, and what a new part of one begins as. */
import type { Contract, TariffBook, TariffComponent, TariffForms } from "../../hub/http/schemas.ts";
import { money, number } from "./format.ts";

export type Kind = TariffComponent["kind"];
export type Role = "energy" | "grid" | "tax" | "standing" | "export" | "credit";

export const KINDS: readonly { readonly value: Kind; readonly label: string }[] = [
  { value: "perKwh", label: "Price per kWh, by hours and seasons" },
  { value: "dynamic", label: "Published price (day-ahead)" },
  { value: "standing", label: "Standing charge" },
  { value: "tiers", label: "Steps by what was used" },
  { value: "peak", label: "Peak power" },
  { value: "netMetering", label: "Net metering" },
  { value: "percent", label: "Percentage (VAT)" },
  { value: "cap", label: "Least or most a month" },
];

export const ROLES: readonly { readonly value: Role; readonly label: string }[] = [
  { value: "energy", label: "Energy" },
  { value: "grid", label: "Grid" },
  { value: "tax", label: "Tax or levy" },
  { value: "standing", label: "Standing charge" },
  { value: "export", label: "What you give" },
  { value: "credit", label: "Credit" },
];

/** A part of a contract as it begins. */
export function newComponent(kind: Kind): TariffComponent {
  const label = KINDS.find((k) => k.value === kind)?.label.split(",")[0] ?? kind;
  switch (kind) {
    case "perKwh":
      return { kind, label: "Energy", role: "energy", direction: "import", bands: [], perKwh: 0.3 };
    case "dynamic":
      return { kind, label, role: "energy", direction: "import", series: "day-ahead", factor: 1, perKwh: 0 };
    case "standing":
      return { kind, label, amount: 10, per: "month" };
    case "tiers":
      return {
        kind,
        label: "Energy",
        role: "energy",
        per: "month",
        steps: [{ upTo: 100, perKwh: 0.3 }, { perKwh: 0.4 }],
        perDay: false,
      };
    case "peak":
      return {
        ...{ kind, label, windowMinutes: 15, highest: 1, onDifferentDays: false, months: 1, atLeastKw: 0 },
        ...{ perKw: 5, per: "month", bands: [], outside: 1 },
      };
    case "netMetering":
      return { kind, label, per: "year", of: ["energy", "tax"], surplusPerKwh: 0.05 };
    case "percent":
      return { kind, label: "VAT", percent: 19, of: ["energy", "grid", "tax", "standing"] };
    default:
      return { kind: "cap", label: "Minimum bill", of: ["energy", "grid", "standing"], atLeast: 10 };
  }
}

/** A part of a contract in a line. */
export function inShort(c: TariffComponent, currency: string): string {
  switch (c.kind) {
    case "perKwh": {
      const prices = [c.perKwh, ...c.bands.map((b) => b.perKwh)];
      const [low, high] = [Math.min(...prices), Math.max(...prices)];
      return low === high
        ? `${money(low, currency, 4)}/kWh`
        : `${money(low, currency, 4)} to ${money(high, currency, 4)}/kWh`;
    }
    case "dynamic":
      return `${c.series} × ${number(c.factor, 3)} + ${money(c.perKwh, currency, 4)}/kWh`;
    case "standing":
      return `${money(c.amount, currency)} a ${c.per}`;
    case "tiers":
      return `${c.steps.length} steps a ${c.per}`;
    case "peak":
      return c.steps
        ? `${c.steps.length} steps of ${c.windowMinutes} min peaks`
        : `${money(c.perKw, currency)} per kW and ${c.per}`;
    case "netMetering":
      return `over the ${c.per}`;
    case "percent":
      return `${number(c.percent, 3)} % of ${c.of.join(", ")}`;
    default:
      return [
        c.atLeast === undefined ? "" : `at least ${money(c.atLeast, currency)}`,
        c.atMost === undefined ? "" : `at most ${money(c.atMost, currency)}`,
      ]
        .filter(Boolean)
        .join(", ");
  }
}

/** An id that no contract has yet. */
function freeId(taken: readonly Contract[]): string {
  const ids = new Set(taken.map((c) => c.id));
  for (let n = taken.length + 1; ; n++) if (!ids.has(`contract-${n}`)) return `contract-${n}`;
}

/** The book with one contract more, out of a form or from nothing: in force from today, or only to compare with. */
export function adopt(
  book: TariffBook,
  form: TariffForms["forms"][number] | undefined,
  as: "contracts" | "offers",
  today: string,
): TariffBook {
  const id = freeId([...book.contracts, ...book.offers]);
  const fresh: Contract = form
    ? { id, name: form.name, validFrom: today, components: form.components }
    : { id, name: "New tariff", validFrom: today, components: [newComponent("perKwh")] };
  // Two contracts can't begin on one day: one that began today is what the new one stands for.
  const before = book.contracts.filter((c) => as === "offers" || c.validFrom !== today);
  const lists = (form?.dayLists ?? []).filter((name) => !book.dayLists.some((l) => l.name === name));
  const country = book.holidayCountry ?? form?.holidayCountry;
  return {
    ...book,
    contracts: as === "contracts" ? [...before, fresh] : before,
    offers: as === "offers" ? [...book.offers, fresh] : book.offers,
    dayLists: [...book.dayLists, ...lists.map((name) => ({ name, days: [] }))],
    ...(country === undefined ? {} : { holidayCountry: country }),
  };
}

/** `2026-11` one month on or back. */
export function monthAfter(month: string, by: number): string {
  const [year = 2000, m = 1] = month.split("-").map(Number);
  return new Date(Date.UTC(year, m - 1 + by, 1)).toISOString().slice(0, 7);
}

/** `November 2026`. */
export const monthWords = (month: string): string =>
  new Intl.DateTimeFormat("en-GB", { month: "long", year: "numeric", timeZone: "UTC" }).format(
    Date.parse(`${month}-15T12:00:00Z`),
  );

/** Today by the home's clock, YYYY-MM-DD. */
export const todayIn = (timeZone: string | undefined): string =>
  new Intl.DateTimeFormat("sv-SE", timeZone === undefined ? {} : { timeZone }).format(Date.now());
