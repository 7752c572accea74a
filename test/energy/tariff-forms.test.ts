/**
 * Real forms of tariff, each reckoned by hand beside it. The amounts of the forms are of the size that such tariffs have;
 * the loads are chosen so that a person can follow the sum.
 */
import { describe, expect, test } from "vitest";
import { billDays, bookOfForm, cents, dayAhead, HOUR, type Load, QUARTER, slotsOf } from "./bill-support.ts";

const oneAnHour: Load = () => [1, 0];

describe("bills of real tariff forms", () => {
  test("Germany: day-ahead price, grid fees by the hour (§ 14a module 3), levies, tax, VAT", () => {
    // Thursday 15 January 2026, 1 kWh each hour. Exchange: 0.10, from 17 to 20 o'clock 0.20, then 0.05.
    // price + 0.018 markup: 17 x 0.118 + 3 x 0.218 + 4 x 0.068 = 2.006 + 0.654 + 0.272         = 2.932
    // grid: 17-20 3 x 0.15, 22-06 8 x 0.01, the other 13 x 0.09 = 0.45 + 0.08 + 1.17           = 1.700
    // levies 24 x 0.03 = 0.72, electricity tax 24 x 0.0205 = 0.492                             = 1.212
    // 4.80 a month / 31 = 0.154839, 73 a year / 365 = 0.20                                     = 0.354839
    // net 6.198839, VAT 19 % 1.177779                                                          = 7.376618
    const zone = "Europe/Berlin";
    const grid = slotsOf(zone, "2026-01-15", "2026-01-16", HOUR, oneAnHour);
    const prices = dayAhead(zone, grid, (hour) => (hour < 17 ? 0.1 : hour < 20 ? 0.2 : 0.05));
    const bill = billDays(bookOfForm("de-dynamic-14a"), grid, zone, "2026-01-15", "2026-01-16", prices);
    expect(cents(bill.total)).toBe("7.38");
    expect(bill.total).toBeCloseTo(7.376618, 6);
    expect(bill.lines.find((l) => l.label === "Grid fee, low")).toMatchObject({ quantity: 8, rate: 0.01 });
    expect(bill.coverage.unpricedKwh).toBe(0);
  });

  test("Germany: one price with a monthly charge and feed-in", () => {
    // November 2026 (30 days): 10 kWh taken and 4 kWh given a day.
    // 300 x 0.32 = 96.00; charge 12.50; given 120 x 0.0803 = 9.636; 96 + 12.50 - 9.636 = 98.864
    const zone = "Europe/Berlin";
    const grid = slotsOf(zone, "2026-11-01", "2026-12-01", QUARTER, ({ minutes }) =>
      minutes === 720 ? [0, 4] : minutes === 1200 ? [10, 0] : [0, 0],
    );
    const bill = billDays(bookOfForm("de-flat"), grid, zone, "2026-11-01", "2026-12-01");
    expect(bill.total).toBeCloseTo(98.864, 6);
    expect(bill.months).toEqual([expect.objectContaining({ month: "2026-11", days: 30 })]);
  });

  test("Great Britain: a night rate over the change to summer time", () => {
    // 1 kWh each hour. Saturday 28 March 2026: night 00:30-05:30 5 x 0.085 + 19 x 0.255 + 0.535 = 0.425 + 4.845 + 0.535 = 5.805
    // Sunday 29 March has no hour from 01 to 02: night 4 x 0.085 = 0.34; 19 x 0.255 = 4.845; + 0.535           = 5.720
    const zone = "Europe/London";
    const grid = slotsOf(zone, "2026-03-28", "2026-03-30", HOUR / 2, () => [0.5, 0]);
    const bill = billDays(bookOfForm("gb-night"), grid, zone, "2026-03-28", "2026-03-30");
    expect(bill.days.map((d) => [d.hours, cents(d.importedKwh)])).toEqual([
      [24, "24.00"],
      [23, "23.00"],
    ]);
    expect(bill.days.map((d) => d.amount.toFixed(3))).toEqual(["5.805", "5.720"]);
    expect(bill.total.toFixed(3)).toBe("11.525");
  });

  test("Great Britain: half-hourly prices, one below zero and one over the ceiling", () => {
    // 10 h of 1 kWh at 0.20 = 2.00; 1 kWh at 1.50, held at 1.00 = 1.00; 2 kWh at -0.05 = -0.10; standing 0.535: 3.435
    const zone = "Europe/London";
    const grid = slotsOf(zone, "2026-01-10", "2026-01-11", HOUR / 2, ({ minutes }) =>
      minutes < 600 ? [0.5, 0] : minutes >= 1020 && minutes < 1080 ? [0.5, 0] : minutes >= 1380 ? [1, 0] : [0, 0],
    );
    const prices = dayAhead(zone, grid, (hour) => (hour === 17 ? 1.5 : hour === 23 ? -0.05 : 0.2));
    const bill = billDays(bookOfForm("gb-half-hourly"), grid, zone, "2026-01-10", "2026-01-11", prices);
    expect(bill.total.toFixed(3)).toBe("3.435");
  });

  test("Belgium: the capacity tariff is the mean of the months' peaks, none under 2.5 kW", () => {
    // 0.1 kWh each quarter hour; the highest quarters: November 1.0 kWh (4 kW), December 0.5 kWh (2 kW, counts as 2.5),
    // January 1.5 kWh (6 kW). Mean (4 + 2.5 + 6) / 3 = 4.166667 kW; x 52 x 31/365 = 18.401826
    // January: 2975 x 0.1 + 1.5 = 299 kWh: 299 x (0.14 + 0.055 + 0.05) = 73.255; 73 x 31/365 = 6.20
    // net 97.856826, VAT 6 % 5.871410: 103.728236
    const zone = "Europe/Brussels";
    const peaks: Readonly<Record<string, number>> = { "2025-11-11": 1, "2025-12-11": 0.5, "2026-01-11": 1.5 };
    const grid = slotsOf(zone, "2025-11-01", "2026-02-01", QUARTER, ({ day, minutes }) => [
      minutes === 1080 ? (peaks[day] ?? 0.1) : 0.1,
      0,
    ]);
    const bill = billDays(bookOfForm("be-capacity"), grid, zone, "2026-01-01", "2026-02-01");
    expect(bill.importedKwh).toBeCloseTo(299, 6);
    expect(bill.total).toBeCloseTo(103.728236, 6);
    expect(bill.lines.find((l) => l.label === "Capacity")?.note).toContain("mean of the last 12 months");
  });

  test("Netherlands: saldering over the year, with and without a surplus", () => {
    // 2025: 3000 kWh taken, 2000 given. 3000 x 0.24 = 720; 2000 x 0.24 taken off = -480; supplier 12 x 7.20 = 86.40;
    // grid 474.50; tax credit -620.50: 180.40. With 3500 given: 720 - 720 - 500 x 0.05 + 86.40 + 474.50 - 620.50 = -84.60
    const zone = "Europe/Amsterdam";
    const year = (exported: number) =>
      slotsOf(zone, "2025-01-01", "2026-01-01", HOUR, () => [3000 / 8760, exported / 8760]);
    const bill = (exported: number) =>
      billDays(bookOfForm("nl-saldering"), year(exported), zone, "2025-01-01", "2026-01-01");
    expect(cents(bill(2000).total)).toBe("180.40");
    expect(cents(bill(3500).total)).toBe("-84.60");
    expect(bill(3500).days).toHaveLength(365);
  });

  test("France: Tempo's red day runs from six to six", () => {
    // 13 January 2026 is red, the 12th and 14th are blue. 1 kWh each hour, both days:
    // 13th: 00-06 still blue night 6 x 0.13 = 0.78; 06-22 red 16 x 0.70 = 11.20; 22-24 red night 2 x 0.16 = 0.32
    // 14th: 00-06 red night 6 x 0.16 = 0.96; 06-22 blue 16 x 0.16 = 2.56; 22-24 blue night 2 x 0.13 = 0.26
    // 16.08 and 2/31 of 15.50 = 1.00: 17.08
    const zone = "Europe/Paris";
    const grid = slotsOf(zone, "2026-01-12", "2026-01-16", HOUR, oneAnHour);
    const book = bookOfForm("fr-tempo", [{ name: "red", days: ["2026-01-13"] }]);
    const bill = billDays(book, grid, zone, "2026-01-13", "2026-01-15");
    expect(cents(bill.total)).toBe("17.08");
    expect(bill.days.map((d) => cents(d.amount))).toEqual(["12.80", "4.28"]);
  });

  test("Spain: three periods, a holiday that is all valley, electricity tax under IVA", () => {
    // Monday 5 January 2026: 8 x 0.20 + 8 x 0.14 + 8 x 0.10 = 3.52; Tuesday the 6th (Reyes): 24 x 0.10 = 2.40
    // power 2 x 138.70/365 = 0.76; base 6.68; electricity tax 5.1127 % = 0.341528; IVA 21 % of 7.021528 = 1.474521: 8.496049
    const zone = "Europe/Madrid";
    const grid = slotsOf(zone, "2026-01-05", "2026-01-07", HOUR, oneAnHour);
    const bill = billDays(bookOfForm("es-2.0td"), grid, zone, "2026-01-05", "2026-01-07");
    expect(bill.total).toBeCloseTo(8.496049, 6);
  });

  test("Norway: spot price with support, day and night grid, capacity by the three highest hours of three days", () => {
    // January 2026, 1 kWh each hour; Tuesday 13th 08 h 7 kWh and 09 h 6 kWh, Wednesday 08 h 5 kWh, Thursday 08 h 4.5 kWh.
    // 744 + 6 + 5 + 4 + 3.5 = 762.5 kWh at a spot price of 1.00: x 1.04 = 793.00; support -0.9 x 0.25 x 762.5 = -171.5625
    // grid by day: 22 working days less New Year, 21 x 16 h + 18.5 = 354.5 x 0.30 = 106.35; the other 408 x 0.20 = 81.60
    // capacity: (7 + 5 + 4.5) / 3 = 5.5 kW: the step up to 10 kW, 360; tax 762.5 x 0.0713 = 54.36625; supplier 39
    // net 1262.75375, VAT 25 %: 1578.442188
    const zone = "Europe/Oslo";
    const high: Readonly<Record<string, number>> = {
      "2026-01-13 480": 7,
      "2026-01-13 540": 6,
      "2026-01-14 480": 5,
      "2026-01-15 480": 4.5,
    };
    const grid = slotsOf(zone, "2026-01-01", "2026-02-01", HOUR, ({ day, minutes }) => [
      high[`${day} ${minutes}`] ?? 1,
      0,
    ]);
    const bill = billDays(
      bookOfForm("no-spot-support"),
      grid,
      zone,
      "2026-01-01",
      "2026-02-01",
      dayAhead(zone, grid, () => 1),
    );
    expect(bill.total).toBeCloseTo(1578.442188, 5);
    expect(bill.lines.find((l) => l.label === "Capacity step")).toMatchObject({ unit: "kW months" });
    expect(bill.lines.find((l) => l.label === "Capacity step")?.quantity).toBeCloseTo(5.5, 6);
  });

  test("Denmark: grid fees of winter and summer", () => {
    // 1 kWh each hour at a spot price of 0.50: 24 x 0.58 = 13.92; system 24 x 0.14 = 3.36; tax 24 x 0.72 = 17.28
    // 1 February: 6 x 0.10 + 4 x 0.80 + 14 x 0.30 = 8.00; 50/28 = 1.785714; 44.345714 x 1.25 = 55.432143
    // 1 July: 6 x 0.10 + 4 x 0.40 + 14 x 0.15 = 4.30; 50/31 = 1.612903; 40.472903 x 1.25 = 50.591129
    const zone = "Europe/Copenhagen";
    const day = (from: string, to: string) => {
      const grid = slotsOf(zone, from, to, HOUR, oneAnHour);
      return billDays(
        bookOfForm("dk-seasonal-grid"),
        grid,
        zone,
        from,
        to,
        dayAhead(zone, grid, () => 0.5),
      ).total;
    };
    expect(day("2026-02-01", "2026-02-02")).toBeCloseTo(55.432143, 6);
    expect(day("2026-07-01", "2026-07-02")).toBeCloseTo(50.591129, 6);
  });

  test("Sweden: power counts by half at night", () => {
    // June 2026, 0.5 kWh each hour; the 3rd 18 h 6 kWh, the 4th 23 h 8 kWh (counts as 4), the 5th 19 h 5 kWh.
    // 360 + 5.5 + 7.5 + 4.5 = 377.5 kWh at 0.40: x 0.46 = 173.65; grid x 0.06 = 22.65; tax x 0.44 = 166.10
    // power (6 + 4 + 5) / 3 = 5 kW x 65 = 325; subscription 315; net 1002.40, VAT 25 %: 1253.00
    const zone = "Europe/Stockholm";
    const high: Readonly<Record<string, number>> = { "2026-06-03 1080": 6, "2026-06-04 1380": 8, "2026-06-05 1140": 5 };
    const grid = slotsOf(zone, "2026-06-01", "2026-07-01", HOUR, ({ day, minutes }) => [
      high[`${day} ${minutes}`] ?? 0.5,
      0,
    ]);
    const prices = dayAhead(zone, grid, () => 0.4);
    expect(cents(billDays(bookOfForm("se-power"), grid, zone, "2026-06-01", "2026-07-01", prices).total)).toBe(
      "1253.00",
    );
  });

  test("California: summer evenings, a baseline credit by days, a minimum bill", () => {
    // July 2026, 1 kWh each hour, 744 kWh. 23 working days, of which Friday the 3rd stands for Independence Day: 22.
    // on-peak 22 x 5 x 0.58 = 63.80; mid-peak 9 x 5 x 0.47 = 21.15; the other 589 x 0.35 = 206.15
    // baseline 31 x 10 = 310 kWh x -0.10 = -31.00; base charge 31 x 0.79 = 24.49: 284.59. Without energy 24.49, at least 30.
    const zone = "America/Los_Angeles";
    const month = (load: Load) =>
      billDays(
        bookOfForm("us-ca-baseline"),
        slotsOf(zone, "2026-07-01", "2026-08-01", HOUR, load),
        zone,
        "2026-07-01",
        "2026-08-01",
      );
    expect(cents(month(oneAnHour).total)).toBe("284.59");
    expect(cents(month(() => [0, 0]).total)).toBe("30.00");
  });

  test("Japan: three steps a month", () => {
    // April 2026, 400 kWh: 120 x 30 + 180 x 36.5 + 100 x 40.5 = 3600 + 6570 + 4050 = 14220; levy 1600; base 930: 16750
    const zone = "Asia/Tokyo";
    const grid = slotsOf(zone, "2026-04-01", "2026-05-01", HOUR, () => [400 / 720, 0]);
    expect(cents(billDays(bookOfForm("jp-steps"), grid, zone, "2026-04-01", "2026-05-01").total)).toBe("16750.00");
  });
});
