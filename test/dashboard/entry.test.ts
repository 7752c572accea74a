import { expect, test } from "vitest";
import { entryOf } from "../../dashboard/words/entry.ts";
import { amount } from "../../dashboard/words/format.ts";
import { enumWords } from "../../dashboard/words/values.ts";

test("a moment is entered as a date and a time, and comes back as the same minute", () => {
  const entry = entryOf({ type: "number", unit: "epoch-s", unitText: "", min: 0, max: 5e9 });
  expect(entry.input).toBe("datetime-local");
  const start = Math.floor(Date.UTC(2026, 2, 4, 7, 30) / 1000);
  expect(entry.value(entry.shown(start))).toBe(start);
  expect(entry.shown(undefined)).toBe("");
});

test("a time of day is entered as such, a long duration in minutes, a number with its range", () => {
  const ready = entryOf({ type: "number", unit: "min-of-day", unitText: "", min: 0, max: 1439 });
  expect([ready.input, ready.shown(450), ready.value("07:30")]).toEqual(["time", "07:30", 450]);
  const pause = entryOf({ type: "number", unit: "s", unitText: "s", min: 0, max: 4_294_967_295 });
  expect([pause.note, pause.shown(5400), pause.value("90")]).toEqual([" (min)", "90", 5400]);
  const fade = entryOf({ type: "number", unit: "s", unitText: "s", min: 0, max: 6553 });
  expect([fade.note, fade.value("2")]).toEqual([" (s), 0 to 6,553", 2]);
});

test("durations and times are told as people say them, and a device's own labels as it writes them", () => {
  expect(amount(45, "s", "s")).toBe("45 s");
  expect(amount(200, "s", "s")).toBe("3 min 20 s");
  expect(amount(7500, "s", "s")).toBe("2 h 5 min");
  expect(amount(400_000, "s", "s")).toBe("5 days");
  expect(amount(450, "min-of-day", "")).toBe("07:30");
  expect(amount(1_780_000_000, "epoch-s", "")).toMatch(/\d\d:\d\d/);
  expect(enumWords("dishwasherMode", "Pots & pans")).toBe("Pots & pans");
  expect(enumWords("energyEvse", "pluggedInCharging")).toBe("charging");
});
