import type { FoundSeries } from "../ports.ts";
import { type Connection, connectToForeign } from "./connect.ts";
import { HOUR } from "./summary.ts";

/** At most so many statistics of a database are listed. */
const MAX_FOUND = 5_000;
const MAX_TEXT = 255;

/** An hour as a foreign database has it; a counter's `last` is its stand at the hour's end. */
export interface ForeignHour {
  readonly at: number;
  readonly min: number | null;
  readonly mean: number | null;
  readonly max: number | null;
  readonly last: number | null;
}

interface MetaRow {
  readonly id: number;
  readonly statistic_id: unknown;
  readonly unit: unknown;
  readonly has_sum: unknown;
  readonly name: unknown;
  readonly first: number;
  readonly last: number;
  readonly rows: number;
}

const text = (value: unknown): string => (typeof value === "string" ? value.slice(0, MAX_TEXT) : "");

/** Opens a stranger's database to be read: nothing in it is run. Throws RangeError naming the file. */
function openForeign(file: string): Connection {
  let db: Connection | undefined;
  try {
    db = connectToForeign(file);
    const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all();
    if (!tables.includes("statistics") || !tables.includes("statistics_meta"))
      throw new RangeError("file: this is no database of Home Assistant's recorder; it has no statistics");
    const columns = db.pragma("table_info(statistics)") as { name: string }[];
    if (!columns.some(({ name }) => name === "start_ts"))
      throw new RangeError(
        "file: this database is older than Home Assistant 2023.3; start that once in a newer version",
      );
    return db;
  } catch (error) {
    db?.close();
    if (error instanceof RangeError) throw error;
    throw new RangeError(`file: can not be read as a database (${error instanceof Error ? error.message : ""})`);
  }
}

function withForeign<T>(file: string, work: (db: Connection) => T): T {
  const db = openForeign(file);
  try {
    return work(db);
  } finally {
    db.close();
  }
}

/** The long-term statistics of Home Assistant (developers' page "Long-term statistics": hourly, kept for ever). */
export function findStatistics(file: string): FoundSeries[] {
  return withForeign(file, (db) =>
    db
      .prepare<[number], MetaRow>(
        `SELECT m.id, m.statistic_id, m.unit_of_measurement AS unit, m.has_sum, m.name, s.first, s.last, s.rows
         FROM statistics_meta m JOIN (
           SELECT metadata_id, min(start_ts) AS first, max(start_ts) AS last, count(*) AS rows FROM statistics GROUP BY metadata_id
         ) s ON s.metadata_id = m.id ORDER BY m.statistic_id LIMIT ?`,
      )
      .all(MAX_FOUND)
      .map((row) => ({
        id: text(row.statistic_id),
        name: text(row.name) || nameOf(db, text(row.statistic_id)),
        unit: text(row.unit),
        kind: row.has_sum ? "counter" : "measurement",
        from: Number(row.first) * 1000,
        to: Number(row.last) * 1000 + HOUR,
        rows: Number(row.rows),
      })),
  );
}

/** The name that people gave the entity, by its last state. */
function nameOf(db: Connection, id: string): string {
  try {
    const json = db
      .prepare<[string], unknown>(
        `SELECT a.shared_attrs FROM states_meta m JOIN states s ON s.metadata_id = m.metadata_id
         JOIN state_attributes a ON a.attributes_id = s.attributes_id WHERE m.entity_id = ? ORDER BY s.state_id DESC LIMIT 1`,
      )
      .pluck()
      .get(id);
    const found: unknown = typeof json === "string" ? JSON.parse(json) : undefined;
    return found && typeof found === "object" && "friendly_name" in found ? text(found.friendly_name) : "";
  } catch {
    // An older shape of the states; the id says enough.
    return "";
  }
}

/**
 * Hours of a statistic in [from, to), in order. A counter's stand is the device's own (`state`) where that never fell and moved as Home
 * Assistant's `sum` did; else the sum, which goes on over resets, from the first stand on.
 */
export function statisticHours(file: string, { id, kind }: FoundSeries, from: number, to: number): ForeignHour[] {
  return withForeign(file, (db) => {
    const meta = db.prepare<[string], number>("SELECT id FROM statistics_meta WHERE statistic_id = ?").pluck().get(id);
    if (meta === undefined) throw new RangeError(`mapping: the file has no statistic ${id}`);
    const stand = kind === "counter" ? standOf(db, meta) : undefined;
    return db
      .prepare<[number, number, number], Record<"at" | "min" | "mean" | "max" | "state" | "sum", unknown>>(
        `SELECT start_ts AS at, min, mean, max, state, sum FROM statistics
         WHERE metadata_id = ? AND start_ts >= ? AND start_ts < ? ORDER BY start_ts`,
      )
      .all(meta, from / 1000, to / 1000)
      .map((row) => ({
        at: Number(row.at) * 1000,
        min: finite(row.min),
        mean: finite(row.mean),
        max: finite(row.max),
        last: stand ? stand(finite(row.state), finite(row.sum)) : null,
      }));
  });
}

const finite = (value: unknown): number | null => (typeof value === "number" && Number.isFinite(value) ? value : null);

type Stand = (state: number | null, sum: number | null) => number | null;

/** Below this a fall or a difference is rounding, in the statistic's unit. */
const ROUNDING = 1e-3;

function standOf(db: Connection, meta: number): Stand {
  const broken = db
    .prepare<[number, number, number], number>(
      `SELECT count(*) FROM (
         SELECT state, sum, lag(state) OVER w AS state_before, lag(sum) OVER w AS sum_before FROM statistics
         WHERE metadata_id = ? WINDOW w AS (ORDER BY start_ts)
       ) WHERE state IS NULL OR state < state_before - ? OR abs((sum - sum_before) - (state - state_before)) > ?`,
    )
    .pluck()
    .get(meta, ROUNDING, ROUNDING);
  if (broken === 0) return (state) => state;
  const first = db
    .prepare<[number], { state: unknown; sum: unknown }>(
      "SELECT state, sum FROM statistics WHERE metadata_id = ? AND sum IS NOT NULL ORDER BY start_ts LIMIT 1",
    )
    .get(meta);
  const shift = Math.max(0, finite(first?.state) ?? 0) - (finite(first?.sum) ?? 0);
  return (_, sum) => (sum === null ? null : sum + shift);
}
