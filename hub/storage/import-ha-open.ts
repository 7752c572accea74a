import { type Connection, connectToForeign } from "./connect.ts";

/**
 * How a version of Home Assistant writes its moments: epoch s since 2023.3 (columns `…_ts`), before that text in UTC,
 * always with six digits, so that it sorts as time does.
 */
export interface Stamp {
  readonly end: "_ts" | "";
  sql(at: number): number | string;
  /** Epoch ms; NaN for what is no moment. */
  ms(value: unknown): number;
}

const seconds: Stamp = {
  end: "_ts",
  sql: (at) => at / 1000,
  ms: (value) => (typeof value === "number" ? Math.round(value * 1000) : Number.NaN),
};
export const texts: Stamp = {
  end: "",
  sql: (at) => new Date(at).toISOString().replace("T", " ").replace("Z", "000"),
  ms: (value) => (typeof value === "string" ? Date.parse(`${value.slice(0, 23).replace(" ", "T")}Z`) : Number.NaN),
};

export type StatisticTable = "statistics" | "statistics_short_term";

/** A recorder's database, and in which of its shapes it is. */
export interface Recorder {
  readonly db: Connection;
  readonly statistics?: { readonly stamp: Stamp; readonly tables: readonly StatisticTable[]; readonly named: boolean };
  readonly states?: {
    readonly stamp: Stamp;
    /** Since 2023.4 names of entities are apart from their states. */
    readonly apart: boolean;
    /** Since 2022.4 attributes are apart from the states that they are of. */
    readonly shared: boolean;
  };
  readonly runs: boolean;
}

/** Opens a stranger's database to be read: nothing in it is run. Throws RangeError naming the file. */
function openRecorder(file: string): Recorder {
  const db = connectToForeign(file);
  try {
    return shapeOf(db);
  } catch (error) {
    db.close();
    throw error;
  }
}

function shapeOf(db: Connection): Recorder {
  const found = new Set(db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all());
  const columns = (table: string) =>
    new Set((db.pragma(`table_info(${table})`) as { name: string }[]).map(({ name }) => name));
  const [hourly, states] = [columns("statistics"), columns("states")];
  const shape = {
    db,
    runs: found.has("recorder_runs"),
    // Before 2021.8 a statistic had no metadata, hence no unit.
    ...(hourly.has("metadata_id") && found.has("statistics_meta")
      ? {
          statistics: {
            stamp: hourly.has("start_ts") ? seconds : texts,
            tables: (["statistics", "statistics_short_term"] as const).filter((table) => found.has(table)),
            named: columns("statistics_meta").has("name"),
          },
        }
      : {}),
    ...(states.has("state") && states.has("entity_id")
      ? {
          states: {
            stamp: states.has("last_updated_ts") ? seconds : texts,
            apart: states.has("metadata_id") && found.has("states_meta"),
            shared: states.has("attributes_id") && found.has("state_attributes"),
          },
        }
      : {}),
  };
  if (!("statistics" in shape) && !("states" in shape))
    throw new RangeError(
      "file: this is no database of Home Assistant's recorder; it has neither statistics nor states",
    );
  return shape;
}

/** Works on a recorder's database. Throws RangeError naming the file where it can't be read, or not to its end. */
export function withRecorder<T>(file: string, work: (recorder: Recorder) => T): T {
  let recorder: Recorder | undefined;
  try {
    recorder = openRecorder(file);
    return work(recorder);
  } catch (error) {
    if (error instanceof RangeError) throw error;
    throw new RangeError(`file: can not be read as a database (${error instanceof Error ? error.message : ""})`);
  } finally {
    recorder?.db.close();
  }
}

export const finite = (value: unknown): number | null =>
  typeof value === "number" && Number.isFinite(value) ? value : null;

const MAX_TEXT = 255;
export const text = (value: unknown): string => (typeof value === "string" ? value.slice(0, MAX_TEXT) : "");
