import { describe, expect, test } from "vitest";
import { holidayRegions, holidaysOf } from "../../../hub/energy/bill/holidays.ts";
import { holidaySpans } from "../../../hub/rules/time/holidays.ts";

describe("the holidays of a country or a region", () => {
  test.each([
    ["FI", ["2027-06-26", "2027-11-06", "2026-06-20", "2026-10-31"], ["2027-06-25"]],
    ["SE", ["2028-06-24", "2028-11-04"], ["2028-06-23"]],
    // Saint Brigid's Day: the first Monday of February, but its first day where that is a Friday.
    ["IE", ["2027-02-01", "2028-02-07", "2030-02-01", "2027-10-25"], ["2028-02-01", "2030-02-04"]],
    // The king's birthday is not kept on a Sunday.
    ["NL", ["2031-04-26", "2027-04-27"], ["2031-04-27"]],
    // New Year's Day of 2028 is a Saturday, so that it is kept in the year before.
    ["US", ["2027-12-31"], ["2028-01-01", "2027-01-02"]],
    ["PL", ["2027-05-27", "2027-12-24"], ["2027-04-25"]],
    ["IT", ["2026-10-04"], ["2026-06-29"]],
    ["DE", ["2027-05-17"], ["2027-05-27", "2027-10-31", "2027-11-17"]],
    ["DE-BY", ["2027-05-17", "2027-05-27", "2027-01-06", "2027-11-01"], ["2027-10-31"]],
    ["DE-SN", ["2027-11-17", "2028-11-22", "2027-10-31"], ["2027-11-01"]],
    ["DE-XX", [], ["2027-01-01"]],
    ["constructor", [], ["2027-01-01"]],
  ])("of %s are these", (region, are, areNot) => {
    const is = (day: string) => holidaysOf(region, Number(day.slice(0, 4))).has(day);
    expect(are.filter((day) => !is(day))).toEqual([]);
    expect(areNot.filter(is)).toEqual([]);
  });

  test("lie in the year they are asked for, wherever that is", () => {
    expect(holidayRegions.length).toBeGreaterThan(40);
    for (const region of holidayRegions)
      for (let year = 2020; year < 2040; year++) {
        const days = [...holidaysOf(region, year)];
        expect(days.length, region).toBeGreaterThanOrEqual(3);
        expect(days.every((day) => /^\d{4}-\d\d-\d\d$/.test(day) && day.startsWith(String(year)))).toBe(true);
      }
  });
});

const at = (iso: string) => Date.parse(iso);
const utc = (ms: number) => new Date(ms).toISOString().slice(0, 16);
const spans = (country: string, from: string, to: string, zone: string) =>
  holidaySpans(country, at(from), at(to), zone).map((span) => [span.entry, utc(span.from), utc(span.to)]);

describe("a country's holidays in the calendar of a home", () => {
  test("last from midnight to midnight by the home's clock, two side by side as one", () => {
    expect(spans("DE", "2026-12-01T00:00Z", "2027-01-02T12:00Z", "Europe/Berlin")).toEqual([
      ["holiday", "2026-12-24T23:00", "2026-12-26T23:00"],
      ["holiday", "2026-12-31T23:00", "2027-01-01T23:00"],
    ]);
  });

  test("are whole where what is asked for begins or ends in the middle of them", () => {
    expect(spans("DE", "2026-12-26T12:00Z", "2026-12-26T13:00Z", "Europe/Berlin")).toEqual([
      ["holiday", "2026-12-24T23:00", "2026-12-26T23:00"],
    ]);
    expect(spans("DE", "2026-12-24T00:00Z", "2026-12-24T23:00Z", "Europe/Berlin")).toEqual([]);
  });

  test("are none for a country that is not known", () => {
    expect(spans("XX", "2026-01-01T00:00Z", "2027-01-01T00:00Z", "UTC")).toEqual([]);
  });
});
