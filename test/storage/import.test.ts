import { execFileSync, spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
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
const POWER = "meter/1/electricalPowerMeasurement.activePower";
const OUTSIDE = "outside/1/temperatureMeasurement.measuredValue";
const kwh: ImportTarget = { id: "", key: METER, factor: 1, offset: 0, min: 0, max: 1e9 };

let made: { readonly folder: string; readonly db: string } | undefined;
beforeAll(() => {
  if (!there) return;
  const folder = mkdtempSync(join(tmpdir(), "inglenook-ha-"));
  made = { folder, db: join(folder, "home-assistant_v2.db") };
  execFileSync(PYTHON, [SCRIPT, folder, made.db], { stdio: "ignore", timeout: 110_000 });
}, 360_000);
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

function withHa(workerEntry?: string): {
  readonly store: Store;
  readonly source: ImportSource;
  readonly folder: string;
} {
  const { store, folder } = open(workerEntry);
  const source = { file: "home-assistant_v2.db" };
  copyFileSync(made?.db ?? "", join(folder, "imports", source.file));
  return { store, source, folder };
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
    const rowsOf = ({ parts = [] }: FoundSeries) => parts.map(({ of, rows }) => `${of} ${rows}`).join(", ");
    expect(found.map((one) => [one.id, one.unit, one.kind, rowsOf(one)])).toEqual([
      ["sensor.house_energy", "kWh", "counter", "hours 2160, states 1"],
      ["sensor.house_power", "kW", "measurement", "hours 2160"],
      ["sensor.live_energy", "kWh", "counter", "hours 24, fiveMinutes 288, states 1440"],
      ["sensor.live_power", "W", "measurement", "hours 23, fiveMinutes 276, states 1381"],
      ["sensor.outside", "°F", "measurement", "hours 2160"],
      ["sensor.plain_power", "W", "measurement", "states 1381"],
      ["sensor.replaced_energy", "Wh", "counter", "hours 2160"],
    ]);
    expect(found[0]).toMatchObject({ name: "House energy", from: START, parts: [{ to: END }, {}] });
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

describe.skipIf(!there)("a real Home Assistant's last days", () => {
  const power: ImportTarget = { id: "", key: POWER, factor: 1, offset: 0, min: -1e6, max: 1e6 };
  const seriesOf = async (store: Store, source: ImportSource, id: string) =>
    (await store.imports.preview(source)).find((one) => one.id === id);

  test("come in five minutes by five minutes; what three tables tell of one meter counts once", async () => {
    const { store, source } = withHa();
    const found = await seriesOf(store, source, "sensor.live_energy");
    const before = await store.history({ key: METER, from: END, to: END + DAY, bucketMs: 5 * MINUTE });
    expect(await bringIn({ store, source, found, target: kwh }, "b1")).toEqual({
      ...{ write: 24, fine: 24, own: 0, recent: 0, refused: [] },
    });
    // A hundredth a minute; the meter was replaced at noon, of which nobody sees a thing.
    const [slots] = await store.energy([{ imported: METER, limitW: 10_000 }], END, END + DAY, 5 * MINUTE);
    const parts = [...(slots?.importedKwh ?? [])].slice(1);
    expect(parts.filter((one) => Math.abs(one - 0.05) > 1e-6)).toHaveLength(1);
    expect(parts.reduce((sum, one) => sum + one, 0)).toBeCloseTo(0.05 * 286 + 0.04, 6);
    expect(await store.imports.remove("b1")).toBe(true);
    expect(await store.history({ key: METER, from: END, to: END + DAY, bucketMs: 5 * MINUTE })).toEqual(before);
  });

  test("have an hour in which a device was unavailable: it stays unknown, in statistics and in states alone", async () => {
    const { store, source } = withHa();
    const coverages: number[][] = [];
    for (const [i, id] of ["sensor.live_power", "sensor.plain_power"].entries()) {
      const found = await seriesOf(store, source, id);
      const target = { ...power, key: POWER.replace("meter", `meter${i}`) };
      expect(await bringIn({ store, source, found, target }, id)).toMatchObject({
        ...{ write: 24, fine: 23, own: 0, recent: 0 },
        refused: [{ reason: "was unavailable or unknown", rows: 1 }],
      });
      const hours = await store.history({ key: target.key, from: END, to: END + DAY, bucketMs: HOUR });
      expect(hours).toHaveLength(24);
      expect(hours.map((one) => one.mean).filter((mean) => Math.abs(mean - 610) > 0.5)).toEqual([620]);
      coverages.push(hours.map((one) => Number(one.coverage.toFixed(3))));
    }
    // It was told to be gone ten seconds after three. Statistics say no more than that they are of an hour.
    const gone = (hour: number) => [...Array(24).keys()].map((i) => (i === 3 ? 0.003 : i === hour ? 0.997 : 1));
    const [statistics, states] = coverages;
    expect(statistics).toEqual(gone(24));
    expect(states?.with(0, 1)).toEqual(gone(4));
  });

  test("are the same out of a database as versions before 2023 wrote them", async () => {
    const { store, source, folder } = withHa();
    asBefore2023(join(folder, "imports", source.file));
    const found = await store.imports.preview(source);
    expect(found.map(({ id, rows }) => [id, rows])).toContainEqual(["sensor.live_energy", 24 + 288 + 1440]);
    const plain = found.find(({ id }) => id === "sensor.plain_power");
    expect(plain).toMatchObject({ name: "Plain power", unit: "W", kind: "measurement" });
    expect(await bringIn({ store, source, found: plain, target: power }, "b1")).toMatchObject({ write: 24, fine: 23 });
    const live = found.find(({ id }) => id === "sensor.live_energy");
    await bringIn({ store, source, found: live, target: kwh }, "b2");
    expect(await kwhOf(store, END + 5 * MINUTE * 12, END + DAY)).toBeCloseTo(0.6 * 23 - 0.01, 6);
  });
});

/** Schema 22 of the recorder (2021.10): entities and attributes stand in each state, and moments are text. */
function asBefore2023(file: string): void {
  const db = new Database(file);
  db.pragma("foreign_keys = OFF");
  const text = (column: string) => `strftime('%Y-%m-%d %H:%M:%S', ${column}, 'unixepoch') || '.000000'`;
  db.exec(`
    CREATE TABLE old_states (state_id INTEGER PRIMARY KEY, domain TEXT, entity_id TEXT, state TEXT, attributes TEXT, last_updated DATETIME);
    INSERT INTO old_states SELECT state_id, 'sensor', states_meta.entity_id, state, shared_attrs, ${text("last_updated_ts")}
      FROM states JOIN states_meta USING (metadata_id) LEFT JOIN state_attributes USING (attributes_id);
    DROP TABLE states; DROP TABLE states_meta; DROP TABLE state_attributes;
    ALTER TABLE old_states RENAME TO states;
    CREATE INDEX ix_states_entity_id_last_updated ON states (entity_id, last_updated);
    CREATE TABLE old_meta AS SELECT id, statistic_id, source, unit_of_measurement, has_mean, has_sum FROM statistics_meta;
    DROP TABLE statistics_meta;
    ALTER TABLE old_meta RENAME TO statistics_meta;`);
  for (const table of ["statistics", "statistics_short_term"])
    db.exec(`
      CREATE TABLE old AS SELECT id, metadata_id, ${text("start_ts")} AS start, mean, min, max, state, sum FROM ${table};
      DROP TABLE ${table};
      ALTER TABLE old RENAME TO ${table};`);
  db.close();
}

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
    // The night in which the clock skips an hour: a row is of an hour that there was not.
    expect(found).toMatchObject({
      rows: 48,
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

  const berlin = new Intl.DateTimeFormat("de-DE", {
    ...{ timeZone: "Europe/Berlin", hourCycle: "h23", day: "2-digit", month: "2-digit", year: "numeric" },
    ...{ hour: "2-digit", minute: "2-digit" },
  });
  const wall = (at: number) => {
    const { day, month, year, hour, minute } = Object.fromEntries(
      berlin.formatToParts(at).map(({ type, value }) => [type, value]),
    );
    return [`${day}.${month}.${year}`, `${hour}:${minute}`];
  };
  // The last week of October: on its Sunday there are two hours from 02:00 to 03:00.
  const week = Date.parse("2025-10-22T22:00:00Z");
  const quarters = Array.from({ length: 7 * 96 + 4 }, (_, i) => week + i * 15 * MINUTE);
  /** A quarter hour's kWh: another in each, so that a swapped one is seen. */
  const used = (i: number) => (100 + (i % 50)) / 1000;
  const head = 'Stadtwerke\nZählpunkt;DE0001\n\nDatum;von;"Verbrauch";Einheit;Status';

  test.each([
    ["as it is", (rows: string[]) => rows],
    ["the newest first", (rows: string[]) => rows.toReversed()],
  ])("that a utility gives, by the quarter hour through the night with an hour twice, %s", async (_how, turned) => {
    const { store, folder } = open();
    const rows = quarters.map((at, i) => `${wall(at).join(";")};${used(i).toFixed(3).replace(".", ",")};kWh;ok`);
    const bytes = Buffer.from([head, ...turned(rows)].join("\r\n"), "latin1");
    writeFileSync(join(folder, "imports", "a.csv"), bytes);
    const look = await store.imports.look("a.csv");
    expect(look.columns).toEqual(["Datum", "von", "Verbrauch", "Einheit", "Status"]);
    const guess = { time: "Datum", clock: "von", value: "Verbrauch", unit: "kWh", kind: "interval" } as const;
    expect(look.guess).toMatchObject(guess);
    const source = { file: "a.csv", csv: { ...guess, timeZone: "Europe/Berlin", stamp: "start" as const } };
    const [found] = await store.imports.preview(source);
    expect(found).toMatchObject({ rows: 676, kind: "counter" });
    expect(found?.notes).toBeUndefined();
    await bringIn({ store, source, found, target: kwh }, "b1");
    const [slots] = await store.energy(
      [{ imported: METER, limitW: 10_000 }],
      week,
      week + (7 * 24 + 1) * HOUR,
      15 * MINUTE,
    );
    const wrong = [...(slots?.importedKwh ?? [])].filter((one, i) => !(Math.abs(one - used(i)) < 1e-5));
    expect(wrong).toEqual([]);
  });

  test("goes on where the house's own meter begins, and says what is missing in between", async () => {
    const { store, folder } = open();
    for (let i = 0; i <= 36; i++) store.appendReadings([reading(END + i * 10 * MINUTE, 5000 + i, METER)]);
    store.flush();
    const rows = Array.from({ length: 48 }, (_, i) => `${new Date(END - (48 - i) * HOUR).toISOString()},0.5`);
    rows.splice(10, 5);
    rows.push("2026-01-01T00:00:00Z,-1", "yesterday,1", "2026-01-01T00:00:00Z,none");
    writeFileSync(join(folder, "imports", "a.csv"), ["time,kWh", ...rows].join("\n"));
    const source = { file: "a.csv", csv: { ...csv, time: "time", value: "kWh", kind: "interval" } as const };
    const [found] = await store.imports.preview(source);
    expect(found?.notes).toEqual([
      "1 rows are left out: each is less than nothing",
      "1 rows are left out: each has no time",
      "1 rows are left out: each has no number",
      "rows are missing in 1 places, 5 hours in all: nothing is known of these",
    ]);
    await bringIn({ store, source, found, target: kwh }, "b1");
    const hours = await store.history({ key: METER, from: END - 2 * DAY - HOUR, to: END, bucketMs: HOUR });
    expect(hours).toHaveLength(1 + 43 + 1);
    expect(hours.at(-1)?.last).toBe(5000);
    expect(hours[0]?.last).toBe(5000 - 43 * 0.5);
  });
});
