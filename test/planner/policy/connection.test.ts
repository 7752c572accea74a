import { describe, expect, test } from "vitest";
import type { PricedTariff } from "../../../hub/model/tariff.ts";
import type { PeakPower, TariffComponent } from "../../../hub/model/tariff-book.ts";
import { connectionOf } from "../../../hub/planner/policy/pose/connection.ts";
import { billedDays } from "../../../hub/twin/as-billed.ts";

const timeZone = "Europe/Berlin";
const QUARTER = 900_000;
const DAY = 96;
/** A fortnight that begins on the 25th of a month. */
const FROM = Date.parse("2026-11-25T00:00:00+01:00");
const history = { from: FROM, stepMs: QUARTER, steps: 14 * DAY, timeZone, series: new Map<string, Float64Array>() };
const at = (day: number, hour: number) => FROM + (day * DAY + hour * 4) * QUARTER;

const peak: PeakPower = {
  ...{ kind: "peak", label: "Capacity", windowMinutes: 15, highest: 1, onDifferentDays: false, months: 12 },
  ...{ atLeastKw: 2.5, perKw: 60, per: "year", bands: [], outside: 1 },
};
const energy: TariffComponent = {
  ...{ kind: "perKwh", label: "Energy", role: "energy", direction: "import", bands: [], perKwh: 0.2 },
};
const tiers: TariffComponent = {
  ...{ kind: "tiers", label: "Steps", role: "energy", per: "month", perDay: false },
  steps: [{ upTo: 100, perKwh: 0.1 }, { upTo: 150, perKwh: 0.2 }, { perKwh: 0.4 }],
};
const vat: TariffComponent = { kind: "percent", label: "VAT", percent: 20, of: ["grid", "energy"] };

const tariffOf = (components: readonly TariffComponent[]): PricedTariff => ({
  ...{ name: "t", importBands: [], importPerKwh: 0.2, exportPerKwh: 0, standingPerDay: 0, co2Bands: [], co2GPerKwh: 0 },
  priced: {
    series: new Map(),
    book: {
      ...{ currency: "EUR", offers: [], dayLists: [], co2: { bands: [], gPerKwh: 0 } },
      contracts: [{ id: "c", name: "c", validFrom: "2020-01-01", components }],
    },
  },
});

/** 400 W all the time; 6 kW on the evening of the first day, 4 kW on that of the eighth, which is of the next month. */
const watts = Float64Array.from({ length: history.steps }, (_, i) =>
  i === 76 ? 6000 : i === 7 * DAY + 76 ? 4000 : 400,
);
const seen = (components: readonly TariffComponent[], now: number, fuseKw?: number) =>
  connectionOf(tariffOf(components), { history, watts, from: 0 }, now, now + 32 * 3_600_000, fuseKw);

describe("what holds for the house as a whole", () => {
  test("the month's highest peak so far is paid for already, and each kW above it once, taxes in it", () => {
    expect(seen([energy, peak, vat], at(2, 12))).toEqual({ peak: { perKw: 6, soFarKw: 6 } });
    expect(seen([energy, peak, vat], at(8, 12)).peak?.soFarKw).toBe(4);
  });

  test("what is foreseen by the hour stays so far below as quarter hours usually rise above it", () => {
    const spiky = watts.map((_, i) => (i % 4 === 0 ? 3000 : 600));
    const metered = { history, watts: spiky, from: 0 };
    const { peak: found } = connectionOf(tariffOf([energy, peak]), metered, at(4, 12), at(5, 12));
    // Hours of 1.2 kW with a quarter hour of 3.
    expect(found?.soFarKw).toBeCloseTo(3 - 1.8);
  });

  test("before anything was drawn a month's peak counts as its least, and so do hours that reach into a new month", () => {
    expect(seen([energy, peak], at(6, 12)).peak).toEqual({ perKw: 5, soFarKw: 2.5 });
    expect(seen([energy, peak], at(5, 12)).peak?.soFarKw).toBe(2.5);
  });

  test("steps of the price begin where what was imported since the month began leaves them", () => {
    const [first, second] = seen([tiers, vat], at(10, 0)).tiers ?? [];
    // Four days of 9.6 kWh, and one quarter hour of 1 kWh instead of 0.1.
    expect(first?.afterKwh).toBeCloseTo(100 - 4 * 9.6 - 0.9);
    expect(second?.afterKwh).toBeCloseTo(150 - 4 * 9.6 - 0.9);
    expect([first?.extra, second?.extra]).toEqual([expect.closeTo(0.12), expect.closeTo(0.24)]);
  });

  test("the fuse holds under any contract", () => {
    expect(seen([energy], at(1, 0), 8)).toEqual({ fuseKw: 8 });
    expect(seen([energy], at(1, 0))).toEqual({});
  });
});

describe("days of a replay under a contract that looks at whole months", () => {
  const over = { from: 6 * DAY, to: 8 * DAY };
  const billed = (components: readonly TariffComponent[]) =>
    billedDays(history, over, watts.subarray(over.from, over.to), tariffOf(components));

  test("cost as the bill says: energy, and the peak of the month laid on the days by their own peaks", () => {
    const days = billed([energy, { ...peak, months: 1 }]);
    const [first = 0, second = 0] = ["2026-12-01", "2026-12-02"].map((day) => days?.get(day));
    // Two days of 4 kW at 60 a kW and year; the first day never drew more than 0.4 kW itself.
    const charged = (2 * 4 * 60) / 365;
    expect(first).toBeCloseTo(9.6 * 0.2 + charged * (0.4 / 4.4), 3);
    expect(second).toBeCloseTo((9.6 + 0.9) * 0.2 + charged * (4 / 4.4), 3);
  });

  test("are left as they are where each kWh has its own price", () => {
    expect(billed([energy])).toBeUndefined();
  });
});
