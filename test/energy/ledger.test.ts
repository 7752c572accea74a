import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type LedgerInput, ledgerOf } from "../../hub/energy/ledger.ts";
import type { EnergySlots } from "../../hub/model/energy.ts";

const HOUR = 3_600_000;
const START = Date.UTC(2026, 4, 4);

const slots = (imported: readonly number[], exported: readonly number[] = imported.map(() => 0)): EnergySlots => ({
  from: START,
  slotMs: HOUR,
  importedKwh: Float64Array.from(imported),
  exportedKwh: Float64Array.from(exported),
  coverage: Float64Array.from(imported, (kwh) => (Number.isNaN(kwh) ? 0 : 1)),
  basis: "counter",
});

const input = (parts: Partial<LedgerInput>): LedgerInput => ({
  grid: undefined,
  solar: [],
  batteries: [],
  loads: [],
  price: () => 0.3,
  exportPrice: () => 0.08,
  co2: () => 400,
  ...parts,
});

const edges = (...hours: readonly number[]): number[] => hours.map((h) => START + h * HOUR);

describe("the house's books", () => {
  test("grid, sun and battery make up what the house used; what no load explains is unmetered", () => {
    const [row] = ledgerOf(
      input({
        grid: slots([0.5, 0], [0, 1]),
        solar: [slots([0, 0], [1, 3])],
        batteries: [slots([0, 0.5], [0.5, 0])],
        loads: [{ key: "kettle/1", name: "Kettle", slots: slots([0.2, 0.3]) }],
      }),
      START,
      HOUR,
      edges(0, 2),
    );
    // 0.5 + 1 + 0.5 = 2 in the first hour, 3 - 1 - 0.5 = 1.5 in the second.
    expect(row).toMatchObject({ importedKwh: 0.5, exportedKwh: 1, solarKwh: 4, chargedKwh: 0.5, dischargedKwh: 0.5 });
    expect(row?.usedKwh).toBeCloseTo(3.5);
    expect(row?.unmeteredKwh).toBeCloseTo(3);
    expect(row?.cost).toBeCloseTo(0.15);
    expect(row?.earned).toBeCloseTo(0.08);
    expect(row?.co2Kg).toBeCloseTo(0.2);
    expect(row?.coverage).toBe(1);
    expect(row?.loads).toEqual([{ key: "kettle/1", name: "Kettle", kwh: 0.5, basis: "counter", coverage: 1 }]);
  });

  test("an hour in which the sun is not known has no use and no remainder, but a bill", () => {
    const [row] = ledgerOf(
      input({ grid: slots([1, 1]), solar: [slots([0, Number.NaN], [0.5, Number.NaN])] }),
      START,
      HOUR,
      edges(0, 2),
    );
    expect(row?.importedKwh).toBe(2);
    expect(row?.cost).toBeCloseTo(0.6);
    expect(row?.usedKwh).toBe(1.5);
    expect(row?.coverage).toBe(0.5);
  });

  test("without a house meter nothing is said of the house, and its devices still are", () => {
    const [row] = ledgerOf(
      input({ loads: [{ key: "tv/1", name: "TV", slots: slots([0.1, Number.NaN]) }] }),
      START,
      HOUR,
      edges(0, 2),
    );
    expect(row).toMatchObject({ importedKwh: undefined, usedKwh: undefined, unmeteredKwh: undefined, cost: undefined });
    expect(row?.loads).toMatchObject([{ kwh: 0.1, coverage: 0.5 }]);
  });

  test("each slot is paid at its own price", () => {
    const price = (at: number) => (at < START + HOUR ? 0.1 : 0.5);
    const [row] = ledgerOf(input({ grid: slots([2, 1]), price }), START, HOUR, edges(0, 2));
    expect(row?.cost).toBeCloseTo(0.7);
  });

  test("the days of any period add up to it, and grid + sun + battery is loads + remainder", () => {
    const kwh = fc.oneof(fc.double({ min: 0, max: 20, noNaN: true }), fc.constant(Number.NaN));
    const series = fc.array(fc.tuple(kwh, kwh), { minLength: 48, maxLength: 48 }).map((pairs) =>
      slots(
        pairs.map(([a]) => a),
        pairs.map(([a, b]) => (Number.isNaN(a) ? a : b || 0)),
      ),
    );
    fc.assert(
      fc.property(series, series, series, series, (grid, sun, battery, load) => {
        const house = input({
          ...{ grid, solar: [sun], batteries: [battery] },
          loads: [{ key: "load/1", name: "Load", slots: load }],
        });
        const [whole] = ledgerOf(house, START, HOUR, edges(0, 48));
        const days = ledgerOf(house, START, HOUR, edges(0, 23, 48));
        for (const figure of ["importedKwh", "exportedKwh", "solarKwh", "usedKwh", "unmeteredKwh", "cost"] as const) {
          const sum = days.reduce((total, day) => total + (day[figure] ?? 0), 0);
          expect(sum).toBeCloseTo(whole?.[figure] ?? 0, 9);
        }
      }),
    );
  });
});
