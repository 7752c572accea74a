import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  atLocalMinutes,
  clockText,
  inBand,
  lastLocalMinutes,
  localTime,
  nextLocalMinutes,
  parseClock,
  startOfLocalDay,
} from "../../hub/energy/clock.ts";

const BERLIN = "Europe/Berlin";
const at = (iso: string) => Date.parse(iso);
const HOUR = 3_600_000;

describe("the home's clock", () => {
  test("follows the wall through both changes of the clock", () => {
    expect(localTime(at("2026-03-29T00:59:00Z"), BERLIN)).toEqual({ minutes: 119, weekday: 7, day: "2026-03-29" });
    expect(localTime(at("2026-03-29T01:00:00Z"), BERLIN).minutes).toBe(180);
    expect(localTime(at("2026-10-25T00:30:00Z"), BERLIN).minutes).toBe(150);
    expect(localTime(at("2026-10-25T01:30:00Z"), BERLIN).minutes).toBe(150);
  });

  test("gives days of 23 and 25 hours their length", () => {
    const length = (iso: string) => {
      const start = startOfLocalDay(at(iso), BERLIN);
      return (startOfLocalDay(start + 36 * HOUR, BERLIN) - start) / HOUR;
    };
    expect(length("2026-03-29T12:00:00Z")).toBe(23);
    expect(length("2026-10-25T12:00:00Z")).toBe(25);
    expect(length("2026-06-01T12:00:00Z")).toBe(24);
  });

  test("knows zones of half and quarter hours, and a day that begins without midnight", () => {
    expect(localTime(at("2026-01-01T00:00:00Z"), "Asia/Kathmandu").minutes).toBe(5 * 60 + 45);
    // Beirut moves its clock at midnight: that day begins at one o'clock.
    const start = startOfLocalDay(at("2026-03-29T12:00:00Z"), "Asia/Beirut");
    expect(localTime(start, "Asia/Beirut")).toMatchObject({ day: "2026-03-29", minutes: 60 });
  });

  test("agrees with the calendar of Intl at any moment in any zone", () => {
    const zones = fc.constantFrom(BERLIN, "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "UTC");
    const moments = fc.integer({ min: at("2020-01-01"), max: at("2035-01-01") });
    fc.assert(
      fc.property(moments, zones, (moment, timeZone) => {
        const text = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "short" }).format(
          moment,
        );
        const { day, minutes } = localTime(moment, timeZone);
        expect(`${day} ${clockText(minutes)}`).toBe(text);
      }),
      { numRuns: 2000, seed: 3 },
    );
  });

  test("finds the next and the last time of day on either side of now", () => {
    const moments = fc.integer({ min: at("2026-03-25"), max: at("2026-04-02") });
    fc.assert(
      fc.property(moments, fc.integer({ min: 0, max: 1439 }), (now, minutes) => {
        expect(nextLocalMinutes(now, minutes, BERLIN)).toBeGreaterThan(now);
        expect(lastLocalMinutes(now, minutes, BERLIN)).toBeLessThanOrEqual(now);
        expect(nextLocalMinutes(now, minutes, BERLIN) - now).toBeLessThanOrEqual(25 * HOUR);
      }),
      { numRuns: 1000, seed: 4 },
    );
  });

  test("moves a time that the clock skips on by the skipped hour", () => {
    expect(localTime(atLocalMinutes(at("2026-03-29T12:00:00Z"), 150, BERLIN), BERLIN).minutes).toBe(210);
  });

  test("counts a band over midnight to the day on which it began", () => {
    const friday = { from: "22:00", to: "06:00", weekdays: [5] };
    expect(inBand(friday, at("2026-11-20T22:30:00Z"), BERLIN)).toBe(true);
    expect(inBand(friday, at("2026-11-21T04:30:00Z"), BERLIN)).toBe(true);
    expect(inBand(friday, at("2026-11-21T05:30:00Z"), BERLIN)).toBe(false);
    expect(inBand(friday, at("2026-11-20T04:30:00Z"), BERLIN)).toBe(false);
  });

  test("names a time that is none", () => {
    expect(parseClock("24:00")).toBe(1440);
    for (const wrong of ["24:01", "7", "12:60", "", "ab:cd"]) expect(() => parseClock(wrong)).toThrow("HH:MM");
  });
});
