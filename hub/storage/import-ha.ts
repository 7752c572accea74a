import type { FoundPart, FoundSeries } from "../ports.ts";
import { type Recorder, type StatisticTable, text, withRecorder } from "./import-ha-open.ts";
import { type StateLog, statesOf } from "./import-ha-states.ts";
import { metaOf, type Stand, standOf, statisticRows } from "./import-ha-statistics.ts";
import { type ForeignHour, type ForeignHours, type ForeignValue, PARTS } from "./import-hour.ts";
import { FIVE_MINUTES, HOUR } from "./summary.ts";

/** At most so many series of a database are listed. */
const MAX_FOUND = 5_000;

interface MetaRow {
  readonly id: number;
  readonly statistic_id: unknown;
  readonly unit: unknown;
  readonly has_sum: unknown;
  readonly name: unknown;
}

/**
 * What a recorder's database holds, by entity: its hourly statistics (kept for ever), its five-minute statistics and its states (ten days,
 * where nobody chose otherwise). One that has several of these is one series. Throws RangeError naming the file.
 */
export function findStatistics(file: string): FoundSeries[] {
  return withRecorder(file, (recorder) => {
    const states = statesOf(recorder);
    const notes = notesOf(recorder);
    const found = new Map<string, FoundSeries>();
    for (const one of statisticsOf(recorder)) found.set(one.id, one);
    for (const { id, ref } of states?.entities() ?? []) {
      if (found.size >= MAX_FOUND) break;
      const both = withStates(id, states?.extent(ref), found.get(id));
      if (both) found.set(id, both);
    }
    return [...found.values()]
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      .map((one) => (notes.length > 0 && one.parts?.some(({ of }) => of === "states") ? { ...one, notes } : one));
  });
}

function statisticsOf({ db, statistics }: Recorder): FoundSeries[] {
  if (!statistics) return [];
  const { stamp, tables, named } = statistics;
  const start = `start${stamp.end}`;
  const parts = new Map<number, FoundPart[]>();
  for (const table of tables) {
    const rows = db.prepare<[], { id: number; first: unknown; last: unknown; rows: number }>(
      `SELECT metadata_id AS id, min(${start}) AS first, max(${start}) AS last, count(*) AS rows FROM ${table} GROUP BY metadata_id`,
    );
    for (const { id, first, last, rows: count } of rows.iterate()) {
      const [from, to] = [stamp.ms(first), stamp.ms(last) + lengthOf[table]];
      if (!Number.isFinite(from) || !Number.isFinite(to)) continue;
      parts.set(id, [...(parts.get(id) ?? []), { of: partOf[table], from, to, rows: count }]);
    }
  }
  return db
    .prepare<[number], MetaRow>(
      `SELECT id, statistic_id, unit_of_measurement AS unit, has_sum, ${named ? "name" : "NULL AS name"}
       FROM statistics_meta ORDER BY statistic_id LIMIT ?`,
    )
    .all(MAX_FOUND)
    .flatMap(({ id, statistic_id, unit, has_sum, name }) => {
      const own = parts.get(id);
      if (!own || typeof statistic_id !== "string") return [];
      const kind = has_sum ? "counter" : "measurement";
      return [{ id: text(statistic_id), name: text(name), unit: text(unit), kind, ...reach(own) } as const];
    });
}

const partOf = { statistics: "hours", statistics_short_term: "fiveMinutes" } as const;
const lengthOf: Readonly<Record<StatisticTable, number>> = { statistics: HOUR, statistics_short_term: FIVE_MINUTES };

function reach(parts: readonly FoundPart[]): Pick<FoundSeries, "from" | "to" | "rows" | "parts"> {
  return {
    from: Math.min(...parts.map(({ from }) => from)),
    to: Math.max(...parts.map(({ to }) => to)),
    rows: parts.reduce((sum, { rows }) => sum + rows, 0),
    parts,
  };
}

/** The same series with its states; one of its own where it has no statistics. Without a unit it is no number. */
function withStates(
  id: string,
  extent: ReturnType<StateLog["extent"]>,
  statistics: FoundSeries | undefined,
): FoundSeries | undefined {
  if (!extent || !Number.isFinite(extent.from) || !Number.isFinite(extent.to)) return undefined;
  const { attributes, from, to, rows } = extent;
  if (!statistics && attributes.unit === "") return undefined;
  const part: FoundPart = { of: "states", from, to: to + 1, rows };
  const parts = [...(statistics?.parts ?? []), part];
  if (statistics) return { ...statistics, name: statistics.name || attributes.name, ...reach(parts) };
  const { name, unit, stateClass, deviceClass } = attributes;
  const counts = stateClass === "" ? deviceClass === "energy" || /^[kM]?Wh$/.test(unit) : /^total/.test(stateClass);
  return { id: text(id), name, unit, kind: counts ? "counter" : "measurement", ...reach(parts) };
}

/** What of a database can't be had, in words. */
function notesOf({ db, states }: Recorder): string[] {
  if (!states || (states.stamp.end === "" && !states.apart)) return [];
  const left = [states.stamp.end ? "last_updated_ts IS NULL" : "", states.apart ? "metadata_id IS NULL" : ""];
  const found = left.some((where) => where && db.prepare(`SELECT 1 FROM states WHERE ${where} LIMIT 1`).get());
  return found
    ? ["Home Assistant had not finished to renew this database: states that it had not come to are left out"]
    : [];
}

/** Whose stand it is, by file and series: it takes a look at all rows. */
const stands = new Map<string, Stand>();
const MAX_STANDS = 500;

function keptStand(recorder: Recorder, meta: number, mark: string): Stand {
  let stand = stands.get(mark);
  if (stand) return stand;
  if (stands.size >= MAX_STANDS) stands.clear();
  stand = standOf(recorder, meta);
  stands.set(mark, stand);
  return stand;
}

/**
 * The hours of a series in [from, to), whole hours. Of each hour the finest that tells all of it: five-minute statistics, else states, else
 * the hourly statistic. `mark` changes with the file. Throws RangeError naming the file or the series.
 */
export function recorderHours(
  file: string,
  mark: string,
  { id, kind, unit, parts = [] }: FoundSeries,
  from: number,
  to: number,
): ForeignHours {
  return withRecorder(file, (recorder) => {
    const meta = metaOf(recorder, id);
    const states = statesOf(recorder);
    const ref = states?.refOf(id);
    if (meta === undefined && ref === undefined) throw new RangeError(`mapping: the file has no series ${id}`);
    const refused = new Map<string, number>();
    const stand = kind === "counter" && meta !== undefined ? keptStand(recorder, meta, `${mark} ${id}`) : undefined;
    const rows = (table: StatisticTable) =>
      meta === undefined ? [] : statisticRows(recorder, table, meta, stand, from, to);
    const whole = new Map(rows("statistics").map((row) => [row.at, row]));
    const fine = byHour(rows("statistics_short_term"));
    const told = parts.find(({ of }) => of === "states");
    // A sum that Home Assistant made is no stand of the device; what states tell would not fit it.
    if (states && ref !== undefined && told && !stand?.summed)
      for (const [start, end] of openRuns(fine, Math.max(from, floorHour(told.from)), Math.min(to, told.to)))
        for (const [at, list] of byHour(states.slots(ref, unit, start, end, refused)))
          fine.set(at, better(fine.get(at) ?? [], list));
    return { hours: [...joined(whole, fine, kind)].sort((a, b) => a.at - b.at), refused };
  });
}

const floorHour = (at: number): number => Math.floor(at / HOUR) * HOUR;

function byHour(rows: readonly ForeignValue[]): Map<number, ForeignValue[]> {
  const found = new Map<number, ForeignValue[]>();
  for (const row of rows) {
    const list = found.get(floorHour(row.at));
    if (list) list.push(row);
    else found.set(floorHour(row.at), [row]);
  }
  return found;
}

/** Stretches of whole hours without all their five minutes. */
function* openRuns(
  fine: ReadonlyMap<number, readonly ForeignValue[]>,
  from: number,
  to: number,
): Generator<[start: number, end: number]> {
  let start: number | undefined;
  for (let at = from; at < to; at += HOUR) {
    if (fine.get(at)?.length !== PARTS) start ??= at;
    else if (start !== undefined) {
      yield [start, at];
      start = undefined;
    }
  }
  if (start !== undefined) yield [start, Math.ceil(to / HOUR) * HOUR];
}

/** Each five minutes once: as the statistic has it, else out of states. */
function better(statistic: readonly ForeignValue[], states: readonly ForeignValue[]): ForeignValue[] {
  const parts = new Map([...states, ...statistic].map((part) => [part.at, part]));
  return [...parts.values()].sort((a, b) => a.at - b.at);
}

/** An hour that is known only in part counts as its hourly statistic where there is one; stands of a counter are true all the same. */
function* joined(
  whole: ReadonlyMap<number, ForeignValue>,
  fine: ReadonlyMap<number, readonly ForeignValue[]>,
  kind: FoundSeries["kind"],
): Generator<ForeignHour> {
  for (const [at, parts] of fine) {
    const hour = whole.get(at);
    const known = parts.reduce((sum, { covered = FIVE_MINUTES }) => sum + covered, 0);
    if (!hour) yield { at, fine: parts };
    else if (kind === "counter") yield { at, whole: hour, fine: withEnd(parts, hour) };
    else yield known > HOUR - FIVE_MINUTES ? { at, whole: hour, fine: parts } : { at, whole: hour };
  }
  for (const [at, hour] of whole) if (!fine.has(at)) yield { at, whole: hour };
}

/** The stand at the hour's end is the hourly statistic's, where no five minutes tell it. */
function withEnd(parts: readonly ForeignValue[], hour: ForeignValue): readonly ForeignValue[] {
  const end = hour.at + HOUR - FIVE_MINUTES;
  return hour.last === null || parts.at(-1)?.at === end ? parts : [...parts, { ...hour, at: end }];
}
