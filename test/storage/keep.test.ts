import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { type Connection, connect, connectToKeep, connectToRead } from "../../hub/storage/connect.ts";
import { readHistory } from "../../hub/storage/history-read.ts";
import { keep } from "../../hub/storage/keep.ts";
import { migrations } from "../../hub/storage/migrations/index.ts";
import { openStore } from "../../hub/storage/open.ts";
import { ReadingLog } from "../../hub/storage/readings.ts";
import { tooOld } from "../../hub/storage/retention.ts";
import { hoursDue, rollHours, roll as rollIn, rollTask } from "../../hub/storage/roll.ts";
import { HOUR, MINUTE } from "../../hub/storage/summary.ts";
import { bundle, KEY, listeningLog, reading, temporaryFolder } from "./support.ts";

const DAY = 24 * HOUR;
const START = 20_000 * DAY;
const NOW = START + 40 * DAY;
const times = { rawMs: 10 * DAY, fineMs: 30 * DAY, hourlyMs: 400 * DAY };
const limits = { batchMs: 30_000, batchReadings: 20_000 };

const open = (file: string): [Connection, ReadingLog] => {
  const db = connect({ file, migrations, check: false });
  return [db, new ReadingLog(db, listeningLog(), limits)];
};

function roll(db: Connection, log: ReadingLog): void {
  for (let due = hoursDue(log, NOW, 0); due.length > 0; due = hoursDue(log, NOW, 0))
    for (const _ of rollHours(db, log, due));
}

const countsOf = (file: string, log: ReadingLog): number[] => {
  const db = connectToRead(file);
  const query = { key: KEY, from: START, to: START + 6 * HOUR, bucketMs: HOUR };
  const found = readHistory(db, { query, now: NOW, tail: log.tail(KEY) });
  db.close();
  return found.map((bucket) => bucket.count);
};

describe("making room", () => {
  test("loses and doubles no reading, whenever late ones come or the hub is started again", () => {
    type Step = "late" | "piece" | "restart" | "roll" | "rollElsewhere";
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom<Step>("late", "piece", "piece", "piece", "restart", "roll", "rollElsewhere")),
        (steps) => {
          const file = join(temporaryFolder(), "hub.db");
          let [db, log] = open(file);
          let other = connectToKeep(file);
          const wanted = [0, 0, 0];
          const late = (hour: number) => {
            log.append([reading(START + hour * HOUR + (wanted[hour] ?? 0) * 1000, 1)]);
            log.flush();
            wanted[hour] = (wanted[hour] ?? 0) + 1;
          };
          // Many blocks, so that an hour goes in several pieces.
          for (let i = 0; i < 75; i++) late(i % 3);
          const restart = () => {
            db.close();
            other.close();
            [db, log] = open(file);
            other = connectToKeep(file);
          };
          // More comes after the other thread was told what to roll up, and after it has, before that is heard here.
          const rollElsewhere = () => {
            const due = hoursDue(log, NOW, 0);
            if (due.length === 0) return;
            const task = rollTask(db, log, due);
            late((due[0] ?? 0) % 3);
            const rolling = rollIn(other, task);
            let result = rolling.next();
            while (!result.done) result = rolling.next();
            late((due[0] ?? 0) % 3);
            log.rolled(task.hours, result.value.removed);
          };
          roll(db, log);
          restart();
          let work = keep(other, tooOld(db, log, NOW, times));
          for (const step of steps) {
            if (step === "late") for (const hour of [0, 1, 2]) late(hour);
            else if (step === "roll") roll(db, log);
            else if (step === "rollElsewhere") rollElsewhere();
            else if (step === "restart") {
              restart();
              work = keep(other, tooOld(db, log, NOW, times));
            } else {
              const { value } = work.next();
              if (value) log.sealed(value);
            }
            expect(countsOf(file, log)).toEqual(wanted);
          }
          db.close();
          other.close();
        },
      ),
      { numRuns: 20 },
    );
  }, 180_000);

  test("keeps hourly values where five-minute ones went, and gives the room back to the disk", () => {
    const file = join(temporaryFolder(), "hub.db");
    const [db, log] = open(file);
    onTestFinished(() => void db.close());
    for (let minute = 0; minute < 39 * 24 * 60; minute += 5) log.append([reading(START + minute * MINUTE, minute % 7)]);
    log.flush();
    roll(db, log);
    // Something large that goes.
    db.exec("CREATE TABLE large (data BLOB)");
    db.prepare("INSERT INTO large VALUES (zeroblob(90000000))").run();
    db.exec("DROP TABLE large");
    const pages = () => Number(db.pragma("page_count", { simple: true }));
    const before = pages();
    for (const sealed of keep(db, tooOld(db, log, NOW, times, true))) if (sealed) log.sealed(sealed);
    expect(pages()).toBeLessThan(before / 3);
    const ask = (from: number, bucketMs: number) => {
      const query = { key: KEY, from, to: from + 12 * HOUR, bucketMs };
      return readHistory(db, { query, now: NOW, tail: undefined }).length;
    };
    // 30 days, to the whole week before: from day 7 on.
    expect([ask(START, 5 * MINUTE), ask(START, HOUR), ask(START + 20 * DAY, 5 * MINUTE)]).toEqual([12, 12, 144]);
  });

  test("goes on in another thread, by itself, when a person has less kept", async () => {
    const folder = temporaryFolder();
    const options = {
      log: listeningLog(),
      clock: { now: () => NOW },
      workerEntry: await bundle("hub/storage/history-worker.ts"),
      times: { tickMs: 5, quietMs: 0, lookMs: 20 },
    };
    const first = openStore(folder, options);
    for (let minute = 0; minute < 9 * 24 * 60; minute++)
      first.appendReadings([reading(NOW - 9 * DAY + minute * MINUTE, minute % 7)]);
    await first.close();
    // As after a restart: what was heard a moment ago would stay for a while, in case that more comes.
    const store = openStore(folder, options);
    onTestFinished(() => store.close());
    const ask = (from: number) => store.history({ key: KEY, from, to: from + HOUR, bucketMs: MINUTE });
    expect(await ask(NOW - 8 * DAY)).toHaveLength(60);
    store.keeping.set({ ...store.keeping.get(), rawDays: 2 });
    await vi.waitFor(() => expect(store.facts().readings).toBe(2 * 24 * 60), { timeout: 60_000, interval: 20 });
    expect(await ask(NOW - 8 * DAY)).toHaveLength(12);
    expect(await ask(NOW - DAY)).toHaveLength(60);
  }, 90_000);
});
