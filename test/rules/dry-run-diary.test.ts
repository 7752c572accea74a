/** Of a long past only what a report tells is kept: it has to be the same as if everything had been. */
import { expect, test } from "vitest";
import type { Trace } from "../../hub/model/trace.ts";
import { Diary } from "../../hub/step/dry-run/diary.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const FROM = Date.UTC(2026, 2, 1);
const MANY = 30_000;

/** Repeatable. */
function* numbers(): Generator<number, never> {
  for (let x = 1; ; x = (x * 48_271) % 2_147_483_647) yield x / 2_147_483_647;
}

/** Runs that last up to a day and are told at their end, among near misses that are told at once. */
function traces(): Trace[] {
  const random = numbers();
  const list: { trace: Trace; toldAt: number }[] = [];
  for (let i = 0, at = FROM; i < MANY; i++) {
    at += random.next().value * 20 * MINUTE;
    const isRun = random.next().value < 0.4;
    const endedAt = isRun ? at + random.next().value ** 6 * 24 * HOUR : at;
    const kind = isRun ? "run" : "nearMiss";
    const lines = isRun ? [{ at, text: i % 3 === 0 ? "turn on lamp: it is so already" : "turn on lamp" }] : [];
    const words = { cause: `cause ${i}`, outcome: i % 50 === 0 ? "Anna set it by hand" : "done" };
    const trace: Trace = { id: `t-${i}`, at, endedAt, rule: "r", title: "r", kind, ...words, nodes: [], lines };
    list.push({ trace, toldAt: endedAt });
  }
  return list.sort((a, b) => a.toldAt - b.toldAt).map(({ trace }) => trace);
}

test("tells the last thousand runs, twelve a day of each kind, and counts all of them", () => {
  const all = traces();
  const diary = new Diary("Europe/Berlin", true);
  for (const trace of all) diary.add(trace);

  const day = new Intl.DateTimeFormat("en-CA", { timeZone: "Europe/Berlin", dateStyle: "short" });
  const counts = new Map<string, number>();
  const wanted = [...all]
    .sort((a, b) => a.at - b.at)
    .filter(({ at, kind }) => {
      const key = `${day.format(at)} ${kind}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
      return (counts.get(key) ?? 0) <= 12;
    })
    .slice(-1000)
    .map((t) => t.id);
  expect(diary.shown().map((t) => t.id)).toEqual(wanted);
  // To be told once more changes nothing.
  expect(diary.shown().map((t) => t.id)).toEqual(wanted);

  const runs = all.filter((t) => t.kind === "run");
  expect(diary.all).toBe(MANY);
  expect(diary.firings.length).toBe(runs.length);
  expect(diary.nearMisses).toBe(MANY - runs.length);
  expect(diary.alreadySo).toBe(runs.filter((t) => t.lines[0]?.text.endsWith("already")).length);
  expect(diary.hands.length).toBe(MANY / 50);
  expect(diary.hands[0]?.by).toBe("Anna");
});
