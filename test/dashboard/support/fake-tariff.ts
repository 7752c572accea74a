import type { Bill, PricePicture, PriceServices, TariffBook, TariffForms } from "../../../hub/http/schemas.ts";

const components: TariffForms["forms"][number]["components"] = [
  {
    kind: "perKwh",
    label: "Energy",
    role: "energy",
    direction: "import",
    bands: [{ from: "22:00", to: "06:00", perKwh: 0.22, notOnDays: ["holidays"] }],
    perKwh: 0.31,
  },
  { kind: "standing", label: "Standing charge", amount: 12, per: "month" },
];

const fakeBook: TariffBook = {
  currency: "EUR",
  contracts: [{ id: "simple", name: "Day and night", validFrom: "2025-01-01", components }],
  offers: [{ id: "offer", name: "One price", validFrom: "2025-01-01", components: components.slice(1) }],
  holidayCountry: "DE",
  dayLists: [{ name: "red", days: ["2026-01-13"] }],
  co2: { bands: [], gPerKwh: 380 },
};

const forms: TariffForms = {
  forms: [{ id: "de-flat", country: "DE", name: "One price", words: "A price.", currency: "EUR", components }],
  holidayCountries: ["DE", "FR"],
};

const picture = (): PricePicture => {
  const from = Math.floor(Date.now() / 86_400_000) * 86_400_000;
  const at = (hours: number, importPerKwh: number) => ({
    from: from + hours * 3_600_000,
    importPerKwh,
    exportPerKwh: 0.08,
    guess: hours > 20,
  });
  return { prices: [at(0, 0.22), at(6, 0.31), at(22, 0.22)], to: from + 7 * 86_400_000 };
};

const service: PriceServices = {
  status: { on: false, service: "awattar-de", zone: "DE-LU", series: "day-ahead", hasKey: false },
  services: [
    {
      ...{ id: "awattar-de", name: "aWATTar", source: "EPEX SPOT", licence: "private use", keyNeeded: false },
      unit: "perKwh",
      zones: [{ id: "DE-LU", name: "Germany", currency: "EUR" }],
    },
  ],
};

const fakeBill: Bill = {
  ...{ from: 1_790_805_600_000, to: 1_793_487_600_000, currency: "EUR", total: 72, basis: "counter" },
  ...{ importedKwh: 200, exportedKwh: 12, co2Kg: 76 },
  lines: [
    { label: "Energy", role: "energy", quantity: 200, unit: "kWh", rate: 0.3, amount: 60 },
    { label: "Standing charge", role: "standing", quantity: 31, unit: "days", amount: 12, note: "by days" },
  ],
  days: Array.from({ length: 31 }, (_, i) => ({
    ...{ day: `2026-10-${String(i + 1).padStart(2, "0")}`, hours: i === 24 ? 25 : 24, knownHours: i < 2 ? 3 : 24 },
    ...{ importedKwh: 6, exportedKwh: 0, co2Kg: 2, amount: 2 + (i % 5) },
  })),
  months: [{ month: "2026-10", days: 31, importedKwh: 200, exportedKwh: 12, co2Kg: 76, amount: 72 }],
  coverage: { share: 0.95, hours: 745, knownHours: 703, unpricedKwh: 0, daysWithoutContract: 0 },
};

/** What energy costs, and what it cost. */
export const fakeTariffs = (deed: string): unknown =>
  deed === "forms" ? forms : deed === "picture" ? picture() : fakeBook;

export const fakeBills = (deed: string): unknown =>
  deed === "compare"
    ? {
        bills: [
          { contract: "book", name: "Your tariff", bill: fakeBill },
          { contract: "offer", name: "One price", bill: { ...fakeBill, total: 60 } },
        ],
      }
    : fakeBill;

export const fakePriceService = (): PriceServices => service;
