import type { ExportRequest, ExportSeries, HistoryBucket } from "../ports.ts";
import { type Connection, connectToMake } from "./connect.ts";
import type { ExportedReading } from "./export.ts";

/**
 * The exported file's shape; `about` says what was asked. Times are epoch ms in UTC, a bucket's its start; coverage is 0 to 1. The
 * views say the same with names and written times.
 */
const SHAPE = `
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE series (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, name TEXT NOT NULL, unit TEXT NOT NULL) STRICT;
CREATE TABLE bucket (
  series INTEGER NOT NULL REFERENCES series (id),
  at INTEGER NOT NULL,
  min REAL NOT NULL,
  mean REAL NOT NULL,
  max REAL NOT NULL,
  last REAL NOT NULL,
  count INTEGER NOT NULL,
  coverage REAL NOT NULL,
  PRIMARY KEY (series, at)
) STRICT, WITHOUT ROWID;
CREATE TABLE reading (series INTEGER NOT NULL REFERENCES series (id), at INTEGER NOT NULL, value ANY NOT NULL) STRICT;
CREATE VIEW buckets AS
  SELECT key, name, unit, strftime('%Y-%m-%dT%H:%M:%fZ', at / 1000.0, 'unixepoch') AS start, min, mean, max, last, count, coverage
  FROM bucket JOIN series ON series.id = bucket.series;
CREATE VIEW readings AS
  SELECT key, name, unit, strftime('%Y-%m-%dT%H:%M:%fZ', at / 1000.0, 'unixepoch') AS time, value
  FROM reading JOIN series ON series.id = reading.series;
`;

function within(file: string, work: (db: Connection) => void): void {
  const db = connectToMake(file);
  try {
    db.transaction(() => work(db))();
  } finally {
    db.close();
  }
}

/** Begins a file for an export. */
export function beginFile(file: string, { resolution, from, to, timeZone, series }: ExportRequest): void {
  within(file, (db) => {
    db.exec(SHAPE);
    const about = db.prepare<[string, string]>("INSERT INTO about (name, value) VALUES (?, ?)");
    about.run("format", "inglenook history 1");
    about.run("resolution", resolution);
    about.run("from", new Date(from).toISOString());
    about.run("to", new Date(to).toISOString());
    about.run("days of", timeZone);
    const add = db.prepare<[string, string, string]>("INSERT INTO series (key, name, unit) VALUES (?, ?, ?)");
    for (const { key, name, unit } of series) add.run(key, name, unit);
  });
}

const idOf = (db: Connection, key: string): number =>
  db.prepare<[string], number>("SELECT id FROM series WHERE key = ?").pluck().get(key) ?? 0;

export function writeBuckets(file: string, { key }: ExportSeries, buckets: readonly HistoryBucket[]): void {
  if (buckets.length === 0) return;
  within(file, (db) => {
    const id = idOf(db, key);
    const add = db.prepare("INSERT OR REPLACE INTO bucket VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
    for (const b of buckets) add.run(id, b.at, b.min, b.mean, b.max, b.last, b.count, b.coverage);
  });
}

/** Booleans as 0 and 1: SQLite has no others. */
export function writeReadings(file: string, { key }: ExportSeries, readings: readonly ExportedReading[]): void {
  within(file, (db) => {
    const id = idOf(db, key);
    const add = db.prepare("INSERT INTO reading VALUES (?, ?, ?)");
    for (const { at, value } of readings) add.run(id, at, typeof value === "boolean" ? Number(value) : value);
  });
}
