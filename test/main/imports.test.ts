import { mkdirSync, rmSync, statSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { createBus } from "../../hub/main/bus.ts";
import { createImports } from "../../hub/main/imports.ts";
import { createJobs } from "../../hub/main/jobs.ts";
import type { NodeDescription } from "../../hub/model/node.ts";
import type { CsvColumns, ImportWish, Job } from "../../hub/ports.ts";
import { emptyState, step } from "../../hub/step.ts";
import { openStore } from "../../hub/storage/open.ts";
import { HOUR, MINUTE } from "../../hub/storage/summary.ts";
import { demoHome, demoTariff } from "../planner/demo-home.ts";
import { bundle, listeningLog, temporaryFolder } from "../storage/support.ts";

const DAY = 24 * HOUR;
const START = Date.parse("2025-01-01T00:00:00Z");
const NOW = START + 300 * DAY;
const METER = "meter/1/electricalEnergyMeasurement.cumulativeEnergyImported";

const meter: NodeDescription = {
  ...{ id: "meter", name: "Grid meter", adapter: "mqtt", dialect: "test", addresses: [] },
  endpoints: [
    {
      number: 1,
      deviceTypes: ["electricalMeter"],
      capabilities: {
        electricalEnergyMeasurement: {
          attributes: { cumulativeEnergyImported: { source: "t#in" }, cumulativeEnergyExported: { source: "t#out" } },
          commands: {},
        },
      },
    },
  ],
};

const csv: CsvColumns = { time: "time", value: "kWh", unit: "kWh", timeZone: "UTC", kind: "counter" };
const table: ImportWish = { source: { file: "past.csv", csv }, mapping: [{ id: "kWh", key: METER }] };

interface Desk {
  readonly folder?: string;
  readonly workerEntry?: string;
}

function desk({ folder = temporaryFolder(), workerEntry }: Desk = {}) {
  const clock = { now: () => NOW };
  const store = openStore(folder, { log: listeningLog(), clock, ...(workerEntry ? { workerEntry } : {}) });
  onTestFinished(() => store.close());
  const state = emptyState(demoHome().settings, demoTariff);
  step(state, { kind: "nodeFound", node: meter, at: NOW }, NOW);
  const bus = createBus(() => undefined);
  const jobs = createJobs(bus);
  /** Does something once when a job has come to a point. */
  const onJob = (when: (job: Job) => boolean, act: (job: Job) => void) => {
    const end = bus.subscribe((event) => {
      if (event.type !== "job" || !when(event.job)) return;
      end();
      act(event.job);
    });
  };
  const imports = createImports({ data: folder, state, store, clock, jobs });
  const files = imports.list().folder;
  const put = (file: string, text: string) => writeFileSync(join(files, file), text);
  const ended = (id: string) =>
    vi.waitFor(
      () => {
        const job = jobs.list().find((one) => one.id === id);
        expect(job?.state).not.toBe("running");
        return job;
      },
      { timeout: 60_000 },
    );
  const stands = () => store.history({ key: METER, from: START, to: NOW, calendar: { unit: "day", timeZone: "UTC" } });
  return { folder, files, store, jobs, imports, put, ended, stands, onJob };
}

/** A stand every quarter of an hour, a quarter of a kWh further. */
function rows(days: number): string {
  const lines = ["time,kWh"];
  for (let at = START + 15 * MINUTE; at <= START + days * DAY; at += 15 * MINUTE)
    lines.push(`${new Date(at).toISOString()},${1000 + (at - START) / HOUR}`);
  return lines.join("\n");
}

describe("the past from before the hub", () => {
  test("is looked at and tried out first, of which nothing is kept; then it comes in, and goes again", async () => {
    const { imports, put, ended, stands, store, jobs } = desk();
    put("past.csv", rows(10));
    expect(imports.list()).toMatchObject({ files: [{ file: "past.csv", table: true }], batches: [] });
    expect(await imports.look("past.csv")).toMatchObject({
      columns: ["time", "kWh"],
      guess: { time: "time", value: "kWh", unit: "kWh", kind: "counter" },
    });
    const [found] = await imports.preview(table.source);
    expect(found).toMatchObject({ rows: 960, from: START, to: START + 10 * DAY });
    expect(found?.choices.map(({ name }) => name)).toEqual(["Grid meter: Exported", "Grid meter: Imported"]);
    const [run] = await imports.dryRun(table);
    expect(run).toMatchObject({ key: METER, write: 240, fine: 240, own: 0, recent: 0, refused: [] });
    expect(jobs.list()).toMatchObject([{ state: "done", title: "Trying out past.csv" }]);
    expect(await stands()).toEqual([]);

    const id = await imports.start(table, "Kim");
    expect(await ended(id)).toMatchObject({ state: "done", detail: "240 hours" });
    expect(imports.list().batches).toMatchObject([{ id, by: "Kim", file: "past.csv", hours: 240, keys: [METER] }]);
    expect((await stands()).map(({ last }) => last)).toEqual(Array.from({ length: 10 }, (_, i) => 1000 + (i + 1) * 24));
    const [energy] = await store.energy([{ imported: METER }], START + DAY, START + 2 * DAY, HOUR);
    expect(energy?.importedKwh.reduce((sum, one) => sum + one, 0)).toBeCloseTo(24, 4);

    expect(await imports.remove(id, "Anna")).toBe(true);
    expect(await imports.remove(id, "Anna")).toBe(false);
    expect(await stands()).toEqual([]);
    expect(store.audit({ limit: 9 }).map(({ by, what }) => `${by} ${what}`)).toEqual([
      "Anna import-removed",
      "Kim import-started",
    ]);
  });

  test("comes in once, though its file is brought in twice", async () => {
    const { imports, put, ended, stands } = desk();
    put("past.csv", rows(3));
    await ended(await imports.start(table, "Kim"));
    const once = await stands();
    expect(await imports.dryRun(table)).toMatchObject([{ write: 0, own: 72 }]);
    const again = await imports.start(table, "Kim");
    expect(await ended(again)).toMatchObject({ state: "done", detail: "0 hours" });
    expect(await stands()).toEqual(once);
    await imports.remove(again, "Kim");
    expect(await stands()).toEqual(once);
  });

  test("can be stopped on the way: what came until then is told and goes again; meanwhile no second begins", async () => {
    const { imports, put, ended, stands, jobs } = desk();
    put("past.csv", rows(250));
    const id = await imports.start(table, "Kim");
    await expect(imports.start(table, "Anna")).rejects.toThrow(/^file: another import is under way/);
    await expect(imports.dryRun(table)).rejects.toThrow(/^file: another import is under way/);
    await expect(imports.remove(id, "Anna")).rejects.toThrow(/^id: an import is under way/);
    expect(jobs.cancel(id)).toBe(true);
    expect(await ended(id)).toMatchObject({ state: "cancelled", detail: expect.stringMatching(/^\d+ hours were/) });
    const [batch] = imports.list().batches;
    expect(batch?.hours).toBeGreaterThan(0);
    expect(batch?.hours).toBeLessThan(250 * 24);
    await imports.remove(id, "Kim");
    expect(await stands()).toEqual([]);
  });

  test("is tried out only until a person stops it", async () => {
    const { imports, put, jobs, onJob } = desk();
    put("past.csv", rows(250));
    onJob(
      (job) => job.done > 0,
      (job) => jobs.cancel(job.id),
    );
    const trying = imports.dryRun(table);
    await expect(trying).rejects.toThrow("file: trying it out was cancelled");
    expect(jobs.list()).toMatchObject([{ state: "cancelled", detail: "nothing was written" }]);
  });

  test("goes on after a restart in its middle: what came is there as one batch, the rest is brought in by a second", async () => {
    const { imports, put, folder, store } = desk();
    put("past.csv", rows(250));
    const id = await imports.start(table, "Kim");
    await vi.waitFor(() => expect(imports.list().batches[0]?.hours).toBeGreaterThan(0), { interval: 1 });
    await store.close();
    const after = desk({ folder });
    const [half] = after.imports.list().batches;
    expect(half).toMatchObject({ id });
    expect(await after.ended(await after.imports.start(table, "Kim"))).toMatchObject({ state: "done" });
    const hours = after.imports.list().batches.reduce((sum, batch) => sum + batch.hours, 0);
    expect(hours).toBe(250 * 24);
    for (const batch of after.imports.list().batches) await after.imports.remove(batch.id, "Kim");
    expect(await after.stands()).toEqual([]);
  });
});

describe("a file that can't be brought in", () => {
  test("is one outside the folder, behind a link, or of another kind", async () => {
    const { imports, files, folder, put } = desk();
    const outside = join(folder, "secret.csv");
    writeFileSync(outside, rows(1));
    symlinkSync(outside, join(files, "linked.csv"));
    mkdirSync(join(files, "folder.csv"));
    put("notes.txt", "hello");
    expect(imports.list().files).toEqual([]);
    for (const file of [
      "../secret.csv",
      outside,
      "linked.csv",
      "folder.csv",
      "notes.txt",
      "hub.db",
      "..\\secret.csv",
    ]) {
      await expect(imports.preview({ file, csv }), file).rejects.toThrow(/^file: there is no file/);
      await expect(imports.start({ ...table, source: { file, csv } }, "Kim"), file).rejects.toThrow(/^file: /);
      await expect(imports.look(file), file).rejects.toThrow(/^file: /);
    }
    expect(imports.list().batches).toEqual([]);
  });

  test("is a damaged database, found out where it begins or only where it is read; nothing hangs afterwards", async () => {
    const { imports, files, put, ended } = desk();
    put("noise.db", "this is no database".repeat(500));
    await expect(imports.preview({ file: "noise.db" })).rejects.toThrow(/^file: can not be read as a database/);
    const file = join(files, "torn.db");
    const db = new Database(file);
    db.exec(`CREATE TABLE states (state_id INTEGER PRIMARY KEY, entity_id TEXT, state TEXT, attributes TEXT, last_updated TEXT);
      CREATE INDEX ix_states_entity_id_last_updated ON states (entity_id, last_updated)`);
    const add = db.prepare("INSERT INTO states (entity_id, state, attributes, last_updated) VALUES (?, ?, ?, ?)");
    const attributes = JSON.stringify({ unit_of_measurement: "kWh", state_class: "total", text: "x".repeat(300) });
    db.transaction(() => {
      for (let i = 0; i < 5000; i++) {
        const at = new Date(START + i * 10 * MINUTE).toISOString().replace("T", " ").replace("Z", "000");
        add.run("sensor.grid_meter", String(100 + i / 10), attributes, at);
      }
    })();
    db.close();
    const wish = { source: { file: "torn.db" }, mapping: [{ id: "sensor.grid_meter", key: METER }] };
    const [run] = await imports.dryRun(wish);
    expect(run?.write).toBeGreaterThan(800);
    truncateSync(file, Math.floor(statSync(file).size / 2 / 4096) * 4096);
    await expect(imports.preview({ file: "torn.db" })).rejects.toThrow(/^file: can not be read as a database/);
    put("past.csv", rows(1));
    expect(await ended(await imports.start(table, "Kim"))).toMatchObject({ state: "done" });
  });

  test("is gone in the middle: the job says so, and what had come can be taken out", async () => {
    const { imports, put, files, ended, onJob } = desk();
    put("past.csv", rows(250));
    onJob(
      (job) => job.done > 0,
      () => rmSync(join(files, "past.csv")),
    );
    const id = await imports.start(table, "Kim");
    expect(await ended(id)).toMatchObject({
      state: "failed",
      detail: expect.stringContaining("hours were brought in"),
    });
    expect(await imports.remove(id, "Kim")).toBe(true);
  });

  test("is named by the field that is wrong", async () => {
    const { imports, put } = desk();
    put("past.csv", rows(1));
    const wrong = (mapping: ImportWish["mapping"]) => imports.dryRun({ ...table, mapping });
    await expect(wrong([{ id: "Wh", key: METER }])).rejects.toThrow("mapping.0.id: the file has no series Wh");
    await expect(wrong([{ id: "kWh", key: "meter/9/onOff.onOff" }])).rejects.toThrow(/^mapping.0.key: must be an attr/);
    const twice = { id: "kWh", key: METER };
    await expect(wrong([twice, twice])).rejects.toThrow(/^mapping.1.key: is meant for two/);
    const unit = { file: "past.csv", csv: { ...csv, unit: "bananas" } };
    expect(await imports.preview(unit)).toMatchObject([
      { choices: [], misfit: "the hub does not know the unit bananas" },
    ]);
    const zone = { file: "past.csv", csv: { ...csv, timeZone: "Mars/Base" } };
    await expect(imports.preview(zone)).rejects.toThrow(/^csv.timeZone: is no time zone/);
    await expect(imports.preview({ file: "past.csv" })).rejects.toThrow(/^csv: must say which columns/);
  });
});

test("a huge table is read beside the house's own work, in little memory", async () => {
  const { imports, files, ended, stands } = desk({ workerEntry: await bundle("hub/storage/history-worker.ts") });
  // By the ten seconds: 15 MB, or with INGLENOOK_TEST_IMPORT_DAYS=260 some 130 MB.
  const days = Number(process.env.INGLENOOK_TEST_IMPORT_DAYS ?? 30);
  const lines = (day: number) =>
    Array.from({ length: 8640 }, (_, i) => {
      const at = START + day * DAY + (i + 1) * 10_000;
      return `${new Date(at).toISOString()};${(1000 + (at - START) / HOUR).toFixed(5)};some words more than it needs\n`;
    }).join("");
  const file = join(files, "past.csv");
  writeFileSync(file, "time;kWh;note\n");
  for (let day = 0; day < days; day++) writeFileSync(file, lines(day), { flag: "a" });
  const before = process.memoryUsage().rss;
  let longest = 0;
  let last = performance.now();
  const timer = setInterval(() => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  }, 10);
  onTestFinished(() => clearInterval(timer));
  expect(await ended(await imports.start(table, "Kim"))).toMatchObject({ state: "done", detail: `${days * 24} hours` });
  expect(longest).toBeLessThan(1000);
  expect(process.memoryUsage().rss - before).toBeLessThan(400 * 1_048_576);
  expect((await stands()).at(-1)?.last).toBeCloseTo(1000 + days * 24, 3);
}, 180_000);
