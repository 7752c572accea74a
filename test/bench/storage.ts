/**
 * The store beside plain better-sqlite3, in one run on one disk.
 * npx esbuild test/bench/storage.ts --bundle --platform=node --format=esm --packages=external \
 *   --outfile=.data/bench-storage.mjs && node .data/bench-storage.mjs [FOLDER] [throughput|wear|ha]
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as pause } from "node:timers/promises";
import Database from "better-sqlite3";
import { build } from "esbuild";
import { type AttributePath, pathKey } from "../../hub/model/path.ts";
import type { Reading } from "../../hub/model/reading.ts";
import { openStore } from "../../hub/storage/open.ts";

const HOUR = 3_600_000;
const START = 20_000 * 24 * HOUR;
const quiet = { info: () => {}, warn: () => {}, error: (fields: object, text: string) => console.error(text, fields) };

const where = process.argv[2] ?? ".data";
mkdirSync(where, { recursive: true });
const folder = mkdtempSync(join(where, "bench-"));
const paths: AttributePath[] = Array.from({ length: 300 }, (_, i) => ({
  node: `device-${i}`,
  endpoint: 1,
  capability: "electricalPowerMeasurement",
  attribute: "activePower",
}));
const say = (what: string, value: string) => console.log(`${what.padEnd(62)} ${value}`);

function reading(i: number, everyMs: number, points = 50): Reading {
  const path = paths[i % points];
  if (!path) throw new Error("no path");
  return {
    path,
    value: Math.round(1000 * Math.sin(i / 500) * (i % 50)) / 10,
    at: START + i * everyMs,
    source: "bench",
  };
}

interface Plain {
  insert(series: number, at: number, value: number): void;
  commit(): void;
  close(): void;
}

function plain(name: string, index: boolean): Plain {
  const db = new Database(join(folder, name));
  db.pragma("journal_mode = WAL");
  db.pragma("synchronous = FULL");
  db.exec("CREATE TABLE reading (series INTEGER, at INTEGER, value REAL)");
  if (index) db.exec("CREATE INDEX by_series ON reading (series, at)");
  const insert = db.prepare<[number, number, number]>("INSERT INTO reading VALUES (?, ?, ?)");
  return {
    insert(series, at, value) {
      if (!db.inTransaction) db.exec("BEGIN");
      insert.run(series, at, value);
    },
    commit() {
      if (db.inTransaction) db.exec("COMMIT");
    },
    close() {
      this.commit();
      db.close();
    },
  };
}

const written = (): number =>
  Number(/write_bytes: (\d+)/.exec(readFileSync("/proc/self/io", "utf8"))?.[1] ?? Number.NaN);

/** Readings a second to disk, in batches of 20,000, far in the past, with everything that follows from them. */
async function throughput(workerEntry: string): Promise<void> {
  const count = 1_000_000;
  // 60 days of 50 attributes.
  const everyMs = (60 * 24 * HOUR) / count;
  const readings = Array.from({ length: count }, (_, i) => reading(i, everyMs));
  const rates = new Map<string, number>();
  for (const index of [false, true]) {
    const db = plain(`plain-${index}.db`, index);
    const begin = performance.now();
    for (const [i, r] of readings.entries()) {
      db.insert(i % 50, r.at, Number(r.value));
      if (i % 20_000 === 19_999) db.commit();
    }
    db.close();
    rates.set(index ? "indexed" : "plain", count / ((performance.now() - begin) / 1000));
  }
  const clock = { now: () => START + 61 * 24 * HOUR };
  const store = openStore(join(folder, "throughput"), {
    log: quiet,
    clock,
    times: { tickMs: 1, quietMs: 0, lookMs: 1000 },
    workerEntry,
  });
  let begin = performance.now();
  for (let i = 0; i < count; i += 100) store.appendReadings(readings.slice(i, i + 100));
  store.flush();
  rates.set("store", count / ((performance.now() - begin) / 1000));
  begin = performance.now();
  const rolled = () =>
    Number(
      new Database(join(folder, "throughput", "hub.db"), { readonly: true })
        .prepare("SELECT count(*) FROM hour WHERE state = 1")
        .pluck()
        .get(),
    );
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  while (rolled() > 0) await pause(200);
  const rollMs = performance.now() - begin;
  delay.disable();
  for (const [name, rate] of rates)
    say(
      `readings/s, ${name}`,
      `${Math.round(rate)} (${(rate / (rates.get("plain") ?? 1)).toFixed(2)} of plain inserts)`,
    );
  say("rollups of those 60 days (10 ms slices), ms", Math.round(rollMs).toString());
  say(
    "file, MB: store (raw and rollups) / plain / indexed",
    [join("throughput", "hub.db"), "plain-false.db", "plain-true.db"]
      .map((f) => (statSync(join(folder, f)).size / 1e6).toFixed(1))
      .join(" / "),
  );
  say(
    "event loop delay while rolling up, p99 / max ms",
    `${(delay.percentile(99) / 1e6).toFixed(1)} / ${(delay.max / 1e6).toFixed(1)}`,
  );
  const key = pathKey(reading(0, 1).path);
  for (const [what, from, to, bucketMs] of [
    ["a day at 5 minutes", START + 3 * 24 * HOUR, START + 4 * 24 * HOUR, 300_000],
    ["a day at 1 minute, from raw", START + 3 * 24 * HOUR, START + 4 * 24 * HOUR, 60_000],
    ["60 days by day", START, START + 60 * 24 * HOUR, 24 * HOUR],
  ] as const) {
    const times: number[] = [];
    for (let i = 0; i < 50; i++) {
      const t = performance.now();
      await store.history({ key, from, to, bucketMs });
      times.push(performance.now() - t);
    }
    times.sort((a, b) => a - b);
    say(`history: ${what}, p50 / p95 ms`, `${times[25]?.toFixed(2)} / ${times[47]?.toFixed(2)}`);
  }
  await store.close();
}

/** A day's batches of 30 s, `perS` readings a second of `points` attributes. */
function* day(perS: number, points: number): Generator<Reading[]> {
  const perBatch = perS * 30;
  for (let batch = 0; batch < 2880; batch++)
    yield Array.from({ length: perBatch }, (_, i) => reading(batch * perBatch + i, 1000 / perS, points));
}

/** Bytes written to the device by a day of 5 readings a second in plain tables. */
function plainWear(): void {
  for (const index of [false, true]) {
    const db = plain(`wear-${index}.db`, index);
    const before = written();
    let i = 0;
    for (const batch of day(5, 50)) {
      for (const { at, value } of batch) db.insert(i++ % 50, at, Number(value));
      db.commit();
    }
    db.close();
    say(`MB written a day, plain ${index ? "with" : "without"} index`, ((written() - before) / 1e6).toFixed(1));
  }
}

/**
 * Bytes written to the device by the store: a day passes in seconds, with every flush of it (synchronous=FULL), the rollups,
 * the log carried over whenever it is long, and 200 settings and audit entries. Counted by the kernel.
 */
async function wear(perS: number, points: number, workerEntry: string): Promise<void> {
  let now = START;
  const home = join(folder, `wear-${perS}-${points}`);
  const times = { tickMs: 1, quietMs: 0, lookMs: 1 };
  const store = openStore(home, { log: quiet, clock: { now: () => now }, times, workerEntry });
  // Twelve hours before, so that all rows are there and the hours of the day itself are rolled up within it.
  for (const half of [true, false]) {
    const before = written();
    let batches = 0;
    for (const list of day(perS, points)) {
      if (half && ++batches > 1440) break;
      const moved = half ? list : list.map((r) => ({ ...r, at: r.at + 12 * HOUR }));
      store.appendReadings(moved);
      now = (moved.at(-1)?.at ?? now) + 1;
      store.flush();
      if (!half && ++batches % 14 === 0) {
        store.put("finding", `f${batches % 300}`, { text: "x".repeat(300), at: now });
        store.appendAudit({ at: now, by: "ada", what: "w", subject: "s", detail: "y".repeat(100) });
      }
      await pause(batches % 120 === 119 ? 60 : 0);
    }
    await pause(1500);
    if (half) continue;
    say(`MB written a day, ${perS} readings/s of ${points} attributes`, ((written() - before) / 1e6).toFixed(1));
    const [raw, fine, hourly] = sizes(join(home, "hub.db"));
    const days = 1.5;
    const year = ((fine ?? 0) + (hourly ?? 0)) * (365 / days);
    say(
      "  file after a year, MB: 10 days raw + rollups",
      `${(((raw ?? 0) * (10 / days)) / 1e6).toFixed(0)} + ${(year / 1e6).toFixed(0)}`,
    );
  }
  await store.close();
}

/** Bytes that the tables of readings and rollups hold. */
function sizes(file: string): number[] {
  const db = new Database(file, { readonly: true });
  const sum = (table: string) =>
    Number(db.prepare(`SELECT coalesce(sum(length(data) + 12), 0) FROM ${table}`).pluck().get());
  const found = [sum("raw"), sum("rollup_5m"), sum("rollup_1h")];
  db.close();
  return found;
}

/** The same stream through Home Assistant's own recorder; HA_PYTHON names a Python that has it. */
function homeAssistant(): void {
  const python = process.env.HA_PYTHON;
  if (!python) return;
  const script = join("test", "bench", "support", "ha-recorder.py");
  const out = execFileSync(python, [script, join(folder, "ha"), process.env.HA_HOURS ?? "6"], { encoding: "utf8" });
  for (const line of out.trim().split("\n")) say("Home Assistant recorder", line);
}

const only = process.argv[3];
try {
  const entry = "hub/storage/history-worker.ts";
  const outfile = resolve(join(where, "bench-history-worker.mjs"));
  await build({ entryPoints: [entry], outfile, bundle: true, platform: "node", format: "esm", packages: "external" });
  if (!only || only === "throughput") await throughput(outfile);
  if (!only || only === "wear") {
    plainWear();
    for (const [perS, points] of [
      [5, 50],
      [20, 50],
      [20, 300],
    ] as const)
      await wear(perS, points, outfile);
  }
  if (!only || only === "ha") homeAssistant();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
