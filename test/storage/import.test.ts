import { execFileSync, spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import type { FoundSeries, ImportCount, ImportSource, ImportTarget, Store } from "../../hub/ports.ts";
import { openStore } from "../../hub/storage/open.ts";
import { HOUR, MINUTE } from "../../hub/storage/summary.ts";
import { bundle, listeningLog, reading, temporaryFolder } from "./support.ts";

// A Python that has the package `homeassistant` makes the database, as its recorder does; .ci/run has the command that fetches it.
const KEPT = join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "inglenook-homeassistant", "bin", "python");
const PYTHON = process.env.INGLENOOK_TEST_HA ?? KEPT;
const SCRIPT = new URL("import/make-recorder.py", import.meta.url).pathname;
const NEEDED = "import homeassistant.components.recorder, sqlalchemy, fnv_hash_fast, psutil_home_assistant";
const there = spawnSync(PYTHON, ["-c", NEEDED]).status === 0;
if (!there) console.warn(`SKIPPED: imports from a real Home Assistant; there is no ${PYTHON} (set INGLENOOK_TEST_HA)`);

const DAY = 24 * HOUR;
const END = Date.parse("2026-01-01T00:00:00Z");
const START = END - 90 * DAY;
const NOW = END + 20 * DAY;
const METER = "meter/1/electricalEnergyMeasurement.cumulativeEnergyImported";
const OUTSIDE = "outside/1/temperatureMeasurement.measuredValue";
const kwh: ImportTarget = { id: "", key: METER, factor: 1, offset: 0, min: 0, max: 1e9 };

let made: { readonly folder: string; readonly db: string } | undefined;
beforeAll(() => {
  if (!there) return;
  const folder = mkdtempSync(join(tmpdir(), "inglenook-ha-"));
  made = { folder, db: join(folder, "home-assistant_v2.db") };
  execFileSync(PYTHON, [SCRIPT, folder, made.db], { stdio: "ignore", timeout: 110_000 });
}, 120_000);
afterAll(() => {
  if (made) rmSync(made.folder, { recursive: true, force: true });
});

function open(workerEntry?: string): { readonly store: Store; readonly folder: string } {
  const folder = temporaryFolder();
  const options = { log: listeningLog(), clock: { now: () => NOW }, ...(workerEntry ? { workerEntry } : {}) };
  const store = openStore(folder, options);
  onTestFinished(() => store.close());
  mkdirSync(join(folder, "imports"));
  return { store, folder };
}

function withHa(workerEntry?: string): { readonly store: Store; readonly source: ImportSource } {
  const { store, folder } = open(workerEntry);
  const source = { file: "home-assistant_v2.db" };
  copyFileSync(made?.db ?? "", join(folder, "imports", source.file));
  return { store, source };
}

interface Bringing {
  readonly store: Store;
  readonly source: ImportSource;
  readonly found: FoundSeries | undefined;
  readonly target: ImportTarget;
}

async function bringIn({ store, source, found, target }: Bringing, batch?: string): Promise<ImportCount | undefined> {
  let count: ImportCount | undefined;
  if (batch) store.imports.begin({ id: batch, at: NOW, by: "Kim", file: source.file, keys: [target.key] });
  if (found) for await (const progress of store.imports.run(source, found, target, batch)) count = progress.count;
  return count;
}

const kwhOf = async (store: Store, from: number, to: number): Promise<number> => {
  const [slots] = await store.energy([{ imported: METER, limitW: 10_000 }], from, to, HOUR);
  return [...(slots?.importedKwh ?? [])].reduce((sum, one) => sum + (Number.isNaN(one) ? 0 : one), 0);
};

describe.skipIf(!there)("a real Home Assistant's past", () => {
  test("is shown before anything is written: what there is, since when, in which unit", async () => {
    const { store, source } = withHa();
    const found = await store.imports.preview(source);
    expect(found.map(({ id, unit, kind, rows }) => [id, unit, kind, rows])).toEqual([
      ["sensor.house_energy", "kWh", "counter", 2160],
      ["sensor.house_power", "kW", "measurement", 2160],
      ["sensor.outside", "°F", "measurement", 2160],
      ["sensor.replaced_energy", "Wh", "counter", 2160],
    ]);
    expect(found[0]).toMatchObject({ name: "House energy", from: START, to: END });
  });

  test("comes in hour by hour beside the house's own, which stays, and goes again without a trace", async () => {
    const { store, source } = withHa(await bundle("hub/storage/history-worker.ts"));
    // The house's own last day: the meter's stand every five minutes.
    for (let at = END - DAY; at < END; at += 5 * MINUTE)
      store.appendReadings([reading(at, 500 + ((at - START) / HOUR) * 0.25, METER)]);
    store.flush();
    const [found] = await store.imports.preview(source);
    const bringing = { store, source, found, target: kwh };
    const before = await store.history({ key: METER, from: START, to: END, bucketMs: HOUR });
    const dry = await bringIn(bringing);
    expect(await store.history({ key: METER, from: START, to: END, bucketMs: HOUR })).toEqual(before);
    expect(await bringIn(bringing, "b1")).toEqual(dry);
    expect(dry).toMatchObject({ write: 89 * 24, refused: [] });
    const after = await store.history({ key: METER, from: START, to: END, bucketMs: HOUR });
    expect(after.length).toBe(90 * 24);
    expect(after.slice(-24)).toEqual(before);
    expect(await kwhOf(store, START + HOUR, END)).toBeCloseTo(90 * 24 * 0.25 - 0.25, 1);
    expect(store.imports.batches()).toMatchObject([{ id: "b1", by: "Kim", hours: 89 * 24 }]);
    // Once more writes nothing: the hours are there.
    expect(await bringIn(bringing)).toMatchObject({ write: 0 });
    expect(await store.imports.remove("b1")).toBe(true);
    expect(await store.history({ key: METER, from: START, to: END, bucketMs: HOUR })).toEqual(before);
    expect(store.imports.batches()).toEqual([]);
  });

  test("has a meter that was replaced, in Wh: the energy is what was used, to the Wh", async () => {
    const { store, source } = withHa();
    const found = (await store.imports.preview(source)).find(({ id }) => id === "sensor.replaced_energy");
    expect(await bringIn({ store, source, found, target: { ...kwh, factor: 0.001 } }, "b1")).toMatchObject({
      write: 2160,
    });
    expect(await kwhOf(store, START + HOUR, END)).toBeCloseTo(0.1 * 2159, 3);
  });

  test("has degrees Fahrenheit, and values that no attribute can hold are refused and counted", async () => {
    const { store, source } = withHa();
    const found = (await store.imports.preview(source)).find(({ id }) => id === "sensor.outside");
    const target = { id: "", key: OUTSIDE, factor: 5 / 9, offset: -160 / 9, min: -50, max: 80 };
    await bringIn({ store, source, found, target }, "b1");
    const [bucket] = await store.history({ key: OUTSIDE, from: START, to: START + HOUR, bucketMs: HOUR });
    expect(bucket).toMatchObject({ min: 5, mean: 10, max: 15, coverage: 1 });
    const other = { ...target, key: "other/1/temperatureMeasurement.measuredValue", max: 12 };
    expect(await bringIn({ store, source, found, target: other })).toMatchObject({
      write: 0,
      refused: [{ reason: "is not between -50 and 12", rows: 2160 }],
    });
  });
});

describe("a table of numbers", () => {
  const csv = { time: "Zeit", value: "Stand", unit: "kWh", timeZone: "Europe/Berlin", kind: "counter" } as const;

  test("comes in by the wall's clock of the stated zone, with the comma that its country writes", async () => {
    const { store, folder } = open();
    const rows = Array.from(
      { length: 48 },
      (_, i) => `2025-03-${29 + Math.floor(i / 24)} ${String(i % 24).padStart(2, "0")}:59;${100 + i},5`,
    );
    writeFileSync(join(folder, "imports", "a.csv"), ["Zeit;Stand", ...rows].join("\r\n"));
    const source = { file: "a.csv", csv };
    const [found] = await store.imports.preview(source);
    // The night in which the clock skips an hour: two rows are of one hour.
    expect(found).toMatchObject({
      rows: 47,
      kind: "counter",
      from: Date.parse("2025-03-28T23:00:00Z"),
      to: Date.parse("2025-03-30T22:00:00Z"),
    });
    expect(await bringIn({ store, source, found, target: kwh }, "b1")).toMatchObject({ write: 47 });
    const [first] = await store.history({ key: METER, from: found?.from ?? 0, to: found?.to ?? 0, bucketMs: HOUR });
    expect(first?.last).toBe(100.5);
  });

  test("is refused by the field that is wrong", async () => {
    const { store, folder } = open();
    writeFileSync(join(folder, "imports", "a.csv"), "Zeit;Stand\n2025-01-01 00:00;1");
    const wrong = { file: "a.csv", csv: { ...csv, value: "Wert" } };
    await expect(store.imports.preview(wrong)).rejects.toThrow(
      "csv.value: there is no column Wert; there are Zeit, Stand",
    );
    await expect(store.imports.preview({ file: "a.csv" })).rejects.toThrow("file: can not be read as a database");
  });
});
