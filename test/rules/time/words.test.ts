import { describe, expect, test } from "vitest";
import { type Place, type TimeTrigger, timeTrigger } from "../../../hub/model/rule/time.ts";
import { checkTime } from "../../../hub/rules/time/check.ts";
import { dstMeaning } from "../../../hub/rules/time/dst.ts";
import { isLate } from "../../../hub/rules/time/late.ts";
import { timeInWords } from "../../../hub/rules/time/words.ts";

const berlin: Place = { timeZone: "Europe/Berlin", latitude: 52.52, longitude: 13.405 };
const at = (timeZone: string): Place => ({ ...berlin, timeZone });
const cron = (expression: string): TimeTrigger => ({ kind: "cron", expression });

describe("a rule of the clock in words", () => {
  const words: readonly (readonly [TimeTrigger, string])[] = [
    [{ kind: "time", at: "07:30" }, "at 07:30 each day"],
    [{ kind: "time", at: "07:30", weekdays: [2, 1] }, "at 07:30 on Mon, Tue"],
    [{ kind: "time", at: "07:30", weekdays: [1, 2, 3, 4, 5, 6, 7] }, "at 07:30 each day"],
    [{ kind: "time", at: "18:00:30", dates: ["12-24"] }, "at 18:00:30 on 24 December"],
    [{ kind: "time", at: "18:00", dates: ["12-24"], weekdays: [6] }, "at 18:00 on 24 December if it is Sat"],
    [{ kind: "time", at: "06:00", months: [12, 1] }, "at 06:00 in January, December"],
    [{ kind: "every", minutes: 1 }, "every minute"],
    [{ kind: "every", minutes: 15, from: "08:00", to: "20:00" }, "every 15 minutes from 08:00 to 20:00"],
    [{ kind: "every", minutes: 60 }, "every hour"],
    [{ kind: "every", minutes: 120 }, "every 2 hours"],
    [{ kind: "sun", event: "sunset" }, "at sunset"],
    [
      { kind: "sun", event: "sunset", offsetMinutes: -20, notBefore: "17:00" },
      "20 minutes before sunset, not before 17:00",
    ],
    [{ kind: "sun", event: "dawn", offsetMinutes: 60, weekdays: [7] }, "1 hour after dawn on Sun"],
    [{ kind: "sun", event: "noon", notAfter: "13:00" }, "at the sun's noon, not after 13:00"],
    [{ kind: "calendar", entry: "holiday", edge: "begins" }, "when a holiday begins"],
    [{ kind: "calendar", entry: "Bins", edge: "ends", offsetMinutes: 1 }, "1 minute after “Bins” ends"],
    [cron("30 7 * * MON-FRI"), "at 07:30 on Mon, Tue, Wed, Thu, Fri"],
    [cron("*/10 * * * *"), "every 10 minutes"],
    [cron("0 * * * *"), "every hour"],
    [cron("7,9 * * * *"), "at minute 07, 09 of each hour"],
    [cron("*/15 8-11,14 * * *"), "every 15 minutes of the hours 08 to 11, 14"],
    [cron("0 0-16/2 * * *"), "at minute 00 of the hours 00, 02, 04, 06, 08, 10, 12, 14, 16"],
    [cron("*/5 22,23 L 12 *"), "every 5 minutes of the hours 22, 23 on the last day of the month in December"],
    [cron("0 6 1,L * *"), "at 06:00 on day 1, the last day of the month"],
    [
      cron("0 6 */2 * FRI"),
      "at 06:00 on day 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31 of the month if it is Fri",
    ],
    [cron("0 6 13 * FRI"), "at 06:00 on day 13 of the month or on Fri"],
    [cron("nonsense"), "by the cron expression “nonsense”"],
  ];
  test("is as a person would say it", () => {
    for (const [trigger, said] of words) expect(timeInWords(trigger)).toBe(said);
  });
});

describe("what the changes of the clock mean for a rule", () => {
  test("is said for a time that is left out in spring and shown twice in autumn", () => {
    expect(dstMeaning({ kind: "time", at: "02:30" }, berlin, 2026)).toEqual([
      "On Sunday 29 March, when there is no 02:30, at 03:00.",
      "On Sunday 25 October, when 02:30 comes twice, the first time only.",
    ]);
  });

  test("is not said of what has passed", () => {
    expect(dstMeaning({ kind: "time", at: "02:30" }, berlin, 2026, Date.parse("2026-06-01"))).toEqual([
      "On Sunday 25 October, when 02:30 comes twice, the first time only.",
    ]);
  });

  test("is not said where no change touches it", () => {
    expect(dstMeaning({ kind: "time", at: "07:30" }, berlin, 2026)).toEqual([]);
    expect(dstMeaning({ kind: "time", at: "02:30", weekdays: [1] }, berlin, 2026)).toEqual([]);
    expect(dstMeaning({ kind: "time", at: "02:30" }, at("Asia/Kolkata"), 2026)).toEqual([]);
    expect(dstMeaning({ kind: "sun", event: "sunset" }, berlin, 2026)).toEqual([]);
    expect(dstMeaning({ kind: "calendar", entry: "holiday", edge: "begins" }, berlin, 2026)).toEqual([]);
  });

  test("is said for what comes again and again", () => {
    expect(dstMeaning({ kind: "every", minutes: 15 }, berlin, 2026)).toEqual([
      "On Sunday 29 March, when the clock jumps from 02:00 to 03:00, nothing comes between.",
      "On Sunday 25 October, when the time from 02:00 to 03:00 comes twice, both times.",
    ]);
    expect(dstMeaning({ kind: "every", minutes: 50 }, berlin, 2026)).toEqual([
      "On Sunday 29 March, when there is no 02:30, at 03:00.",
      "On Sunday 25 October, when 02:30 comes twice, both times.",
    ]);
    expect(dstMeaning(cron("5,35 2 * * *"), berlin, 2026)).toEqual([
      "On Sunday 29 March, when there is no 02:05 or 02:35, once, at 03:00.",
      "On Sunday 25 October, when 02:05 and 02:35 come twice, the first time only.",
    ]);
    expect(dstMeaning(cron("0 2,3 * * *"), berlin, 2026)[0]).toBe(
      "On Sunday 29 March, when the clock jumps from 02:00 to 03:00, nothing comes between.",
    );
    expect(dstMeaning(cron("*/10 2 * * *"), berlin, 2026)[0]).toBe(
      "On Sunday 29 March, when the clock jumps from 02:00 to 03:00, the times between come once, at 03:00.",
    );
  });

  test("is said where the clock changes at midnight, and for a day that never was", () => {
    expect(dstMeaning({ kind: "time", at: "00:00" }, at("Africa/Cairo"), 2026)).toEqual([
      "On Friday 24 April, when there is no 00:00, at 01:00.",
    ]);
    expect(dstMeaning({ kind: "time", at: "23:30" }, at("Africa/Cairo"), 2026)).toEqual([
      "On Thursday 29 October, when 23:30 comes twice, the first time only.",
    ]);
    expect(dstMeaning({ kind: "time", at: "08:00" }, at("Pacific/Apia"), 2011)).toEqual([
      "Friday 30 December is no day here: nothing comes on it.",
    ]);
  });

  test("is said for the limits of the sun", () => {
    expect(dstMeaning({ kind: "sun", event: "dawn", notBefore: "02:30" }, berlin, 2026)).toEqual([
      "On Sunday 29 March, when there is no 02:30, the limit holds at 03:00.",
      "On Sunday 25 October, when 02:30 comes twice, the limit holds the first time only.",
    ]);
  });
});

describe("a moment that is seen late", () => {
  const minutes = (n: number) => n * 60_000;
  const skip: TimeTrigger = { kind: "time", at: "07:30" };
  const catchUp: TimeTrigger = { ...skip, late: "catchUp", withinMinutes: 30 };

  test("is done at once within two minutes, also a little early", () => {
    for (const late of [-1, 0, minutes(2)]) expect(isLate(skip, 0, late)).toBe("now");
  });
  test("is skipped after them, unless it wants to be caught up and it is not too late", () => {
    expect(isLate(skip, 0, minutes(2) + 1)).toBe("skip");
    expect(isLate(catchUp, 0, minutes(2) + 1)).toBe("catchUp");
    expect(isLate(catchUp, 0, minutes(30))).toBe("catchUp");
    expect(isLate(catchUp, 0, minutes(30) + 1)).toBe("skip");
    expect(isLate({ ...skip, late: "catchUp" }, 0, minutes(60))).toBe("catchUp");
    expect(isLate({ ...skip, late: "catchUp" }, 0, minutes(61))).toBe("skip");
  });
  test("is skipped when the clock was put back before it: it comes by itself", () => {
    expect(isLate(catchUp, minutes(60), 0)).toBe("skip");
  });
});

describe("a rule of the clock that can't be", () => {
  test("is told with the field and the fix", () => {
    const faults: readonly (readonly [TimeTrigger, Place, string])[] = [
      [cron("0 0 30 2 *"), berlin, "expression never comes: none of its months has such a day."],
      [cron("0 0 31 4,6,9,11 *"), berlin, "expression never comes"],
      [cron("61 * * * *"), berlin, "expression: the minute 61 must lie between 0 and 59."],
      [{ kind: "sun", event: "dusk", notBefore: "18:00", notAfter: "17:00" }, berlin, "notBefore 18:00 is later than"],
      [{ kind: "sun", event: "sunset" }, { ...berlin, latitude: Number.NaN }, "latitude is unknown"],
      [{ kind: "sun", event: "sunset" }, { ...berlin, longitude: 200 }, "longitude is unknown"],
      [{ kind: "time", at: "07:30", dates: ["12-24"], months: [1] }, berlin, "months leaves out every one of dates"],
      [{ kind: "every", minutes: 720, from: "01:00", to: "02:00" }, berlin, "from and to leave out every time"],
      [{ kind: "time", at: "07:30", withinMinutes: 5 }, berlin, "withinMinutes has no meaning without late"],
      [{ kind: "time", at: "07:30" }, at("Europe/Bonn"), 'timeZone "Europe/Bonn" is unknown'],
      [{ kind: "calendar", entry: " ", edge: "begins" }, berlin, "entry is empty"],
    ];
    for (const [trigger, place, words] of faults) {
      const said = checkTime(trigger, place);
      expect(said).toContain(words);
      expect(said).toMatch(/\.$/);
    }
  });

  test("is not suspected where it comes, however seldom", () => {
    const fine: readonly TimeTrigger[] = [
      cron("0 0 29 2 MON"),
      cron("0 0 L 2 *"),
      { kind: "time", at: "07:30", dates: ["02-29"], weekdays: [1] },
      { kind: "every", minutes: 720, from: "23:00", to: "00:00" },
      { kind: "sun", event: "sunset", notBefore: "17:00", notAfter: "17:00" },
      { kind: "calendar", entry: "holiday", edge: "ends", late: "catchUp", withinMinutes: 5 },
    ];
    for (const trigger of fine) expect(checkTime(trigger, berlin)).toBeUndefined();
  });

  test("is refused in its written form where that alone tells", () => {
    const written = (trigger: unknown) => timeTrigger.safeParse(trigger).success;
    expect(written({ kind: "time", at: "07:30", dates: ["02-29"], weekdays: [7] })).toBe(true);
    for (const wrong of [
      { kind: "time", at: "24:00" },
      { kind: "time", at: "7:30" },
      { kind: "time", at: "07:30", dates: ["02-30"] },
      { kind: "time", at: "07:30", weekdays: [0] },
      { kind: "time", at: "07:30", weekdays: [] },
      { kind: "time", at: "07:30", zone: "UTC" },
      { kind: "every", minutes: 0 },
      { kind: "every", minutes: 1.5 },
      { kind: "sun", event: "moonrise" },
      { kind: "sun", event: "sunset", offsetMinutes: 721 },
      { kind: "calendar", entry: "", edge: "begins" },
      { kind: "moon" },
    ])
      expect(written(wrong), JSON.stringify(wrong)).toBe(false);
  });
});
