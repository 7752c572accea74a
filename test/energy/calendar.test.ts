import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, test } from "vitest";
import { calendarEdges } from "../../hub/energy/calendar.ts";
import type { CalendarUnit } from "../../hub/model/calendar.ts";

const HOUR = 3_600_000;
const at = (iso: string) => Date.parse(iso);
const lengths = (edges: readonly number[]) => edges.slice(1).map((edge, i) => (edge - (edges[i] ?? 0)) / HOUR);

/** Zones with whole, half and quarter hours, with changes at midnight, by half an hour, and with a day left out. */
const zones = [
  ...["Europe/Berlin", "Asia/Kolkata", "Asia/Kathmandu", "Australia/Lord_Howe", "America/St_Johns"],
  ...["Pacific/Chatham", "Africa/Cairo", "America/Havana", "Pacific/Apia", "Pacific/Kiritimati", "America/Sao_Paulo"],
];

/** The same edges by Temporal, to judge ours by: it is right, but takes a fifth of the time a whole query may take. */
function byTemporal(unit: CalendarUnit, zone: string, from: number, to: number): number[] {
  const day = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(zone).toPlainDate();
  const first = {
    day,
    week: day.subtract({ days: day.dayOfWeek - 1 }),
    month: day.with({ day: 1 }),
    year: day.with({ day: 1, month: 1 }),
  }[unit];
  const edges: number[] = [];
  for (let n = 0; (edges.at(-1) ?? Number.NEGATIVE_INFINITY) < to; n++)
    edges.push(first.add({ [`${unit}s`]: n }).toZonedDateTime(zone).epochMilliseconds);
  return [...new Set(edges)];
}

describe("a home's calendar", () => {
  test("has days of 23 and 25 hours, and a day between them of 24", () => {
    const spring = calendarEdges("day", "Europe/Berlin", at("2026-03-28T12:00Z"), at("2026-03-30T12:00Z"));
    expect(lengths(spring)).toEqual([24, 23, 24]);
    const autumn = calendarEdges("day", "Europe/Berlin", at("2026-10-24T12:00Z"), at("2026-10-26T12:00Z"));
    expect(lengths(autumn)).toEqual([24, 25, 24]);
    expect(
      lengths(calendarEdges("day", "Australia/Lord_Howe", at("2026-04-04T13:00Z"), at("2026-04-04T14:00Z"))),
    ).toEqual([24.5]);
  });

  test("begins the day where midnight was left out, and ends before the day that never was", () => {
    const cairo = calendarEdges("day", "Africa/Cairo", at("2026-04-24T12:00Z"), at("2026-04-24T13:00Z"));
    expect(cairo).toEqual([at("2026-04-23T22:00Z"), at("2026-04-24T21:00Z")]);
    expect(lengths(calendarEdges("day", "Pacific/Apia", at("2011-12-29T12:00Z"), at("2012-01-01T00:00Z")))).toEqual([
      24, 24, 24,
    ]);
  });

  test("is Temporal's, for any unit, zone and time", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.constantFrom<CalendarUnit>("day", "week", "month", "year"),
        fc.integer({ min: at("2009-01-01"), max: at("2035-01-01") }),
        fc.integer({ min: 1, max: 40 * 24 * HOUR }),
        (zone, unit, from, length) => {
          expect(calendarEdges(unit, zone, from, from + length)).toEqual(byTemporal(unit, zone, from, from + length));
        },
      ),
      { numRuns: 400 },
    );
  });
});
