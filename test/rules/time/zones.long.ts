/** Every change of the clock from 1970 to 2035 in every zone that Intl knows; no part of it is left to chance. */
import { describe, expect, test } from "vitest";
import { atWall } from "../../../hub/energy/clock.ts";
import { occurrences } from "../../../hub/rules/time/occurrences.ts";
import { asTemporal, changesOf, followsTheClock, neverApart, onceADay, splitsAnywhere } from "./zone-laws.ts";

const DAY = 86_400_000;
const zones = Intl.supportedValuesOf("timeZone");
const changes = zones.flatMap(changesOf);

/** Local days that were left out by going over the date line, 1970 to 2035: all that the tz database has. */
const gone: Readonly<Record<string, string>> = {
  "Pacific/Apia": "2011-12-30",
  "Pacific/Fakaofo": "2011-12-30",
  "Pacific/Kiritimati": "1994-12-31",
  "Pacific/Enderbury": "1994-12-31",
  "Pacific/Kanton": "1994-12-31",
  "Pacific/Kwajalein": "1993-08-21",
};

describe("every change of the clock from 1970 to 2035 in every zone", () => {
  test("is known to the second, as Temporal knows it", () => {
    expect(zones.length).toBeGreaterThan(400);
    expect(changes.length).toBeGreaterThan(19_000);
    for (const change of changes) asTemporal(change);
  });

  test("leaves a time of day once each day", () => {
    for (const change of changes) onceADay(change);
  });

  test("leaves no day of the 66 years without its time of day, but for those that never were", () => {
    for (const zone of zones) {
      const place = { timeZone: zone, latitude: 0, longitude: 0 };
      const edges = [1970, 1980, 1990, 2000, 2010, 2020, 2030, 2036].map((year) => atWall(Date.UTC(year, 0, 1), zone));
      const counts = edges.slice(1).map((to, i) => {
        return occurrences({ kind: "time", at: "02:30" }, (edges[i] ?? 0) - 1, to - 1, place).length;
      });
      const days = (Date.UTC(2036, 0, 1) - Date.UTC(1970, 0, 1)) / DAY;
      expect(
        counts.reduce((sum, count) => sum + count, 0),
        zone,
      ).toBe(days - (zone in gone ? 1 : 0));
    }
  });

  test("does not keep “every n minutes” away for longer than it says", () => {
    for (const change of changes) for (const minutes of [7, 45, 60, 120, 500]) neverApart(change, minutes);
  });

  test("is followed by cron with an open hour", () => {
    for (const change of changes) followsTheClock(change);
  });

  test("does not matter to how the question is cut into parts", () => {
    for (const change of changes) splitsAnywhere(change);
  });
});
