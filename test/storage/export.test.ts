import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { parquetReadObjects } from "hyparquet";
import { describe, expect, onTestFinished, test } from "vitest";
import type { ExportRequest, Store } from "../../hub/ports.ts";
import { openStore } from "../../hub/storage/open.ts";
import { HOUR, MINUTE } from "../../hub/storage/summary.ts";
import { bundle, KEY, listeningLog, reading, temporaryFolder } from "./support.ts";

const DAY = 24 * HOUR;
const START = Date.parse("2026-03-27T00:00:00Z");
const LABEL = "plug/1/vendor.mode";
const NOW = START + 4 * DAY;

function open(folder: string, workerEntry?: string): Store {
  const options = { log: listeningLog(), clock: { now: () => NOW }, ...(workerEntry ? { workerEntry } : {}) };
  const store = openStore(folder, options);
  onTestFinished(() => store.close());
  return store;
}

const request = (resolution: ExportRequest["resolution"], format: ExportRequest["format"] = "csv"): ExportRequest => ({
  ...{ format, resolution, from: 0, to: NOW, timeZone: "Europe/Berlin" },
  series: [
    { key: KEY, name: '=cmd|"/c calc"', unit: "W" },
    { key: LABEL, name: "Plug: Mode", unit: "" },
  ],
});

async function fileOf(store: Store, asked: ExportRequest): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of store.exportHistory(asked) ?? []) parts.push(part);
  return Buffer.concat(parts);
}

const linesOf = async (store: Store, asked: ExportRequest) => (await fileOf(store, asked)).toString().split("\r\n");

function fill(store: Store): void {
  for (let i = 0; i < (3 * DAY) / (5 * MINUTE); i++)
    store.appendReadings([reading(START + i * 5 * MINUTE, -100 - (i % 12))]);
  store.appendReadings([
    reading(START + HOUR, "+eco, quiet", LABEL),
    reading(START + 2 * HOUR, true, "plug/1/onOff.onOff"),
  ]);
}

/** The reader that most others are made of, where this machine has one (python3 with pyarrow, or INGLENOOK_TEST_ARROW). */
function asReadByArrow(bytes: Buffer): void {
  const python = process.env.INGLENOOK_TEST_ARROW ?? "python3";
  const file = join(temporaryFolder(), "out.parquet");
  writeFileSync(file, bytes);
  const said =
    "import sys, pyarrow.parquet as p; t = p.read_table(sys.argv[1]); print(t.num_rows, t.schema.field('time').type)";
  const { status, stdout, stderr } = spawnSync(python, ["-c", said, file], { encoding: "utf8" });
  const missing = status !== 0 && /No module|ENOENT/.test(stderr ?? "ENOENT");
  if (missing) console.warn(`SKIPPED: Parquet as pyarrow reads it; ${python} has none (set INGLENOOK_TEST_ARROW)`);
  else expect(`${stdout}${stderr}`.trim()).toBe(`${3 * 288 + 1} timestamp[ms, tz=UTC]`);
}

describe("the history as a file", () => {
  test("holds each hour once, with its unit and coverage, and no cell that a spreadsheet would run", async () => {
    const store = open(temporaryFolder());
    fill(store);
    const [head, first, ...rest] = await linesOf(store, request("hour"));
    expect(head).toBe("key,name,unit,start,min,mean,max,last,coverage");
    expect(first).toBe(`${KEY},"'=cmd|""/c calc""",W,2026-03-27T00:00:00.000Z,-111,-105.5,-100,-111,1`);
    expect(rest.filter((line) => line !== "")).toHaveLength(71);
    const fine = await linesOf(store, request("5m"));
    expect(fine).toHaveLength(1 + 3 * 288 + 1);
  });

  test("has the calendar's days, of which one has 23 hours", async () => {
    const store = open(temporaryFolder());
    fill(store);
    const starts = (await linesOf(store, request("day"))).slice(1, -1).map((line) => line.split(",")[3]);
    expect(starts).toEqual([
      "2026-03-26T23:00:00.000Z",
      "2026-03-27T23:00:00.000Z",
      "2026-03-28T23:00:00.000Z",
      "2026-03-29T22:00:00.000Z",
    ]);
  });

  test("holds every reading as it came, text too, also those not written yet", async () => {
    const store = open(temporaryFolder());
    fill(store);
    const lines = (await linesOf(store, request("raw"))).slice(1, -1);
    expect(lines).toHaveLength(3 * 288 + 1);
    expect(lines).toContain(`${LABEL},Plug: Mode,,2026-03-27T01:00:00.000Z,"'+eco, quiet"`);
    expect(lines.filter((line) => line.startsWith(KEY)).at(-1)).toContain("2026-03-29T23:55:00.000Z,-111");
  });

  test("is a SQLite file made beside the house's own work, and leaves nothing behind", async () => {
    const folder = temporaryFolder();
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "export-0123456789abcdef.db"), "of a hub that was cut off");
    const store = open(folder, await bundle("hub/storage/history-worker.ts"));
    fill(store);
    store.flush();
    const out = join(temporaryFolder(), "out.db");
    writeFileSync(out, await fileOf(store, request("hour", "sqlite")));
    const db = new Database(out, { readonly: true });
    onTestFinished(() => void db.close());
    expect(db.prepare("SELECT count(*) n, min(mean) mean, unit FROM buckets WHERE key = ?").get(KEY)).toEqual({
      n: 72,
      mean: -105.5,
      unit: "W",
    });
    expect(readdirSync(folder).filter((name) => name.startsWith("export-"))).toEqual([]);
  });

  test("is a Parquet file that another's reader understands, made beside the house's own work", async () => {
    const store = open(temporaryFolder(), await bundle("hub/storage/history-worker.ts"));
    fill(store);
    store.flush();
    const bytes = await fileOf(store, request("5m", "parquet"));
    const file = (from: Buffer) => from.buffer.slice(from.byteOffset, from.byteOffset + from.byteLength) as ArrayBuffer;
    const rows = await parquetReadObjects({ file: file(bytes) });
    expect(rows).toHaveLength(3 * 288);
    expect(rows[1]).toEqual({
      ...{ key: KEY, name: '=cmd|"/c calc"', unit: "W", start: new Date(START + 5 * MINUTE) },
      ...{ min: -101, mean: -101, max: -101, last: -101, count: 1, coverage: 1 },
    });
    const raw = await fileOf(store, request("raw", "parquet"));
    const readings = await parquetReadObjects({ file: file(raw) });
    expect(readings).toHaveLength(3 * 288 + 1);
    const label = { key: LABEL, name: "Plug: Mode", unit: "", time: new Date(START + HOUR) };
    expect(readings.find(({ key }) => key === LABEL)).toEqual({ ...label, value: null, text: "+eco, quiet" });
    const nothing = await fileOf(store, { ...request("day", "parquet"), series: [] });
    expect(await parquetReadObjects({ file: file(nothing) })).toEqual([]);
    asReadByArrow(raw);
  });

  test("stops when its reader leaves, and two at once are the most", async () => {
    const folder = temporaryFolder();
    const store = open(folder);
    fill(store);
    const one = store.exportHistory(request("hour", "sqlite"));
    const two = store.exportHistory(request("hour"));
    await one?.next();
    await two?.next();
    expect(store.exportHistory(request("hour"))).toBeUndefined();
    expect(readdirSync(folder).some((name) => name.startsWith("export-"))).toBe(true);
    await one?.return(undefined);
    expect(readdirSync(folder).some((name) => name.startsWith("export-"))).toBe(false);
    expect(store.exportHistory(request("hour"))).toBeDefined();
    await two?.return(undefined);
  });
});
