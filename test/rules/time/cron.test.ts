import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Place } from "../../../hub/model/rule/time.ts";
import { readCron } from "../../../hub/rules/time/cron.ts";
import { occurrences } from "../../../hub/rules/time/occurrences.ts";

const at = (iso: string) => Date.parse(iso);
const utc: Place = { timeZone: "UTC", latitude: 0, longitude: 0 };
const times = (expression: string, from: string, to: string, place = utc) =>
  occurrences({ kind: "cron", expression }, at(from), at(to), place).map((ms) =>
    new Date(ms).toISOString().slice(0, 16),
  );

describe("cron", () => {
  test("reads lists, ranges, steps and names", () => {
    expect(times("5,35 8-9 * * *", "2026-11-22", "2026-11-23")).toEqual([
      ...["2026-11-22T08:05", "2026-11-22T08:35", "2026-11-22T09:05", "2026-11-22T09:35"],
    ]);
    expect(times("0 10-20/5 * jan,DEC mon-wed", "2026-12-01T12:00Z", "2026-12-03")).toEqual([
      ...["2026-12-01T15:00", "2026-12-01T20:00", "2026-12-02T10:00", "2026-12-02T15:00", "2026-12-02T20:00"],
    ]);
    expect(times("50/5 0 1 1 *", "2025-12-31", "2026-12-31")).toEqual(["2026-01-01T00:50", "2026-01-01T00:55"]);
  });

  test("knows Sunday as 0, as 7, by its name and as the end of a range", () => {
    const sundays = times("0 0 * * 0", "2026-11-01", "2026-12-01");
    expect(sundays).toEqual(["2026-11-08", "2026-11-15", "2026-11-22", "2026-11-29"].map((day) => `${day}T00:00`));
    for (const same of ["0 0 * * 7", "0 0 * * SUN", "0 0 * * sun"])
      expect(times(same, "2026-11-01", "2026-12-01")).toEqual(sundays);
    expect(times("0 0 * * SAT-SUN", "2026-11-20", "2026-11-23")).toEqual(["2026-11-21T00:00", "2026-11-22T00:00"]);
  });

  test("finds the last day of each month, leap years too", () => {
    expect(times("0 6 L 2,4 *", "2027-01-01", "2028-05-01")).toEqual([
      ...["2027-02-28T06:00", "2027-04-30T06:00", "2028-02-29T06:00", "2028-04-30T06:00"],
    ]);
    expect(times("0 6 15,L 2 *", "2027-01-01", "2028-01-01")).toEqual(["2027-02-15T06:00", "2027-02-28T06:00"]);
  });

  test("takes a day of the month or a weekday where both are given, as POSIX has it", () => {
    expect(times("0 0 13 * FRI", "2026-11-11", "2026-11-28")).toEqual([
      ...["2026-11-13T00:00", "2026-11-20T00:00", "2026-11-27T00:00"],
    ]);
    expect(times("0 0 */10 * FRI", "2026-11-01", "2026-12-31")).toEqual(["2026-12-11T00:00"]);
  });

  test("says which field is wrong and how to write it", () => {
    const wrong: Readonly<Record<string, string>> = {
      "* * * *": "expression has 4 fields: cron needs five",
      "0 0 0 1 1 *": "expression has 6 fields",
      "60 * * * *": "the minute 60 must lie between 0 and 59",
      "0 24 * * *": "the hour 24 must lie between 0 and 23",
      "0 0 0 * *": "the day of the month 0 must lie between 1 and 31",
      "0 0 * 13 *": "the month 13 must lie between 1 and 12",
      "0 0 * * 8": "the weekday 8 must lie between 0 and 7",
      "0 0 * * MOO": '"MOO" is no weekday: write a number or a name (MON)',
      "10-5 * * * *": "runs backwards",
      "*/0 * * * *": "must be at least 1",
      "1/2/3 * * * *": "two steps",
      "1-2-3 * * * *": "is no range",
      "-5 * * * *": "is no minute",
      "1,,2 * * * *": "is no minute",
      "0 0 L-3 * *": "is no day of the month",
      "@daily x x x x": "is no minute",
    };
    for (const [expression, words] of Object.entries(wrong)) expect(readCron(expression), expression).toContain(words);
  });

  test("comes at set hours once where the clock jumps and the first time where it repeats", () => {
    const berlin: Place = { ...utc, timeZone: "Europe/Berlin" };
    expect(times("0,30 2 * * *", "2026-03-28T12:00Z", "2026-03-29T12:00Z", berlin)).toEqual(["2026-03-29T01:00"]);
    expect(times("0,30 2 * * *", "2026-10-24T12:00Z", "2026-10-25T12:00Z", berlin)).toEqual([
      ...["2026-10-25T00:00", "2026-10-25T00:30"],
    ]);
    expect(times("30 * * * *", "2026-10-24T23:00Z", "2026-10-25T02:00Z", berlin)).toEqual([
      ...["2026-10-24T23:30", "2026-10-25T00:30", "2026-10-25T01:30"],
    ]);
  });

  test("comes at every minute that all its fields fit, looked at minute by minute", () => {
    const set = (min: number, max: number) => fc.uniqueArray(fc.integer({ min, max }), { minLength: 1, maxLength: 6 });
    const fields = fc.tuple(set(0, 59), set(0, 23), set(1, 31), set(1, 12), set(0, 6), fc.constantFrom(0, 1, 2));
    fc.assert(
      fc.property(fields, fc.integer({ min: 0, max: 60 }), ([minutes, hours, dates, months, weekdays, days], month) => {
        const date = days === 1 ? "*" : dates.join(",");
        const weekday = days === 2 ? "*" : weekdays.join(",");
        const expression = `${minutes.join(",")} ${hours.join(",")} ${date} ${months.join(",")} ${weekday}`;
        const from = Date.UTC(2024, month, 1);
        const to = Date.UTC(2024, month + 1, 1);
        const wanted: number[] = [];
        for (let ms = from + 60_000; ms <= to; ms += 60_000) {
          const d = new Date(ms);
          if (!minutes.includes(d.getUTCMinutes()) || !hours.includes(d.getUTCHours())) continue;
          const [byDate, byWeekday] = [dates.includes(d.getUTCDate()), weekdays.includes(d.getUTCDay())];
          const onDay = days === 0 ? byDate || byWeekday : days === 1 ? byWeekday : byDate;
          if (onDay && months.includes(d.getUTCMonth() + 1)) wanted.push(ms);
        }
        expect(occurrences({ kind: "cron", expression }, from, to, utc)).toEqual(wanted);
      }),
      { numRuns: 60, seed: 5 },
    );
  });
});
