/** A year of real homes and real prices (../shared/data/energy) billed as its README has it. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { billOf } from "../../hub/energy/bill/bill.ts";
import type { EnergySlots } from "../../hub/model/energy.ts";
import type { KnownSeries, TariffBook, TariffComponent } from "../../hub/model/tariff-book.ts";
import { bookWith, HOUR } from "./bill-support.ts";

const folder = join(import.meta.dirname, "../../../shared/data/energy");
const there = existsSync(join(folder, "building_1.csv"));
if (!there) console.warn(`The reference bills are NOT checked: ${folder} is not there.`);

/** The homes' clock knows no summer time. */
const zone = "Etc/GMT+8";
const start = Date.parse("2016-07-31T23:00:00-08:00");

const column = (file: string, name: string): number[] => {
  const [head = "", ...rows] = readFileSync(join(folder, file), "utf8").trim().split("\n");
  const at = head.split(",").indexOf(name);
  return rows.map((row) => Number(row.split(",")[at]));
};

function home(building: number): EnergySlots {
  const file = `building_${building}.csv`;
  const pv = column(file, "pv_kwh");
  const net = column(file, "load_kwh").map((load, i) => load - (pv[i] ?? 0));
  return {
    from: start,
    slotMs: HOUR,
    importedKwh: Float64Array.from(net, (kwh) => Math.max(0, kwh)),
    exportedKwh: Float64Array.from(net, (kwh) => Math.max(0, -kwh)),
    coverage: new Float64Array(net.length).fill(1),
    basis: "counter",
  };
}

/** TOU-D-PRIME as the file has it: its off-peak price changes with the season an hour before midnight. */
const summer = { from: "06-01", to: "09-30" };
const workdays = [1, 2, 3, 4, 5];
const timeOfUse: TariffComponent = {
  kind: "perKwh",
  label: "Energy",
  role: "energy",
  direction: "import",
  bands: [
    { from: "15:00", to: "20:00", season: summer, weekdays: workdays, perKwh: 0.54 },
    { from: "15:00", to: "20:00", season: summer, perKwh: 0.4 },
    { from: "15:00", to: "20:00", perKwh: 0.5 },
    { from: "20:00", to: "23:00", season: summer, perKwh: 0.22 },
    { from: "23:00", to: "15:00", season: { from: "05-31", to: "09-29" }, perKwh: 0.22 },
  ],
  perKwh: 0.21,
};

const dayAhead: TariffComponent = {
  kind: "dynamic",
  label: "Energy",
  role: "energy",
  direction: "import",
  series: "spot",
  factor: 1,
  perKwh: 0.15,
};

function spot(): KnownSeries {
  const values = Float64Array.from(column("spot_de_lu_2023_24.csv", "spot_eur_mwh"), (mwh) => mwh / 1000);
  return new Map([["spot", { starts: values.map((_, i) => start + i * HOUR), values }]]);
}

const year = (book: TariffBook, building: number, series?: KnownSeries) =>
  billOf(book, home(building), start, start + 8760 * HOUR, zone, series);

describe.runIf(there)("a year of real homes", () => {
  test.each([
    [1, "2250.87", "1667.38"],
    [2, "1966.13", "1532.37"],
    [3, "1315.52", "1067.91"],
  ])(
    "building %i without a battery costs what the README says, under both tariffs, to the cent",
    (building, tou, dynamic) => {
      const bill = year(bookWith([timeOfUse]), building);
      expect(bill.total.toFixed(2)).toBe(tou);
      const prices = column(`building_${building}.csv`, "price_usd_kwh");
      const rows = home(building).importedKwh.reduce((sum, kwh, i) => sum + kwh * (prices[i] ?? 0), 0);
      expect(bill.total).toBeCloseTo(rows, 5);
      expect(year(bookWith([dayAhead]), building, spot()).total.toFixed(2)).toBe(dynamic);
      expect(bill.days).toHaveLength(366);
      expect(bill.coverage).toMatchObject({ share: 1, unpricedKwh: 0, hours: 8760 });
    },
  );

  test("energy adds up to the homes' own rows to a thousandth", () => {
    const grid = home(1);
    const bill = year(bookWith([timeOfUse]), 1);
    const rows = grid.importedKwh.reduce((a, b) => a + b, 0);
    expect(Math.abs(bill.importedKwh - rows) / rows).toBeLessThan(1e-9);
  });
});
