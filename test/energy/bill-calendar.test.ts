import { expect, test } from "vitest";
import { holidaysOf } from "../../hub/energy/bill/holidays.ts";
import { periodDays, periodStart } from "../../hub/energy/bill/period.ts";
import { bookFaults } from "../../hub/energy/tariff-check.ts";
import { tariffForms } from "../../hub/energy/tariff-forms/index.ts";
import { billDays, bookOfForm, bookWith, HOUR, slotsOf } from "./bill-support.ts";

test.each([
  [
    "DE",
    2026,
    ["2026-01-01", "2026-04-03", "2026-04-06", "2026-05-14", "2026-05-25", "2026-10-03"],
    ["2026-04-05", "2026-06-04"],
  ],
  ["FR", 2027, ["2027-03-29", "2027-05-06", "2027-07-14"], ["2027-03-26"]],
  // Christmas of 2027 is on a weekend: Monday and Tuesday stand for it.
  ["GB", 2027, ["2027-12-27", "2027-12-28", "2027-08-30", "2027-05-03", "2027-05-31"], ["2027-12-25", "2027-12-26"]],
  ["US", 2026, ["2026-11-26", "2026-07-03", "2026-01-19", "2026-05-25"], ["2026-07-04"]],
  ["NO", 2026, ["2026-05-17", "2026-04-02"], ["2026-12-24"]],
  ["XX", 2026, [], ["2026-01-01"]],
])("public holidays of %s in %i", (country, year, are, areNot) => {
  const days = holidaysOf(country, year);
  expect(are.filter((day) => !days.has(day))).toEqual([]);
  expect(areNot.filter((day) => days.has(day))).toEqual([]);
});

test("billing periods that do not begin with the calendar's", () => {
  expect(periodStart("2026-03-14", "month", "01-15")).toBe("2026-02-15");
  expect(periodStart("2026-03-15", "month", "01-15")).toBe("2026-03-15");
  expect(periodStart("2026-03-01", "month", "01-31")).toBe("2026-02-28");
  expect(periodStart("2026-01-10", "month", "01-15")).toBe("2025-12-15");
  expect(periodStart("2026-06-30", "year", "07-01")).toBe("2025-07-01");
  expect(periodStart("2026-07-01", "year", "07-01")).toBe("2026-07-01");
  expect([periodDays("2026-02-15", "month", "01-15"), periodDays("2027-07-01", "year", "07-01")]).toEqual([28, 366]);
});

test("steps count from the billing month's own beginning", () => {
  // 10 kWh a day from 1 March; the period begins on the 11th: 10 days (100 kWh) end the old one, 20 days the new one.
  // Each begins again at 50 kWh for 0.20, then 0.30: 50 x 0.20 + 50 x 0.30 + 50 x 0.20 + 150 x 0.30 = 80
  const zone = "Europe/Berlin";
  const grid = slotsOf(zone, "2026-03-01", "2026-03-31", HOUR, ({ minutes }) => [minutes === 720 ? 10 : 0, 0]);
  const book = bookWith([
    {
      ...{ kind: "tiers", label: "E", role: "energy", per: "month", starts: "01-11", perDay: false },
      steps: [{ upTo: 50, perKwh: 0.2 }, { perKwh: 0.3 }],
    },
  ]);
  expect(billDays(book, grid, zone, "2026-03-01", "2026-03-31").total).toBeCloseTo(80, 6);
});

test.each(tariffForms.map((form) => [form.id, form] as const))("the form %s is a contract that fits", (id, form) => {
  expect(
    bookFaults(
      bookOfForm(
        id,
        (form.dayLists ?? []).map((name) => ({ name, days: [] })),
      ),
    ),
  ).toEqual([]);
});

test("what does not fit in a book is named with its place", () => {
  const wrong = bookWith(
    [
      {
        kind: "perKwh",
        label: "E",
        role: "energy",
        direction: "import",
        bands: [{ from: "00:00", to: "06:00", perKwh: 1, onDays: ["blue"] }],
        perKwh: 1,
      },
      {
        kind: "tiers",
        label: "T",
        role: "energy",
        per: "month",
        perDay: false,
        steps: [
          { upTo: 5, perKwh: 1 },
          { upTo: 3, perKwh: 1 },
        ],
      },
      { kind: "cap", label: "C", of: ["energy"] },
    ],
    { holidayCountry: "XX", dayLists: [{ name: "red", days: ["2026-02-30"] }] },
  );
  expect(bookFaults(wrong).map((f) => f.field)).toEqual([
    "holidayCountry",
    "contracts.0.components.0.bands.0",
    "contracts.0.components.1.steps",
    "contracts.0.components.2.atMost",
    "dayLists.0.days",
  ]);
});
