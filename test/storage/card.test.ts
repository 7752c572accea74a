import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { Card, type Counters, type Pace } from "../../hub/storage/card.ts";
import { connect } from "../../hub/storage/connect.ts";
import { migrations } from "../../hub/storage/migrations/index.ts";
import { openStore } from "../../hub/storage/open.ts";
import { ReadingLog } from "../../hub/storage/readings.ts";
import { writtenByHub, writtenToDisk } from "../../hub/storage/written.ts";
import { KEY, listeningLog, reading, temporaryFolder } from "./support.ts";

const HOUR = 3_600_000;
const MB = 1e6;
const START = 20_000 * 24 * HOUR;

/** A card whose kernel counts what the test says. */
function worn(folder = temporaryFolder()) {
  const db = connect({ file: join(folder, "hub.db"), migrations, check: false });
  onTestFinished(() => void db.close());
  const log = listeningLog();
  const paces: Pace[] = [];
  let counts: Counters = { hub: 0, disk: 0 };
  let time = 0;
  const settings = { budgetMb: 100, enduranceTb: 10 };
  const card = new Card(
    {
      db,
      log,
      batchMs: 30_000,
      now: () => START + time,
      budgetMb: () => settings.budgetMb,
      enduranceTb: () => settings.enduranceTb,
      onPace: (pace) => paces.push(pace),
      counters: () => counts,
      monotonic: () => time,
    },
    folder,
  );
  return {
    card,
    log,
    paces,
    settings,
    /** An hour in which so many MB are written by the hub, and as many again by others. */
    hour(mb: number) {
      time += HOUR;
      counts = { hub: (counts.hub ?? 0) + mb * MB, disk: (counts.disk ?? 0) + 2 * mb * MB };
      card.tick();
    },
  };
}

describe("the card", () => {
  test("is told what the hub, what it starts and all others write to it", () => {
    const folder = join(process.cwd(), ".data", `written-${process.pid}`);
    mkdirSync(folder, { recursive: true });
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const before = writtenByHub() ?? Number.NaN;
    writeFileSync(join(folder, "a"), Buffer.alloc(3 * MB, 7));
    const own = (writtenByHub() ?? Number.NaN) - before;
    expect(own).toBeGreaterThanOrEqual(3 * MB);
    spawnSync("dd", ["if=/dev/zero", `of=${join(folder, "b")}`, "bs=1000000", "count=5"], { stdio: "ignore" });
    expect((writtenByHub() ?? Number.NaN) - before).toBeGreaterThanOrEqual(8 * MB);
    expect(writtenToDisk("/proc")).toBeUndefined();
  });

  test("lasts as long as an ordinary day's writing lets it, and an unusual hour is not an ordinary one", () => {
    const { card, hour } = worn();
    for (let i = 0; i < 5; i++) hour(2);
    expect(card.load()).toMatchObject({ hubBytes: 10 * MB, measuredMs: 5 * HOUR, yearsLeft: undefined });
    for (let i = 0; i < 19; i++) hour(i === 4 ? 5_000 : 2);
    const { hubBytesADay, diskBytesADay, yearsLeft, wearFactor } = card.load();
    // 23 hours of 2 MB, and one counted as four of them.
    expect(hubBytesADay).toBe(23 * 2 * MB + 8 * MB);
    expect(diskBytesADay).toBe(2 * (hubBytesADay ?? 0));
    expect(yearsLeft).toBeCloseTo(10e12 / (108 * MB * wearFactor * 365.25), 6);
  });

  test("is written to less often, then with fewer readings, when the budget would be exceeded, and says so", () => {
    const { card, hour, paces, log, settings } = worn();
    // Twice what is allowed, whatever is done.
    for (let i = 0; i < 60; i++) hour(200 / 24);
    expect(paces.map(({ batchMs, thinMs }) => [batchMs / 1000, thinMs / 1000])).toEqual([
      [60, 0],
      [120, 0],
      [300, 0],
      [300, 10],
      [300, 60],
      [300, 300],
    ]);
    expect(card.load()).toMatchObject({ batchMs: 300_000, thinMs: 300_000 });
    expect(log.lines[0]?.message).toContain("less often");
    settings.budgetMb = 1_000;
    for (let i = 0; i < 6; i++) hour(200 / 24);
    expect(paces.at(-1)).toEqual({ batchMs: 300_000, thinMs: 60_000 });
  });

  test("within its budget is left alone, and what was measured is still known after a restart", () => {
    const folder = temporaryFolder();
    const first = worn(folder);
    for (let i = 0; i < 30; i++) first.hour(99 / 24);
    expect(first.paces).toEqual([]);
    expect(worn(folder).card.load().hubBytesADay).toBeCloseTo(99 * MB, -3);
  });

  test("thinned, loses numbers that follow each other closely, but no state", () => {
    const folder = temporaryFolder();
    const db = connect({ file: join(folder, "hub.db"), migrations, check: false });
    onTestFinished(() => void db.close());
    const readings = new ReadingLog(db, listeningLog(), { batchMs: 30_000, batchReadings: 20_000 });
    readings.setPace({ batchMs: 300_000, thinMs: 10_000 });
    for (let i = 0; i < 60; i++)
      readings.append([reading(START + i * 1_000, i), reading(START + i * 1_000, i % 2 === 0, "plug/1/onOff.onOff")]);
    expect(readings.tail(KEY)?.values).toEqual([0, 10, 20, 30, 40, 50]);
    expect(readings.tail("plug/1/onOff.onOff")?.values).toHaveLength(60);
  });
});

describe("what is kept", () => {
  test("is what a person set, also after a restart; what can not be is refused by its field", async () => {
    const folder = temporaryFolder();
    const store = openStore(folder, { log: listeningLog() });
    expect(store.keeping.get()).toMatchObject({ rawDays: 10, fineDays: 400 });
    const wanted = { ...store.keeping.get(), rawDays: 3, budgetMb: 50 };
    store.keeping.set(wanted);
    expect(() => store.keeping.set({ ...wanted, rawDays: 0 })).toThrow(/^rawDays: must be a number from 1 to 400/);
    expect(() => store.keeping.set({ ...wanted, fineDays: 7, rawDays: 8 })).toThrow(/^fineDays:/);
    await store.close();
    const again = openStore(folder, { log: listeningLog() });
    onTestFinished(() => again.close());
    expect(again.keeping.get()).toEqual(wanted);
  });
});
