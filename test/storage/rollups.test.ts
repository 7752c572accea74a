import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { calendarEdges } from "../../hub/energy/calendar.ts";
import type { CalendarBuckets } from "../../hub/ports.ts";
import { type Connection, connect, connectToKeep, connectToRead } from "../../hub/storage/connect.ts";
import { readHistory } from "../../hub/storage/history-read.ts";
import { keep } from "../../hub/storage/keep.ts";
import { migrations } from "../../hub/storage/migrations/index.ts";
import { ReadingLog } from "../../hub/storage/readings.ts";
import { tooOld } from "../../hub/storage/retention.ts";
import { hoursDue, type Rolled, type RollTask, roll, rollHours, rollTask } from "../../hub/storage/roll.ts";
import { FIVE_MINUTES, HOUR, MINUTE } from "../../hub/storage/summary.ts";
import { bruteForce } from "./brute-force.ts";
import { KEY, listeningLog, reading, temporaryFolder } from "./support.ts";

const times = { rawMs: 10 * 24 * HOUR, fineMs: 400 * 24 * HOUR, hourlyMs: 3660 * 24 * HOUR };
const limits = { batchMs: 30_000, batchReadings: 20_000 };
const OTHER = "oven/1/electricalPowerMeasurement.activePower";
/** A whole day, and a whole multiple of the six hours that are rolled up together. */
const START = 20_000 * 24 * HOUR;

class Bench {
  readonly file = join(temporaryFolder(), "hub.db");
  db: Connection = connect({ file: this.file, migrations, check: false });
  log = new ReadingLog(this.db, listeningLog(), limits);

  /** Rolling up in the other thread: as far as it is, and what it has not been heard of yet. */
  other: { db: Connection; task: RollTask; work: Generator<undefined, Rolled>; done: Rolled | undefined } | undefined;

  begin(now: number): void {
    const due = hoursDue(this.log, now, 0);
    if (this.other || due.length === 0) return;
    const task = rollTask(this.db, this.log, due);
    const db = connectToKeep(this.file);
    this.other = { db, task, work: roll(db, task), done: undefined };
  }

  go(pieces: number): void {
    for (let i = 0; i < pieces && this.other && !this.other.done; i++) {
      const { value, done } = this.other.work.next();
      if (done) this.other.done = value;
    }
  }

  hear(): void {
    if (!this.other?.done) return;
    this.log.rolled(this.other.task.hours, this.other.done.removed);
    this.end();
  }

  end(): void {
    this.other?.db.close();
    this.other = undefined;
  }

  restart(): void {
    this.log.flush();
    this.end();
    this.db.close();
    this.db = connect({ file: this.file, migrations, check: true });
    this.log = new ReadingLog(this.db, listeningLog(), limits);
  }

  roll(now: number): void {
    for (let due = hoursDue(this.log, now, 0); due.length > 0; due = hoursDue(this.log, now, 0))
      for (const _ of rollHours(this.db, this.log, due));
  }

  retain(now: number): void {
    for (const sealed of keep(this.db, tooOld(this.db, this.log, now, times))) if (sealed) this.log.sealed(sealed);
  }

  ask(from: number, to: number, buckets: number | CalendarBuckets, now: number, key = KEY) {
    const db = connectToRead(this.file);
    try {
      const cut = typeof buckets === "number" ? { bucketMs: buckets } : { calendar: buckets };
      return readHistory(db, { query: { key, from, to, ...cut }, now, tail: this.log.tail(key) });
    } finally {
      db.close();
    }
  }
}

/** More: INGLENOOK_RUNS=2000. */
const RUNS = Number(process.env.INGLENOOK_RUNS ?? 60);

const round = (buckets: readonly { readonly mean: number; readonly coverage: number }[]) =>
  buckets.map((b) => ({ ...b, mean: Number(b.mean.toFixed(6)), coverage: Number(b.coverage.toFixed(9)) }));

type Step =
  | { readonly what: "readings"; readonly list: [number, number][] }
  | { readonly what: "go"; readonly pieces: number }
  | { readonly what: "flush" | "roll" | "begin" | "hear" | "restart" };

const at = fc.oneof(
  fc.integer({ min: 0, max: 9 * 60 }).map((minute) => minute * MINUTE),
  fc.integer({ min: 0, max: 9 * HOUR }),
);
const steps = fc.array(
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc
        .array(fc.tuple(at, fc.integer({ min: -100, max: 100 })), { maxLength: 25 })
        .map((list): Step => ({ what: "readings", list })),
    },
    { weight: 3, arbitrary: fc.constant<Step>({ what: "flush" }) },
    { weight: 3, arbitrary: fc.constant<Step>({ what: "roll" }) },
    { weight: 3, arbitrary: fc.constant<Step>({ what: "begin" }) },
    { weight: 4, arbitrary: fc.integer({ min: 1, max: 14 }).map((pieces): Step => ({ what: "go", pieces })) },
    { weight: 3, arbitrary: fc.constant<Step>({ what: "hear" }) },
    { weight: 1, arbitrary: fc.constant<Step>({ what: "restart" }) },
  ),
  { maxLength: 18 },
);

const some = (...minutes: number[]): Step => ({
  what: "readings",
  list: minutes.map((minute, i) => [minute * MINUTE, i + 5]),
});
const flush: Step = { what: "flush" };
/** A reading comes after its hour was gathered by the other thread; one that holds into the hours that are rolled up. */
const MEANWHILE: Step[] = [
  ...[some(10, 70, 130), flush, { what: "begin" } as const, { what: "go", pieces: 4 } as const],
  ...[some(20), flush, { what: "go", pieces: 20 } as const, { what: "hear" } as const],
];
const BEFORE: Step[] = [
  ...[some(7 * 60 + 1), flush, { what: "begin" } as const, { what: "go", pieces: 4 } as const],
  ...[some(6 * 60 + 59), flush, { what: "go", pieces: 20 } as const, { what: "hear" } as const],
];

describe("the history of a home", () => {
  test("is at every moment what the readings say, late ones and restarts included", () => {
    const now = START + 24 * HOUR;
    fc.assert(
      fc.property(steps, (list) => {
        const bench = new Bench();
        const all: [number, number][] = [];
        for (const step of list) {
          if (step.what === "readings") {
            for (const [offset, value] of step.list) {
              bench.log.append([reading(START + offset, value), reading(START + offset + 7, value + 1, OTHER)]);
              all.push([START + offset, value]);
            }
          } else if (step.what === "flush") bench.log.flush();
          else if (step.what === "roll" && !bench.other) bench.roll(now);
          else if (step.what === "begin") bench.begin(now);
          else if (step.what === "go") bench.go(step.pieces);
          else if (step.what === "hear") bench.hear();
          else if (step.what === "restart") bench.restart();
          for (const bucketMs of [MINUTE, FIVE_MINUTES, 15 * MINUTE, HOUR, 100 * MINUTE, 3 * HOUR]) {
            const got = bench.ask(START, START + 12 * HOUR, bucketMs, now);
            const wanted = bruteForce(all, { from: START, to: START + 12 * HOUR, buckets: bucketMs, now });
            expect(round(got)).toEqual(round(wanted));
          }
        }
        const counted = bench.ask(START, START + 12 * HOUR, HOUR, now).reduce((sum, { count }) => sum + count, 0);
        bench.restart();
        bench.roll(now);
        const again = bench.ask(START, START + 12 * HOUR, HOUR, now).reduce((sum, { count }) => sum + count, 0);
        expect([counted, again]).toEqual([all.length, all.length]);
        bench.db.close();
      }),
      { numRuns: RUNS, examples: [[MEANWHILE], [BEFORE]] },
    );
  }, 360_000);

  test("has the days of the place: of 23.5 to 25 hours, and where they begin at a quarter hour", () => {
    const places = [
      { timeZone: "Australia/Lord_Howe", from: Date.parse("2024-10-04T12:00Z") },
      { timeZone: "Europe/Berlin", from: Date.parse("2024-10-25T12:00Z") },
      { timeZone: "Asia/Kathmandu", from: Date.parse("2024-10-25T12:00Z") },
    ];
    const minutes = fc.array(fc.tuple(fc.integer({ min: 0, max: 4 * 24 * 60 }), fc.integer({ min: -9, max: 9 })), {
      minLength: 1,
      maxLength: 80,
    });
    fc.assert(
      fc.property(fc.constantFrom(...places), minutes, fc.boolean(), ({ timeZone, from }, list, roll) => {
        const bench = new Bench();
        const to = from + 4 * 24 * HOUR;
        const all = list.map(([minute, value]): [number, number] => [from + minute * MINUTE, value]);
        for (const point of all) bench.log.append([reading(...point)]);
        bench.log.flush();
        if (roll) bench.roll(to + 24 * HOUR);
        const edges = calendarEdges("day", timeZone, from, to);
        const wanted = bruteForce(all, { from, to, buckets: edges, now: to + 24 * HOUR });
        expect(round(bench.ask(from, to, { unit: "day", timeZone }, to + 24 * HOUR))).toEqual(round(wanted));
        bench.db.close();
      }),
      { numRuns: 30 },
    );
  }, 180_000);

  test("of 60 days is made by a backfill beside live readings, and its raw part goes after ten days", () => {
    const bench = new Bench();
    const now = START + 60 * 24 * HOUR + 30 * MINUTE;
    const all: [number, number][] = [];
    const live: [number, number][] = [];
    for (let day = 0; day < 60; day++) {
      for (let t = 0; t < 24 * HOUR; t += 4 * MINUTE) {
        const point: [number, number] = [START + day * 24 * HOUR + t, (t / MINUTE) % 97];
        all.push(point);
        bench.log.append([reading(...point)]);
      }
      const point: [number, number] = [now - 30 * MINUTE + day * 30_000, day];
      live.push(point);
      bench.log.append([reading(...point)]);
      bench.log.flush();
      if (day % 7 === 3) bench.roll(now);
    }
    bench.roll(now);
    const daily = () => bench.ask(START, now, 24 * HOUR, now);
    const wanted = round(bruteForce([...all, ...live], { from: START, to: now, buckets: 24 * HOUR, now }));
    expect(round(daily())).toEqual(wanted);
    // As after a restart: nothing was heard a moment ago.
    bench.restart();
    const before = bench.log.stored;
    bench.retain(now);
    expect(before).toBe(all.length + live.length);
    expect(bench.log.stored).toBe(10 * 360 + live.length);
    expect(round(daily())).toEqual(wanted);
    // Without raw readings, buckets under five minutes come as five minutes.
    expect(bench.ask(START, START + HOUR, MINUTE, now)).toHaveLength(12);
    bench.db.close();
  });

  test("takes a reading from before the raw readings that are kept into its rollups", () => {
    const bench = new Bench();
    const now = START + 40 * 24 * HOUR;
    bench.log.append([reading(START + MINUTE, 10), reading(START + 2 * MINUTE, 20)]);
    bench.log.flush();
    bench.roll(now);
    bench.restart();
    bench.retain(now);
    expect(bench.log.stored).toBe(0);
    for (const value of [-5, 90]) {
      bench.log.append([reading(START + 30 * MINUTE, value)]);
      bench.log.flush();
      const count = value === -5 ? 3 : 4;
      expect(bench.ask(START, START + HOUR, HOUR, now)).toMatchObject([{ min: -5, count, last: value }]);
      bench.roll(now);
      expect(bench.ask(START, START + HOUR, HOUR, now)).toMatchObject([{ min: -5, count, last: value }]);
      expect(bench.log.stored).toBe(0);
    }
    bench.db.close();
  });

  test("outlives a clock that jumps ten years ahead for an hour", () => {
    const bench = new Bench();
    const now = START + 24 * HOUR;
    bench.log.append([reading(START, 1)]);
    bench.log.flush();
    bench.roll(now);
    bench.restart();
    for (const time of [now, ...Array<number>(6).fill(now + 3653 * 24 * HOUR)]) bench.retain(time);
    expect(bench.log.stored).toBe(1);
    expect(bench.ask(START, now, HOUR, now)).toHaveLength(1);
    bench.db.close();
  });
});
