import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Place, SunTrigger } from "../../../hub/model/rule/time.ts";
import { occurrences } from "../../../hub/rules/time/occurrences.ts";
import { sunDay } from "../../../hub/rules/time/sun.ts";

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
const at = (iso: string) => Date.parse(iso);
const events = ["dawn", "sunrise", "noon", "sunset", "dusk"] as const;

/**
 * What the United States Naval Observatory gives for these places (latitude, longitude) and days of UTC: all that the
 * sun does that day, to the minute, UTC; what is missing does not come that day.
 */
const published = `
Longyearbyen 78.22334 15.64689 2026-01-03
Longyearbyen 78.22334 15.64689 2026-03-20 dawn 03:06 sunrise 04:52 noon 11:05 sunset 17:22 dusk 19:10
Longyearbyen 78.22334 15.64689 2026-06-21 noon 10:59
Longyearbyen 78.22334 15.64689 2026-09-23 dawn 02:48 sunrise 04:35 noon 10:50 sunset 17:01 dusk 18:46
Longyearbyen 78.22334 15.64689 2026-12-21
Tromsø 69.6489 18.95508 2026-01-03 dawn 08:24 dusk 13:14
Tromsø 69.6489 18.95508 2026-03-20 dawn 03:44 sunrise 04:44 noon 10:52 sunset 17:02 dusk 18:02
Tromsø 69.6489 18.95508 2026-06-21 noon 10:46
Tromsø 69.6489 18.95508 2026-09-23 dawn 03:27 sunrise 04:28 noon 10:37 sunset 16:43 dusk 17:43
Tromsø 69.6489 18.95508 2026-12-21 dawn 08:31 dusk 12:53
Reykjavík 64.13548 -21.89541 2026-01-03 dawn 10:02 sunrise 11:17 noon 13:32 sunset 15:48 dusk 17:03
Reykjavík 64.13548 -21.89541 2026-03-20 dawn 06:41 sunrise 07:28 noon 13:35 sunset 19:43 dusk 20:31
Reykjavík 64.13548 -21.89541 2026-06-21 sunset 00:03 sunrise 02:55 noon 13:29
Reykjavík 64.13548 -21.89541 2026-09-23 dawn 06:25 sunrise 07:13 noon 13:20 sunset 19:25 dusk 20:12
Reykjavík 64.13548 -21.89541 2026-12-21 dawn 10:03 sunrise 11:22 noon 13:26 sunset 15:29 dusk 16:49
Stockholm 59.32938 18.06871 2026-01-03 dawn 06:49 sunrise 07:43 noon 10:52 sunset 14:02 dusk 14:56
Stockholm 59.32938 18.06871 2026-03-20 dawn 04:09 sunrise 04:50 noon 10:55 sunset 17:02 dusk 17:43
Stockholm 59.32938 18.06871 2026-06-21 sunrise 01:31 noon 10:50 sunset 20:08 dusk 21:40 dawn 23:59
Stockholm 59.32938 18.06871 2026-09-23 dawn 03:53 sunrise 04:34 noon 10:40 sunset 16:45 dusk 17:25
Stockholm 59.32938 18.06871 2026-12-21 dawn 06:48 sunrise 07:43 noon 10:46 sunset 13:48 dusk 14:44
Kyiv 50.45466 30.5238 2026-01-03 dawn 05:20 sunrise 05:58 noon 10:02 sunset 14:07 dusk 14:45
Kyiv 50.45466 30.5238 2026-03-20 dawn 03:29 sunrise 04:01 noon 10:05 sunset 16:11 dusk 16:43
Kyiv 50.45466 30.5238 2026-06-21 dawn 01:01 sunrise 01:46 noon 10:00 sunset 18:13 dusk 18:59
Kyiv 50.45466 30.5238 2026-09-23 dawn 03:13 sunrise 03:45 noon 09:50 sunset 15:54 dusk 16:27
Kyiv 50.45466 30.5238 2026-12-21 dawn 05:17 sunrise 05:56 noon 09:56 sunset 13:56 dusk 14:35
Istanbul 41.01384 28.94966 2026-01-03 dawn 04:58 sunrise 05:29 noon 10:09 sunset 14:48 dusk 15:19
Istanbul 41.01384 28.94966 2026-03-20 dawn 03:41 sunrise 04:08 noon 10:12 sunset 16:16 dusk 16:44
Istanbul 41.01384 28.94966 2026-06-21 dawn 01:58 sunrise 02:32 noon 10:06 sunset 17:40 dusk 18:14
Istanbul 41.01384 28.94966 2026-09-23 dawn 03:25 sunrise 03:53 noon 09:57 sunset 16:00 dusk 16:27
Istanbul 41.01384 28.94966 2026-12-21 dawn 04:54 sunrise 05:26 noon 10:02 sunset 14:39 dusk 15:10
Shanghai 31.22222 121.45806 2026-01-03 noon 03:59 sunset 09:04 dusk 09:31 dawn 22:27 sunrise 22:53
Shanghai 31.22222 121.45806 2026-03-20 noon 04:02 sunset 10:05 dusk 10:30 dawn 21:33 sunrise 21:57
Shanghai 31.22222 121.45806 2026-06-21 noon 03:56 sunset 11:01 dusk 11:29 dawn 20:23 sunrise 20:51
Shanghai 31.22222 121.45806 2026-09-23 noon 03:47 sunset 09:50 dusk 10:14 dawn 21:19 sunrise 21:43
Shanghai 31.22222 121.45806 2026-12-21 noon 03:52 sunset 08:56 dusk 09:22 dawn 22:22 sunrise 22:49
Bogotá 4.60971 -74.08175 2026-01-03 dawn 10:42 sunrise 11:05 noon 17:01 sunset 22:57 dusk 23:19
Bogotá 4.60971 -74.08175 2026-03-20 dawn 10:40 sunrise 11:00 noon 17:04 sunset 23:07 dusk 23:28
Bogotá 4.60971 -74.08175 2026-06-21 dawn 10:24 sunrise 10:47 noon 16:58 sunset 23:10 dusk 23:33
Bogotá 4.60971 -74.08175 2026-09-23 dawn 10:25 sunrise 10:45 noon 16:49 sunset 22:52 dusk 23:12
Bogotá 4.60971 -74.08175 2026-12-21 dawn 10:36 sunrise 10:59 noon 16:54 sunset 22:50 dusk 23:13
Lima -12.04318 -77.02824 2026-01-03 dusk 00:00 dawn 10:25 sunrise 10:48 noon 17:13 sunset 23:37
Lima -12.04318 -77.02824 2026-03-20 dawn 10:51 sunrise 11:12 noon 17:15 sunset 23:19 dusk 23:40
Lima -12.04318 -77.02824 2026-06-21 dawn 11:04 sunrise 11:27 noon 17:10 sunset 22:53 dusk 23:16
Lima -12.04318 -77.02824 2026-09-23 dawn 10:36 sunrise 10:57 noon 17:00 sunset 23:04 dusk 23:25
Lima -12.04318 -77.02824 2026-12-21 dawn 10:18 sunrise 10:41 noon 17:06 sunset 23:31 dusk 23:55
Buenos_Aires -34.61315 -58.37723 2026-01-03 dawn 08:17 sunrise 08:46 noon 15:58 sunset 23:10 dusk 23:39
Buenos_Aires -34.61315 -58.37723 2026-03-20 dawn 09:32 sunrise 09:57 noon 16:01 sunset 22:05 dusk 22:30
Buenos_Aires -34.61315 -58.37723 2026-06-21 dawn 10:32 sunrise 11:00 noon 15:55 sunset 20:50 dusk 21:18
Buenos_Aires -34.61315 -58.37723 2026-09-23 dawn 09:16 sunrise 09:41 noon 15:46 sunset 21:51 dusk 22:16
Buenos_Aires -34.61315 -58.37723 2026-12-21 dawn 08:08 sunrise 08:37 noon 15:52 sunset 23:06 dusk 23:36
Melbourne -37.814 144.96332 2026-01-03 noon 02:24 sunset 09:46 dusk 10:17 dawn 18:33 sunrise 19:04
Melbourne -37.814 144.96332 2026-03-20 noon 02:28 sunset 08:32 dusk 08:58 dawn 19:57 sunrise 20:24
Melbourne -37.814 144.96332 2026-06-21 noon 02:22 sunset 07:08 dusk 07:38 dawn 21:06 sunrise 21:36
Melbourne -37.814 144.96332 2026-09-23 noon 02:13 sunset 08:17 dusk 08:43 dawn 19:41 sunrise 20:07
Melbourne -37.814 144.96332 2026-12-21 noon 02:18 sunset 09:42 dusk 10:13 dawn 18:23 sunrise 18:55
Ushuaia -54.81084 -68.31591 2026-01-03 sunset 01:12 dusk 02:08 dawn 07:08 sunrise 08:03 noon 16:38
Ushuaia -54.81084 -68.31591 2026-03-20 dawn 09:58 sunrise 10:35 noon 16:41 sunset 22:46 dusk 23:22
Ushuaia -54.81084 -68.31591 2026-06-21 dawn 12:14 sunrise 12:59 noon 16:35 sunset 20:11 dusk 20:57
Ushuaia -54.81084 -68.31591 2026-09-23 dawn 09:43 sunrise 10:19 noon 16:26 sunset 22:33 dusk 23:09
Ushuaia -54.81084 -68.31591 2026-12-21 sunset 01:11 dusk 02:08 dawn 06:54 sunrise 07:51 noon 16:31
McMurdo_Station -77.846 166.676 2026-01-03 noon 00:58
McMurdo_Station -77.846 166.676 2026-03-20 noon 01:01 sunset 07:19 dusk 09:02 dawn 17:02 sunrise 18:46
McMurdo_Station -77.846 166.676 2026-06-21
McMurdo_Station -77.846 166.676 2026-09-23 noon 00:46 sunset 07:04 dusk 08:48 dawn 16:41 sunrise 18:24
McMurdo_Station -77.846 166.676 2026-12-21 noon 00:51
`;

interface Row {
  readonly place: Place;
  readonly date: string;
  readonly times: ReadonlyMap<string, string>;
}

const rows: readonly Row[] = published
  .trim()
  .split("\n")
  .map((line) => {
    const [, latitude, longitude, date = "", ...rest] = line.split(" ");
    const times = new Map(rest.flatMap((word, i) => (i % 2 === 0 ? [[word, rest[i + 1] ?? ""] as const] : [])));
    return { place: { timeZone: "UTC", latitude: Number(latitude), longitude: Number(longitude) }, date, times };
  });

const inDay = (trigger: SunTrigger, date: string, place: Place) =>
  occurrences(trigger, at(date) - 1, at(date) + DAY - 1, place);

describe("the sun at a place", () => {
  test("comes within two minutes of the published times, from Svalbard to Antarctica", () => {
    let compared = 0;
    for (const { place, date, times } of rows)
      for (const event of events) {
        const told = times.get(event);
        // What is published for the last minute of a day may lie in the first of the next, and the other way round.
        const found = occurrences({ kind: "sun", event }, at(date) - 2 * MINUTE, at(date) + DAY + 2 * MINUTE, place);
        const where = `${event} at ${place.latitude} on ${date}`;
        if (told === undefined) {
          // A noon below the horizon is not published, but it is there.
          if (event !== "noon") expect(inDay({ kind: "sun", event }, date, place), where).toEqual([]);
          continue;
        }
        const apart = found.map((moment) => Math.abs(moment - at(`${date}T${told}:00Z`) - MINUTE / 2) / MINUTE);
        expect(Math.min(...apart), where).toBeLessThanOrEqual(2);
        compared++;
      }
    expect(compared).toBeGreaterThan(250);
  });

  test("is once each solar day where no night is white, whatever the zone says", () => {
    const latitude = fc.double({ min: -60, max: 60, noNaN: true });
    const longitude = fc.double({ min: -180, max: 180, noNaN: true });
    const zones = fc.constantFrom("UTC", "Europe/Berlin", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kathmandu");
    fc.assert(
      fc.property(latitude, longitude, zones, fc.constantFrom(...events), (lat, lng, timeZone, event) => {
        const place = { timeZone, latitude: lat, longitude: lng };
        const found = occurrences({ kind: "sun", event }, at("2026-01-01"), at("2027-01-01"), place);
        expect(Math.abs(found.length - 365)).toBeLessThanOrEqual(1);
        const gaps = found.slice(1).map((moment, i) => (moment - (found[i] ?? 0)) / DAY);
        expect(Math.min(...gaps)).toBeGreaterThan(0.98);
        if (event === "noon") expect(Math.max(...gaps)).toBeLessThan(1.001);
      }),
      { numRuns: 60, seed: 7 },
    );
  });

  test("rises before noon and sets after it, dawn before sunrise, dusk after sunset", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 24_000 }),
        fc.double({ min: -90, max: 90, noNaN: true }),
        fc.double({ min: -180, max: 180, noNaN: true }),
        (day, latitude, longitude) => {
          const sun = sunDay(day, { latitude, longitude });
          const known = events.map((event) => sun[event]).filter((moment) => moment !== undefined);
          expect(known).toEqual([...known].sort((a, b) => a - b));
          expect(Math.abs((sun.noon ?? 0) / DAY - (day + 0.5 - longitude / 360))).toBeLessThan(0.02);
        },
      ),
      { numRuns: 400, seed: 8 },
    );
  });

  test("does not come in the polar night or on polar days, and is no error", () => {
    const svalbard = { timeZone: "Arctic/Longyearbyen", latitude: 78.22, longitude: 15.65 };
    const sunset = occurrences({ kind: "sun", event: "sunset" }, at("2026-01-01"), at("2027-01-01"), svalbard);
    expect(sunset.length).toBeGreaterThan(100);
    expect(sunset.length).toBeLessThan(140);
    const nowhere = { timeZone: "UTC", latitude: Number.NaN, longitude: 13 };
    expect(occurrences({ kind: "sun", event: "noon" }, at("2026-04-01"), at("2026-09-01"), nowhere)).toEqual([]);
    const pole = { timeZone: "UTC", latitude: 90, longitude: 0 };
    expect(occurrences({ kind: "sun", event: "sunrise" }, at("2026-04-01"), at("2026-09-01"), pole)).toEqual([]);
  });
});

const berlin: Place = { timeZone: "Europe/Berlin", latitude: 52.52, longitude: 13.405 };
const utc = (moments: readonly number[]) => moments.map((moment) => new Date(moment).toISOString().slice(0, 16));

describe("a rule of the sun", () => {
  test("comes so many minutes before or after, and keeps its limits by the clock", () => {
    const from = at("2026-06-21T00:00Z");
    const to = at("2026-06-22T00:00Z");
    // Sunset in Berlin that day is at 21:33, 19:33 UTC.
    const sunset: SunTrigger = { kind: "sun", event: "sunset" };
    expect(utc(occurrences({ ...sunset, offsetMinutes: -20 }, from, to, berlin))).toEqual(["2026-06-21T19:13"]);
    expect(utc(occurrences({ ...sunset, notAfter: "21:00" }, from, to, berlin))).toEqual(["2026-06-21T19:00"]);
    expect(utc(occurrences({ ...sunset, notBefore: "22:00" }, from, to, berlin))).toEqual(["2026-06-21T20:00"]);
    expect(utc(occurrences({ ...sunset, offsetMinutes: 720 }, from, to, berlin))).toEqual(["2026-06-21T07:33"]);
  });

  test("counts a sunset after midnight to the day before, as people do", () => {
    const fairbanks: Place = { timeZone: "America/Anchorage", latitude: 64.84, longitude: -147.72 };
    const sunday: SunTrigger = { kind: "sun", event: "sunset", weekdays: [7] };
    // Sunday 21 June: the sun sets at 00:47 of Monday by the clock, 08:47 UTC.
    const [moment] = occurrences(sunday, at("2026-06-21T10:00Z"), at("2026-06-25T00:00Z"), fairbanks);
    expect(utc([moment ?? 0])).toEqual(["2026-06-22T08:47"]);
    const limited: SunTrigger = { ...sunday, notAfter: "23:00" };
    expect(utc(occurrences(limited, at("2026-06-21T10:00Z"), at("2026-06-25T00:00Z"), fairbanks))).toEqual([
      "2026-06-22T07:00",
    ]);
  });
});
