import { finite, type Recorder, type StatisticTable } from "./import-ha-open.ts";
import type { ForeignValue } from "./import-hour.ts";

/** The number of a statistic in a recorder's database. */
export const metaOf = ({ db, statistics }: Recorder, id: string): number | undefined =>
  statistics && db.prepare<[string], number>("SELECT id FROM statistics_meta WHERE statistic_id = ?").pluck().get(id);

/** A counter's stand out of a row; null where it has none. */
export interface Stand {
  /** Of Home Assistant's `sum`, not of the device's own stand: that fell, or the two moved apart. */
  readonly summed: boolean;
  of(state: number | null, sum: number | null): number | null;
}

/** Below this a fall or a difference is rounding, in the statistic's unit. */
const ROUNDING = 1e-3;

/**
 * A counter's stand is the device's own (`state`) where that never fell and moved as Home Assistant's `sum` did; else the
 * sum, which goes on over resets: so laid that it ends at the device's own last stand, where the house's own history goes on; where it
 * would then begin below zero, so that it begins at the first.
 */
export function standOf(recorder: Recorder, meta: number): Stand {
  const broken = recorder.statistics?.tables.some((table) => isBroken(recorder, meta, table)) === true;
  if (!broken) return { summed: false, of: (state) => state };
  const [first, last] = [edgeOf(recorder, meta, "ASC"), edgeOf(recorder, meta, "DESC")];
  const toLast = last.state - last.sum;
  const shift = first.sum + toLast >= 0 && last.state > 0 ? toLast : Math.max(0, first.state) - first.sum;
  return { summed: true, of: (_, sum) => (sum === null ? null : sum + shift) };
}

function isBroken({ db, statistics }: Recorder, meta: number, table: StatisticTable): boolean {
  return (
    db
      .prepare<[number, number, number], number>(
        `SELECT 1 FROM (
           SELECT state, sum, lag(state) OVER w AS state_before, lag(sum) OVER w AS sum_before FROM ${table}
           WHERE metadata_id = ? WINDOW w AS (ORDER BY start${statistics?.stamp.end})
         ) WHERE state IS NULL OR state < state_before - ? OR abs((sum - sum_before) - (state - state_before)) > ? LIMIT 1`,
      )
      .pluck()
      .get(meta, ROUNDING, ROUNDING) !== undefined
  );
}

/** The first or the last row that has a sum, of all tables. */
function edgeOf(
  { db, statistics }: Recorder,
  meta: number,
  order: "ASC" | "DESC",
): { readonly state: number; readonly sum: number } {
  let found: { at: number; state: number; sum: number } | undefined;
  for (const table of statistics?.tables ?? []) {
    const start = `start${statistics?.stamp.end}`;
    const row = db
      .prepare<[number], { at: unknown; state: unknown; sum: unknown }>(
        `SELECT ${start} AS at, state, sum FROM ${table} WHERE metadata_id = ? AND sum IS NOT NULL ORDER BY ${start} ${order} LIMIT 1`,
      )
      .get(meta);
    if (!row) continue;
    const at = statistics?.stamp.ms(row.at) ?? 0;
    const further = found === undefined || (order === "ASC" ? at < found.at : at > found.at);
    if (further) found = { at, state: finite(row.state) ?? 0, sum: finite(row.sum) ?? 0 };
  }
  return found ?? { state: 0, sum: 0 };
}

/** Rows of a statistic that begin in [from, to), epoch ms; in order. */
export function statisticRows(
  { db, statistics }: Recorder,
  table: StatisticTable,
  meta: number,
  stand: Stand | undefined,
  from: number,
  to: number,
): ForeignValue[] {
  if (!statistics?.tables.includes(table)) return [];
  const { stamp } = statistics;
  const start = `start${stamp.end}`;
  const rows = db.prepare<unknown[], Record<"at" | "min" | "mean" | "max" | "state" | "sum", unknown>>(
    `SELECT ${start} AS at, min, mean, max, state, sum FROM ${table}
     WHERE metadata_id = ? AND ${start} >= ? AND ${start} < ? ORDER BY ${start}`,
  );
  const found: ForeignValue[] = [];
  for (const row of rows.iterate(meta, stamp.sql(from), stamp.sql(to)))
    found.push({
      at: stamp.ms(row.at),
      min: finite(row.min),
      mean: finite(row.mean),
      max: finite(row.max),
      last: stand ? stand.of(finite(row.state), finite(row.sum)) : null,
    });
  return found;
}
