/** What holds for every tariff and every meter. BILL_RUNS=5000 for a long look. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { billOf } from "../../hub/energy/bill/bill.ts";
import type { EnergySlots } from "../../hub/model/energy.ts";
import type { KnownSeries, TariffBand, TariffBook, TariffComponent } from "../../hub/model/tariff-book.ts";
import { bookWith, HOUR, midnight, QUARTER } from "./bill-support.ts";

const numRuns = Number(process.env.BILL_RUNS ?? 150);
const DAY = 24 * HOUR;

const zones = fc.constantFrom(
  "Europe/Berlin",
  "Europe/London",
  "America/New_York",
  "Australia/Lord_Howe",
  "Asia/Kolkata",
  "Pacific/Chatham",
  "UTC",
);
const clock = fc.integer({ min: 0, max: 95 }).map((q) => {
  const two = (n: number) => String(n).padStart(2, "0");
  return `${two(Math.floor(q / 4))}:${two((q % 4) * 15)}`;
});
const date = fc.integer({ min: 0, max: 364 }).map((d) => new Date(Date.UTC(2025, 0, 1 + d)).toISOString().slice(5, 10));
const band: fc.Arbitrary<TariffBand> = fc.record(
  {
    from: clock,
    to: clock,
    weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { maxLength: 6 }),
    season: fc.record({ from: date, to: date }),
    notOnDays: fc.constant(["holidays"]),
  },
  { requiredKeys: ["from", "to"] },
);
const money = fc.double({ min: -0.5, max: 2, noNaN: true });
const cost = fc.double({ min: 0, max: 2, noNaN: true });

const perKwh = (price: fc.Arbitrary<number>, direction: "import" | "export"): fc.Arbitrary<TariffComponent> =>
  fc.record({
    kind: fc.constant("perKwh" as const),
    label: fc.constant("energy"),
    role: fc.constant(direction === "import" ? ("energy" as const) : ("export" as const)),
    direction: fc.constant(direction),
    bands: fc.array(
      fc.tuple(band, price).map(([b, p]) => ({ ...b, perKwh: p })),
      { maxLength: 4 },
    ),
    perKwh: price,
  });
const dynamic = (factor: fc.Arbitrary<number>): fc.Arbitrary<TariffComponent> =>
  fc.record({
    kind: fc.constant("dynamic" as const),
    label: fc.constant("spot"),
    role: fc.constant("energy" as const),
    direction: fc.constant("import" as const),
    series: fc.constant("day-ahead"),
    factor,
    perKwh: cost,
  });
const standing: fc.Arbitrary<TariffComponent> = fc.record({
  kind: fc.constant("standing" as const),
  label: fc.constant("standing"),
  amount: fc.double({ min: 0, max: 100, noNaN: true }),
  per: fc.constantFrom("day" as const, "month" as const, "year" as const),
});
const tiers: fc.Arbitrary<TariffComponent> = fc.record({
  kind: fc.constant("tiers" as const),
  label: fc.constant("tiers"),
  role: fc.constant("energy" as const),
  per: fc.constantFrom("day" as const, "month" as const, "year" as const),
  steps: fc.tuple(cost, cost).map(([a, b]) => [{ upTo: 5, perKwh: a }, { perKwh: b }]),
  perDay: fc.boolean(),
});
const peak: fc.Arbitrary<TariffComponent> = fc.record({
  kind: fc.constant("peak" as const),
  label: fc.constant("peak"),
  windowMinutes: fc.constantFrom(15 as const, 60 as const),
  highest: fc.integer({ min: 1, max: 3 }),
  onDifferentDays: fc.boolean(),
  months: fc.constantFrom(1, 12),
  atLeastKw: fc.constant(0),
  perKw: fc.double({ min: 0, max: 60, noNaN: true }),
  per: fc.constantFrom("month" as const, "year" as const),
  bands: fc.constant([]),
  outside: fc.constant(1),
});
const net: fc.Arbitrary<TariffComponent> = fc.record({
  kind: fc.constant("netMetering" as const),
  label: fc.constant("net"),
  per: fc.constantFrom("month" as const, "year" as const),
  of: fc.constant(["energy" as const]),
  surplusPerKwh: cost,
});
const vat: TariffComponent = { kind: "percent", label: "VAT", percent: 19, of: ["energy", "grid", "standing", "tax"] };
const cap: TariffComponent = { kind: "cap", label: "cap", of: ["energy", "standing"], atLeast: 5, atMost: 50 };

const anything = fc
  .array(
    fc.oneof(
      perKwh(money, "import"),
      perKwh(money, "export"),
      dynamic(money),
      standing,
      tiers,
      peak,
      net,
      fc.constant(cap),
    ),
    { minLength: 1, maxLength: 6 },
  )
  .map((components) => bookWith([...components, vat], { holidayCountry: "DE" }));

/** A few days around a change of the clocks or an end of the month, with holes; a seed stands for the energy. */
const metered = fc.record({
  zone: zones,
  day: fc.constantFrom(
    "2026-03-27",
    "2026-10-23",
    "2026-04-02",
    "2026-10-30",
    "2026-12-30",
    "2026-02-26",
    "2026-11-01",
  ),
  days: fc.integer({ min: 1, max: 6 }),
  slotMs: fc.constantFrom(QUARTER / 3, QUARTER, HOUR),
  seed: fc.integer({ min: 1, max: 1_000_000 }),
  holes: fc.boolean(),
});

type Metered = typeof metered extends fc.Arbitrary<infer M> ? M : never;

function meter({ zone, day, days, slotMs, seed, holes }: Metered) {
  const from = midnight(day, zone);
  const last = new Date(Date.parse(`${day}T12:00:00Z`) + days * DAY).toISOString().slice(0, 10);
  const to = midnight(last, zone);
  const start = Math.floor(from / slotMs) * slotMs;
  const count = Math.ceil((to - start) / slotMs);
  let state = seed;
  const chance = () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
  const size = slotMs / HOUR;
  const values = (most: number) =>
    Float64Array.from({ length: count }, () => (holes && chance() < 0.1 ? Number.NaN : chance() * most * size));
  const importedKwh = values(4);
  const exportedKwh = values(2).map((v, i) => (Number.isNaN(importedKwh[i] ?? 0) ? Number.NaN : v));
  const coverage = importedKwh.map((v) => (Number.isNaN(v) ? 0 : 1));
  const grid: EnergySlots = { from: start, slotMs, importedKwh, exportedKwh, coverage, basis: "counter" };
  const prices = Float64Array.from({ length: count + 1 }, () => chance() * 0.5 - 0.1);
  const series: KnownSeries = new Map([
    ["day-ahead", { starts: prices.map((_, i) => start + i * slotMs), values: prices }],
  ]);
  return { zone, from, to, grid, series };
}

const law = <T>(name: string, property: fc.IProperty<T>) => test(name, () => void fc.assert(property, { numRuns }));

const total = (
  book: TariffBook,
  m: { grid: EnergySlots; zone: string; series: KnownSeries },
  from: number,
  to: number,
) => billOf(book, m.grid, from, to, m.zone, m.series);

describe("every bill", () => {
  law(
    "is exactly the sum of its lines, of its days and of its months",
    fc.property(anything, metered, (book, given) => {
      const m = meter(given);
      const bill = total(book, m, m.from, m.to);
      const add = (list: readonly { amount: number }[]) => list.reduce((sum, { amount }) => sum + amount, 0);
      expect(add(bill.lines)).toBe(bill.total);
      expect(add(bill.days)).toBe(bill.total);
      expect(add(bill.months)).toBe(bill.total);
      expect(bill.days.reduce((sum, d) => sum + d.importedKwh, 0)).toBe(bill.importedKwh);
      expect(Number.isFinite(bill.total)).toBe(true);
    }),
  );

  law(
    "splits at any midnight into two that add up, when both are given the same energy",
    fc.property(anything, metered, fc.nat(), (book, given, pick) => {
      const m = meter(given);
      const whole = total(book, m, m.from, m.to);
      if (whole.days.length < 2) return;
      const day = whole.days[1 + (pick % (whole.days.length - 1))]?.day ?? "";
      const cut = midnight(day, m.zone);
      const [a, b] = [total(book, m, m.from, cut), total(book, m, cut, m.to)];
      expect(a.total + b.total).toBe(whole.total);
      expect(a.importedKwh + b.importedKwh).toBe(whole.importedKwh);
    }),
  );

  law(
    "has all the energy that is known, and says how much of the time that is",
    fc.property(anything, metered, (book, given) => {
      const m = meter(given);
      const bill = total(book, m, m.from, m.to);
      const end = (i: number) => m.grid.from + i * m.grid.slotMs;
      // Zones that are not on a whole hour share an hour's slot between two days.
      const inside = m.grid.importedKwh.filter((v, i) => v > 0 && end(i) >= m.from && end(i + 1) <= m.to);
      const known = inside.reduce((a, b) => a + b, 0);
      expect(bill.importedKwh).toBeGreaterThan(known - 1e-6);
      expect(bill.importedKwh).toBeLessThan(known + 2 * 4 * (m.grid.slotMs / HOUR) + 1e-6);
      expect(bill.coverage.share).toBeGreaterThanOrEqual(0);
      expect(bill.coverage.share).toBeLessThanOrEqual(1);
    }),
  );

  law(
    "costs its standing charges and nothing else where no energy flowed",
    fc.property(
      fc.array(fc.oneof(perKwh(money, "import"), dynamic(money), tiers, peak, standing), { minLength: 1 }),
      metered,
      (list, given) => {
        const m = meter(given);
        const nothing = {
          ...m.grid,
          importedKwh: m.grid.importedKwh.map(() => 0),
          exportedKwh: m.grid.importedKwh.map(() => 0),
        };
        const bill = total(bookWith(list), { ...m, grid: nothing }, m.from, m.to);
        const standingOnly = bill.lines.filter((l) => l.role === "standing").reduce((sum, l) => sum + l.amount, 0);
        expect(bill.total).toBe(standingOnly);
      },
    ),
  );

  // A price that falls with what the month used makes a later week cheaper when the weeks before it used more.
  const rising: typeof tiers = fc.tuple(cost, cost).map(([a, b]) => ({
    kind: "tiers",
    label: "tiers",
    role: "energy",
    per: "month",
    steps: [{ upTo: 5, perKwh: a }, { perKwh: a + b }],
    perDay: false,
  }));

  law(
    "never falls when more is drawn at prices that are not below zero",
    fc.property(
      fc.array(fc.oneof(perKwh(cost, "import"), rising, peak, standing), { minLength: 1 }),
      metered,
      fc.double({ min: 1, max: 3, noNaN: true }),
      (list, given, more) => {
        const m = meter(given);
        const book = bookWith([...list, vat]);
        const grown = { ...m.grid, importedKwh: m.grid.importedKwh.map((v) => v * more) };
        const [before, after] = [total(book, m, m.from, m.to), total(book, { ...m, grid: grown }, m.from, m.to)];
        expect(after.total).toBeGreaterThanOrEqual(before.total - 1e-6);
      },
    ),
  );
});

describe("days on which the clock is changed", () => {
  test.each([
    ["Europe/Berlin", "2026-03-29", 23],
    ["Europe/Berlin", "2026-10-25", 25],
    ["America/New_York", "2026-03-08", 23],
    ["America/New_York", "2026-11-01", 25],
    ["Australia/Lord_Howe", "2026-04-05", 24.5],
  ])("%s %s has %d hours of energy", (zone, day, hours) => {
    const from = midnight(day, zone);
    const to = midnight(new Date(Date.parse(`${day}T12:00:00Z`) + DAY).toISOString().slice(0, 10), zone);
    const count = 3 * 96;
    const grid: EnergySlots = {
      from: from - DAY,
      slotMs: QUARTER,
      importedKwh: new Float64Array(count).fill(0.25),
      exportedKwh: new Float64Array(count),
      coverage: new Float64Array(count).fill(1),
      basis: "counter",
    };
    const bill = billOf(
      bookWith([{ kind: "perKwh", label: "e", role: "energy", direction: "import", bands: [], perKwh: 1 }]),
      grid,
      from,
      to,
      zone,
    );
    expect(bill.days).toEqual([
      expect.objectContaining({ day, hours, knownHours: hours, importedKwh: hours, amount: hours }),
    ]);
  });
});

describe("what is not known", () => {
  const zone = "Europe/Berlin";
  const [from, to] = [midnight("2026-05-04", zone), midnight("2026-05-05", zone)];
  const grid: EnergySlots = {
    from,
    slotMs: HOUR,
    importedKwh: Float64Array.from({ length: 24 }, (_, h) => (h < 6 ? Number.NaN : 1)),
    exportedKwh: new Float64Array(24),
    coverage: Float64Array.from({ length: 24 }, (_, h) => (h < 6 ? 0 : 1)),
    basis: "power",
  };
  const flat: TariffComponent = {
    kind: "perKwh",
    label: "e",
    role: "energy",
    direction: "import",
    bands: [],
    perKwh: 0.5,
  };

  test("missing energy is not charged but said", () => {
    const bill = billOf(bookWith([flat]), grid, from, to, zone);
    expect(bill).toMatchObject({
      total: 9,
      importedKwh: 18,
      basis: "power",
      coverage: { share: 0.75, hours: 24, knownHours: 18 },
    });
  });

  test("energy without a published price is not charged but said", () => {
    const starts = Float64Array.from([from, from + 12 * HOUR]);
    const series: KnownSeries = new Map([["day-ahead", { starts, values: Float64Array.from([0.2, Number.NaN]) }]]);
    const spot: TariffComponent = { ...flat, kind: "dynamic", series: "day-ahead", factor: 1, perKwh: 0 };
    const bill = billOf(bookWith([spot]), grid, from, to, zone, series);
    expect(bill.total).toBeCloseTo(6 * 0.2, 6);
    expect(bill.coverage.unpricedKwh).toBe(12);
  });

  test("days before the first contract are counted, not priced", () => {
    const book = { ...bookWith([]), contracts: [{ id: "a", name: "A", validFrom: "2026-06-01", components: [flat] }] };
    expect(billOf(book, grid, from, to, zone)).toMatchObject({
      total: 0,
      lines: [],
      coverage: { daysWithoutContract: 1 },
    });
  });

  test("a contract holds until the day on which the next one begins", () => {
    const full = {
      ...grid,
      importedKwh: new Float64Array(48).fill(1),
      exportedKwh: new Float64Array(48),
      coverage: new Float64Array(48).fill(1),
    };
    const book: TariffBook = {
      ...bookWith([]),
      contracts: [
        { id: "new", name: "New", validFrom: "2026-05-05", components: [{ ...flat, perKwh: 0.25 }] },
        { id: "old", name: "Old", validFrom: "2025-01-01", components: [flat] },
      ],
    };
    const bill = billOf(book, full, from, to + DAY, zone);
    expect(bill.lines.map((l) => [l.contract, l.amount])).toEqual([
      ["Old", 12],
      ["New", 6],
    ]);
  });
});
