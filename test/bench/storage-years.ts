/**
 * Three years of a hundred devices: how long questions about the past take, through the store and its worker, and
 * whether the loop stands still while history is trimmed and the file made smaller. The database is kept for another run.
 * npx esbuild test/bench/storage-years.ts --bundle --platform=node --format=esm --packages=external \
 *   --outfile=.data/bench-years.mjs && node .data/bench-years.mjs [FOLDER] [DEVICES] [YEARS] [ask|trim]
 */
import { cpSync, existsSync, mkdirSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as pause } from "node:timers/promises";
import Database from "better-sqlite3";
import { build } from "esbuild";
import type { HistoryQuery, Store } from "../../hub/ports.ts";
import { type Chunk, encodeBlock } from "../../hub/storage/block.ts";
import { type Connection, connect } from "../../hub/storage/connect.ts";
import { firstBlock, ROLLED, setHour } from "../../hub/storage/hours.ts";
import { migrations } from "../../hub/storage/migrations/index.ts";
import { openStore } from "../../hub/storage/open.ts";
import { BLOCK, lengthOf, type Resolution, writeRollups } from "../../hub/storage/rollups.ts";
import { FIVE_MINUTES, HOUR, type Summary } from "../../hub/storage/summary.ts";

const DAY = 24 * HOUR;
const NOW = 20_500 * DAY;
const FINE_DAYS = 400;
const RAW_DAYS = 20;
const SERIES = ["activePower", "cumulativeEnergyImported", "voltage"];
const quiet = { info: () => {}, warn: () => {}, error: (fields: object, text: string) => console.error(text, fields) };

const where = process.argv[2] ?? ".data";
const devices = Number(process.argv[3] ?? 100);
const days = Math.round(365.25 * Number(process.argv[4] ?? 3));
const say = (what: string, value: string) => console.log(`${what.padEnd(62)} ${value}`);
const keyOf = (n: number) =>
  `device-${Math.floor(n / SERIES.length)}/1/electricalPowerMeasurement.${SERIES[n % SERIES.length]}`;
const PATH = { node: "device-0", endpoint: 1, capability: "electricalPowerMeasurement", attribute: "activePower" };
const made = join(where, `years-${devices}x${days}`);

function summaryOf(n: number, at: number, ms: number): Summary {
  // As devices tell them: with one digit after the point, and means that have many.
  const mean = Math.sin(at / DAY + n) * 500 + n + 1 / 3;
  const tenths = (v: number) => Math.round(v * 10) / 10;
  return {
    min: tenths(mean - 20),
    max: tenths(mean + 30),
    sum: mean * ms,
    covered: ms,
    count: ms / 10_000,
    last: tenths(mean),
    lastAt: at + ms - 7,
  };
}

function write(db: Connection, table: Resolution, n: number, start: number): void {
  const length = lengthOf[table];
  const block = new Map<number, Summary>();
  for (let at = start; at < start + BLOCK; at += length) block.set(at / length, summaryOf(n, at, length));
  writeRollups(db, table, n + 1, block, "replace");
}

/** Twenty readings a second in batches of 30 s. */
function rawHour(db: Connection, hour: number, series: number): void {
  const insert = db.prepare("INSERT INTO raw (id, n, data) VALUES (?, 600, ?)");
  for (let batch = 0; batch < 120; batch++) {
    const start = hour * HOUR + batch * 30_000;
    const chunks = new Map<number, Chunk>();
    for (let i = 0; i < 600; i++) {
      const n = i % series;
      const at = start + i * 50;
      const chunk = chunks.get(n) ?? { series: n + 1, kind: 0, ats: [], values: [] };
      chunk.ats.push(at);
      chunk.values.push(Math.round(5_000 * Math.sin(at / DAY + n)) / 10);
      chunks.set(n, chunk);
    }
    insert.run(firstBlock(hour) + batch, encodeBlock(hour * HOUR, [...chunks.values()]));
  }
  setHour(db).run(hour, ROLLED);
}

/** As the hub itself would have written it: six hours of every series at a time, in the order of time. */
function make(): void {
  mkdirSync(`${made}.new`, { recursive: true });
  const db = connect({ file: join(`${made}.new`, "hub.db"), migrations, check: false });
  db.pragma("synchronous = OFF");
  db.pragma("cache_size = -500000");
  const from = NOW - days * DAY;
  const series = devices * SERIES.length;
  db.transaction(() => {
    const add = db.prepare("INSERT INTO series VALUES (?, ?, ?, ?, 0, 1.0, 'bench')");
    for (let n = 0; n < series; n++) add.run(n + 1, keyOf(n), from, NOW - 1);
    db.prepare("INSERT INTO fact VALUES ('fine-edge', ?)").run(NOW - FINE_DAYS * DAY);
    const hour = db.prepare("INSERT INTO hour VALUES (?, 2)");
    for (let h = from / HOUR; h < NOW / HOUR; h++) hour.run(h);
  })();
  for (let start = from; start < NOW; start += BLOCK)
    db.transaction(() => {
      for (let n = 0; n < series; n++) {
        write(db, "rollup_1h", n, start);
        if (start >= NOW - FINE_DAYS * DAY) write(db, "rollup_5m", n, start);
      }
    })();
  for (let hour = NOW / HOUR - RAW_DAYS * 24; hour < NOW / HOUR; hour++) db.transaction(rawHour)(db, hour, series);
  db.close();
  renameSync(`${made}.new`, made);
}

async function time(store: Store, what: string, query: (n: number) => HistoryQuery): Promise<void> {
  const times: number[] = [];
  let buckets = 0;
  for (let i = 0; i < 60; i++) {
    const begin = performance.now();
    buckets = (await store.history(query(i * 5))).length;
    times.push(performance.now() - begin);
  }
  const first = times[0] ?? Number.NaN;
  times.sort((a, b) => a - b);
  say(
    `${what}: ${buckets} buckets, first / p50 / p95 ms`,
    `${first.toFixed(1)} / ${times[30]?.toFixed(1)} / ${times[56]?.toFixed(1)}`,
  );
}

async function questions(store: Store): Promise<void> {
  const calendar = (unit: "day" | "month", timeZone: string) => ({ calendar: { unit, timeZone } }) as const;
  const ask = (from: number, to: number, cut: { bucketMs: number } | ReturnType<typeof calendar>) => (n: number) =>
    ({ key: keyOf(n % (devices * SERIES.length)), from, to, ...cut }) as const;
  const year = [NOW - 365 * DAY, NOW] as const;
  await time(store, "a year by day, Berlin", ask(...year, calendar("day", "Europe/Berlin")));
  await time(store, "a year by day, Kathmandu", ask(...year, calendar("day", "Asia/Kathmandu")));
  await time(store, "a year by 24 h", ask(...year, { bucketMs: DAY }));
  await time(
    store,
    "the oldest year by day",
    ask(NOW - days * DAY, NOW - (days - 365) * DAY, calendar("day", "Europe/Berlin")),
  );
  await time(store, "all by month", ask(NOW - days * DAY, NOW, calendar("month", "Europe/Berlin")));
  await time(store, "a day at 5 minutes", (n) =>
    ask(NOW - (n % 300) * DAY - DAY, NOW - (n % 300) * DAY, { bucketMs: FIVE_MINUTES })(n),
  );
  await time(store, "30 days by hour", ask(NOW - 30 * DAY, NOW, { bucketMs: HOUR }));
}

/**
 * A person has less kept: raw readings, five-minute and hourly rollups go, and the file is made smaller, while readings come in
 * and settings are written. How late the loop was for its timers, before and meanwhile, and how long a setting took.
 */
async function trimming(workerEntry: string): Promise<void> {
  const folder = `${made}.trimmed`;
  rmSync(folder, { recursive: true, force: true });
  cpSync(made, folder, { recursive: true });
  const log = { ...quiet, warn: (fields: object, text: string) => console.error(text, fields) };
  const store = openStore(folder, { log, clock: { now: () => NOW }, workerEntry });
  // How long a writer waits for the worker alone, without the disk: a lock taken and given back.
  const lock = new Database(join(folder, "hub.db"));
  let puts: number[] = [];
  let waits: number[] = [];
  const busy = setInterval(() => {
    store.appendReadings([{ path: PATH, value: 1, at: NOW, source: "bench" }]);
    const begin = performance.now();
    store.put("finding", "f", { at: begin });
    puts.push(performance.now() - begin);
    const wait = performance.now();
    lock.exec("BEGIN IMMEDIATE; ROLLBACK");
    waits.push(performance.now() - wait);
  }, 50);
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const told = (what: string) => {
    puts.sort((a, b) => a - b);
    waits.sort((a, b) => a - b);
    say(
      `${what}: loop delay p50 / p99 / max, setting p50 / max ms`,
      `${[50, 99].map((p) => (delay.percentile(p) / 1e6).toFixed(1)).join(" / ")} / ${(delay.max / 1e6).toFixed(1)}, ${puts[puts.length >> 1]?.toFixed(1)} / ${puts.at(-1)?.toFixed(1)}`,
    );
    say(
      `${what}: wait for the lock p50 / p99 / max ms`,
      [0.5, 0.99, 1]
        .map((p) => waits[Math.min(waits.length - 1, Math.floor(p * waits.length))]?.toFixed(1))
        .join(" / "),
    );
    puts = [];
    waits = [];
  };
  delay.enable();
  await pause(15_000);
  told("before");
  delay.reset();
  const size = () => statSync(join(folder, "hub.db")).size / 1e6;
  const before = size();
  const begin = performance.now();
  store.keeping.set({ ...store.keeping.get(), rawDays: 5, fineDays: 200, hourlyYears: 2 });
  const look = new Database(join(folder, "hub.db"), { readonly: true });
  const left = () =>
    Number(look.pragma("freelist_count", { simple: true })) * 4096 > 64 * 1_048_576 ||
    look
      .prepare("SELECT count(*) FROM hour WHERE state IN (0, 4) AND hour < ?")
      .pluck()
      .get(NOW / HOUR - 5 * 24 - 1) !== 0 ||
    before - size() < 100;
  while (left() && performance.now() - begin < 1000 * Number(process.env.TRIM_S ?? 1200)) await pause(500);
  clearInterval(busy);
  told("meanwhile");
  look.close();
  lock.close();
  clearInterval(busy);
  await store.close();
  say(
    "trimmed and made smaller, s; file before / after, MB",
    `${((performance.now() - begin) / 1000).toFixed(0)}; ${before.toFixed(0)} / ${size().toFixed(0)}`,
  );
  rmSync(folder, { recursive: true, force: true });
}

async function worker(): Promise<string> {
  const outfile = join(where, "bench-history-worker.mjs");
  const entry = "hub/storage/history-worker.ts";
  await build({ entryPoints: [entry], outfile, bundle: true, platform: "node", format: "esm", packages: "external" });
  return join(process.cwd(), outfile);
}

if (!existsSync(made)) {
  const begin = performance.now();
  make();
  say("made, s", ((performance.now() - begin) / 1000).toFixed(0));
}
say("file, MB", (statSync(join(made, "hub.db")).size / 1e6).toFixed(0));
const workerEntry = await worker();
const only = process.argv[5];
if (only !== "trim") {
  const store = openStore(made, { log: quiet, clock: { now: () => NOW }, workerEntry });
  await questions(store);
  await store.close();
}
if (only !== "ask") await trimming(workerEntry);
