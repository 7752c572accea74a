import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Place, TimeTrigger } from "../../../hub/model/rule/time.ts";
import { lastOccurrence, nextOccurrence, occurrences } from "../../../hub/rules/time/occurrences.ts";

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
const at = (iso: string) => Date.parse(iso);
const berlin: Place = { timeZone: "Europe/Berlin", latitude: 52.52, longitude: 13.405 };
const year = (trigger: TimeTrigger, place = berlin) => occurrences(trigger, at("2026-01-01"), at("2027-01-01"), place);
const utc = (moments: readonly number[]) => moments.map((moment) => new Date(moment).toISOString().slice(0, 16));
const between = (trigger: TimeTrigger, from: string, to: string) => utc(occurrences(trigger, at(from), at(to), berlin));

describe("a time of day", () => {
  test("comes on its weekdays, dates and months alone", () => {
    const morning = { kind: "time", at: "07:30" } as const;
    expect(between({ ...morning, weekdays: [1, 2] }, "2026-11-22T12:00Z", "2026-11-25T12:00Z")).toEqual([
      "2026-11-23T06:30",
      "2026-11-24T06:30",
    ]);
    expect(utc(year({ ...morning, dates: ["12-24", "06-21"] }))).toEqual(["2026-06-21T05:30", "2026-12-24T06:30"]);
    expect(year({ ...morning, months: [2] }).length).toBe(28);
    expect(utc(year({ ...morning, dates: ["12-24", "12-25"], weekdays: [5] }))).toEqual(["2026-12-25T06:30"]);
  });

  test("has its seconds", () => {
    const [moment] = occurrences({ kind: "time", at: "07:30:15" }, at("2026-11-22T00:00Z"), at("2026-11-23"), berlin);
    expect(moment).toBe(at("2026-11-22T06:30:15Z"));
  });

  test("at the change of the clock comes at three, and in autumn the first time", () => {
    const january: TimeTrigger = { kind: "cron", expression: "* * * 1 *" };
    expect(lastOccurrence(january, at("2025-01-01"), at("2026-12-01"), berlin)).toBe(at("2026-01-31T22:59Z"));
    const early: TimeTrigger = { kind: "time", at: "02:30" };
    expect(between(early, "2026-03-28T12:00Z", "2026-03-30T12:00Z")).toEqual(["2026-03-29T01:00", "2026-03-30T00:30"]);
    expect(between(early, "2026-10-24T12:00Z", "2026-10-26T12:00Z")).toEqual(["2026-10-25T00:30", "2026-10-26T01:30"]);
  });

  test("on 29 February is looked for through the years without one", () => {
    const leap: TimeTrigger = { kind: "time", at: "12:00", dates: ["02-29"] };
    expect(utc([nextOccurrence(leap, at("2024-02-29T12:00Z"), berlin) ?? 0])).toEqual(["2028-02-29T11:00"]);
    expect(nextOccurrence({ ...leap, months: [3] }, at("2026-01-01"), berlin)).toBeUndefined();
  });
});

describe("again and again", () => {
  test("is in step with midnight and keeps its hours, over midnight as well", () => {
    expect(between({ kind: "every", minutes: 360 }, "2026-11-21T23:00Z", "2026-11-22T23:00Z")).toEqual([
      ...["2026-11-22T05:00", "2026-11-22T11:00", "2026-11-22T17:00", "2026-11-22T23:00"],
    ]);
    const night: TimeTrigger = { kind: "every", minutes: 120, from: "21:00", to: "04:00" };
    expect(between(night, "2026-11-22T12:00Z", "2026-11-23T12:00Z")).toEqual([
      ...["2026-11-22T21:00", "2026-11-22T23:00", "2026-11-23T01:00", "2026-11-23T03:00"],
    ]);
  });

  test("counts the last time of its hours, and from a time to the same time the whole day", () => {
    const hours = (from: string, to: string) =>
      between({ kind: "every", minutes: 240, from, to }, "2026-06-20T22:00Z", "2026-06-21T21:59Z");
    expect(hours("08:00", "16:00")).toEqual(["2026-06-21T06:00", "2026-06-21T10:00", "2026-06-21T14:00"]);
    expect(hours("08:00", "15:59").length).toBe(2);
    expect(hours("08:00", "08:00").length).toBe(5);
  });

  test("comes in both hours of a repeated one, and in a missing one not at all", () => {
    const quarter: TimeTrigger = { kind: "every", minutes: 15 };
    expect(between(quarter, "2026-10-24T22:00Z", "2026-10-25T23:00Z").length).toBe(100);
    expect(between(quarter, "2026-03-28T23:00Z", "2026-03-29T22:00Z").length).toBe(92);
    expect(between({ kind: "every", minutes: 120 }, "2026-10-24T22:00Z", "2026-10-25T05:00Z")).toEqual([
      ...["2026-10-25T00:00", "2026-10-25T03:00", "2026-10-25T05:00"],
    ]);
  });

  test("is told ten thousand times and no more", () => {
    const all = year({ kind: "every", minutes: 1 });
    expect(all.length).toBe(10_000);
    expect(all.at(-1)).toBe(at("2026-01-01") + 10_000 * MINUTE);
  });
});

describe("an entry of the calendar", () => {
  test("begins and ends, earlier or later by what the rule says", () => {
    const spans = [
      { entry: "absence", from: at("2026-08-15T08:00Z"), to: at("2026-08-22T16:00Z") },
      { entry: "holiday", from: at("2026-12-24T23:00Z"), to: at("2026-12-26T23:00Z") },
      { entry: "absence", from: at("2026-08-01T08:00Z"), to: at("2026-08-02T16:00Z") },
      { entry: "absence", from: at("2026-08-01T08:00Z"), to: at("2026-08-03T16:00Z") },
    ];
    const place = { ...berlin, spans };
    expect(utc(year({ kind: "calendar", entry: "absence", edge: "begins" }, place))).toEqual([
      ...["2026-08-01T08:00", "2026-08-15T08:00"],
    ]);
    const before: TimeTrigger = { kind: "calendar", entry: "holiday", edge: "ends", offsetMinutes: -120 };
    expect(utc(year(before, place))).toEqual(["2026-12-26T21:00"]);
    const begins: TimeTrigger = { kind: "calendar", entry: "holiday", edge: "begins" };
    const begin = at("2026-12-24T23:00Z");
    expect(occurrences(begins, begin - 1, begin, place)).toEqual([begin]);
    expect(occurrences(begins, begin, begin + DAY, place)).toEqual([]);
    expect(year({ kind: "calendar", entry: "Bins", edge: "begins" }, place)).toEqual([]);
    expect(year({ kind: "calendar", entry: "absence", edge: "begins" })).toEqual([]);
  });
});

const clock = fc.integer({ min: 0, max: 1439 }).map((m) => new Date(m * MINUTE).toISOString().slice(11, 16));
const days = fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 });
const field = (min: number, max: number) =>
  fc.oneof(
    fc.constant("*"),
    fc.integer({ min, max }).map(String),
    fc.tuple(fc.integer({ min, max }), fc.integer({ min, max })).map((two) => two.sort((a, b) => a - b).join("-")),
    fc.integer({ min: 1, max: 12 }).map((n) => `*/${n}`),
  );
const cron = fc
  .tuple(field(0, 59), field(0, 23), fc.oneof(field(1, 28), fc.constant("L")), field(1, 12), field(0, 6))
  .map((fields) => fields.join(" "));
const triggers: fc.Arbitrary<TimeTrigger> = fc.oneof(
  fc.record({ kind: fc.constant("time" as const), at: clock, weekdays: fc.option(days, { nil: undefined }) }),
  fc.record({
    kind: fc.constant("every" as const),
    minutes: fc.integer({ min: 1, max: 1440 }),
    from: clock,
    to: clock,
  }),
  fc.record({ kind: fc.constant("cron" as const), expression: cron }),
  fc.record({
    kind: fc.constant("sun" as const),
    event: fc.constantFrom("sunrise" as const, "sunset" as const, "dawn" as const, "dusk" as const, "noon" as const),
    offsetMinutes: fc.integer({ min: -720, max: 720 }),
    notBefore: fc.option(clock, { nil: undefined }),
    weekdays: fc.option(days, { nil: undefined }),
  }),
  fc.record({
    kind: fc.constant("calendar" as const),
    entry: fc.constant("holiday"),
    edge: fc.constantFrom("begins" as const, "ends" as const),
    offsetMinutes: fc.integer({ min: -720, max: 720 }),
  }),
);
const places = fc.constantFrom<Place>(
  { ...berlin, spans: [{ entry: "holiday", from: at("2026-04-03"), to: at("2026-04-06T22:00Z") }] },
  { timeZone: "Australia/Lord_Howe", latitude: -31.5, longitude: 159 },
  { timeZone: "Arctic/Longyearbyen", latitude: 78.22, longitude: 15.65 },
  { timeZone: "America/Havana", latitude: 23.1, longitude: -82.4 },
  { timeZone: "America/St_Johns", latitude: 47.6, longitude: -52.7 },
);
const moments = fc.integer({ min: at("2026-01-01"), max: at("2026-12-01") });
const spans = fc.integer({ min: 0, max: 10 * DAY });

describe("any rule of the clock at any place", () => {
  test("comes the same asked at once or in parts, rising, and within what was asked", () => {
    fc.assert(
      fc.property(triggers, places, moments, spans, spans, (trigger, place, from, first, second) => {
        // Fewer than are told at once, so that the parts can be laid together.
        const ask = (a: number, b: number) => occurrences(trigger, a, b, place);
        const whole = ask(from, from + first + second);
        fc.pre(whole.length < 10_000);
        const middle = whole[Math.floor(whole.length / 2)] ?? from;
        for (const split of [from + first, middle, middle - 1])
          expect([...ask(from, split), ...ask(split, from + first + second)]).toEqual(whole);
        const wrong = whole.filter((moment, i) => moment <= (whole[i - 1] ?? from) || moment > from + first + second);
        expect(wrong).toEqual([]);
        expect(occurrences(trigger, from, from + first + second, place)).toEqual(whole);
      }),
      { numRuns: 250, seed: 11 },
    );
  });

  test("next comes when it comes first", () => {
    fc.assert(
      fc.property(triggers, places, moments, (trigger, place, after) => {
        const next = nextOccurrence(trigger, after, place);
        if (next === undefined) expect(occurrences(trigger, after, after + 300 * DAY, place)).toEqual([]);
        else expect(occurrences(trigger, after, next, place)).toEqual([next]);
      }),
      { numRuns: 300, seed: 12 },
    );
  });

  test("last came when it came last, also after months off", () => {
    fc.assert(
      fc.property(triggers, places, moments, spans, (trigger, place, after, length) => {
        const whole = occurrences(trigger, after, after + length, place);
        fc.pre(whole.length < 10_000);
        expect(lastOccurrence(trigger, after, after + length, place)).toBe(whole.at(-1));
      }),
      { numRuns: 200, seed: 14 },
    );
    const minute: TimeTrigger = { kind: "every", minutes: 1 };
    expect(lastOccurrence(minute, at("2025-01-01"), at("2026-01-01"), berlin)).toBe(at("2026-01-01"));
    const january: TimeTrigger = { kind: "cron", expression: "* * * 1 *" };
    expect(lastOccurrence(january, at("2025-01-01"), at("2026-12-01"), berlin)).toBe(at("2026-01-31T22:59Z"));
    const early: TimeTrigger = { kind: "time", at: "12:00", dates: ["01-01"] };
    expect(lastOccurrence(early, at("2025-02-01"), at("2026-12-01"), berlin)).toBe(at("2026-01-01T11:00Z"));
  });

  test("takes a few ms for a year", () => {
    const sample = fc.sample(triggers, { numRuns: 100, seed: 13 });
    for (const trigger of sample) year(trigger);
    const begin = performance.now();
    for (const trigger of sample) year(trigger);
    // Measured at 0.4 ms each; the bound is for a busy machine.
    expect((performance.now() - begin) / sample.length).toBeLessThan(15);
  });
});
