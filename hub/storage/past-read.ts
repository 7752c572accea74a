import type { PastColumn, PastStretch } from "../model/past.ts";
import type { Past, PastQuery } from "../ports.ts";
import { BOOLEAN, decodeBlock, TEXT } from "./block.ts";
import type { Connection } from "./connect.ts";
import { DIRTY, firstBlock, type Hours, ROLLED, readHours } from "./hours.ts";
import { PastPoints } from "./past-points.ts";
import { silencesOf } from "./past-silence.ts";
import { eachRollup, fineEdge } from "./rollups.ts";
import { emptySummary, HOUR } from "./summary.ts";

const MAX_KEYS = 400;
const MAX_MS = 400 * 24 * HOUR;
/** Readings in one answer: some 130 MB on the way. */
const MAX_POINTS = 8_000_000;
/** What stood at the beginning is looked for so far back: finely first, then by the hour. */
const LEAD_MS = 6 * HOUR;
const FAR_MS = 40 * 24 * HOUR;

/** Says which field of a question is wrong, and what would do; undefined when none is. */
export function misfitOfPast({ keys, from, to }: PastQuery): string | undefined {
  if (keys.length > MAX_KEYS) return `keys: at most ${MAX_KEYS} at once`;
  if (!Number.isFinite(from) || from < 0) return "from: must be a time in epoch ms";
  if (!Number.isFinite(to) || to <= from) return "to: must be a time in epoch ms after from";
  return to - from > MAX_MS ? "from: at most 400 days before to" : undefined;
}

interface SeriesRow {
  readonly id: number;
  readonly key: string;
  readonly last: number;
  readonly kind: number;
  readonly value: number | string;
}

/**
 * The past of attributes as it was told, as far as it is kept so; before that, what the five-minute (then hourly) rollups say of it.
 * Throws RangeError where it is more than fits.
 */
export function readPast(db: Connection, query: PastQuery): Past {
  // One transaction: between two reads an hour may be rolled up, and would be seen twice or not at all.
  return db.transaction((): Past => {
    const { from, to } = query;
    const hours = readHours(db, Math.floor((from - LEAD_MS) / HOUR), Math.floor(to / HOUR));
    const exactFrom = exactEdge(hours, from, to);
    const fineFrom = Math.max(from, Math.min(exactFrom, fineEdge(db)));
    const find = db.prepare<[string], SeriesRow>("SELECT id, key, last, kind, value FROM series WHERE key = ?");
    const all = query.keys.flatMap((key) => {
      const row = find.get(key);
      return row ? [{ row, points: new PastPoints(row.kind, query.every.has(key)) }] : [];
    });
    let count = 0;
    const counted = (points: PastPoints) => {
      count += points.length;
      if (count > MAX_POINTS) throw new RangeError("days: that is more than fits in memory; ask for fewer days");
    };
    for (const { row, points } of all) {
      before(db, row, points, from);
      if (row.kind !== TEXT) rolledUp(db, row.id, points, from, fineFrom, exactFrom);
      counted(points);
    }
    const byId = new Map(all.map(({ row, points }) => [row.id, points]));
    told(db, byId, hours, Math.max(exactFrom, from - LEAD_MS), to, counted);
    const columns = all.flatMap(({ row, points }): PastColumn[] => columnOf(row, points, from));
    const off = offOf(hours, from, to);
    return { columns, exactFrom, fineFrom, off, silences: silencesOf(db, query, columns, hours) };
  })();
}

/** The first hour from which on all readings are still as they were told. */
function exactEdge(hours: Hours, from: number, to: number): number {
  let edge = Math.ceil(to / HOUR) * HOUR;
  for (const [hour, state] of [...hours].reverse()) {
    if (state !== ROLLED && state !== DIRTY) break;
    edge = hour * HOUR;
  }
  return Math.max(from, Math.min(to, edge));
}

/** What stood before the beginning, by the hour. */
function before(db: Connection, row: SeriesRow, points: PastPoints, from: number): void {
  if (row.last < from) {
    points.start(row.last, row.value);
    return;
  }
  if (row.kind === TEXT) return;
  for (const [back, until] of [
    [LEAD_MS, from],
    [FAR_MS, from - LEAD_MS],
  ] as const) {
    let found = false;
    eachRollup(db, back === LEAD_MS ? "rollup_5m" : "rollup_1h", row.id, from - back, until, (_, s) => {
      if (s.count === 0) return;
      points.start(Math.min(s.lastAt, from - 1), s.last);
      found = true;
    });
    if (found) return;
  }
}

function rolledUp(db: Connection, series: number, points: PastPoints, from: number, fine: number, exact: number): void {
  const one = emptySummary();
  eachRollup(db, "rollup_1h", series, from, fine, (at, summary) => points.summary(at, HOUR, summary), one);
  eachRollup(db, "rollup_5m", series, fine, exact, (at, summary) => points.summary(at, HOUR / 12, summary), one);
}

/** Adds readings as they were told, hour by hour. */
function told(
  db: Connection,
  byId: ReadonlyMap<number, PastPoints>,
  hours: Hours,
  from: number,
  to: number,
  counted: (points: PastPoints) => void,
): void {
  const blocks = db
    .prepare<[number, number], Buffer>("SELECT data FROM raw WHERE id >= ? AND id < ? ORDER BY id")
    .pluck();
  const wanted = new Set(byId.keys());
  for (const [hour, state] of hours) {
    if ((hour + 1) * HOUR <= from || hour * HOUR >= to || (state !== ROLLED && state !== DIRTY)) continue;
    for (const data of blocks.iterate(firstBlock(hour), firstBlock(hour + 1)))
      decodeBlock(data, hour * HOUR, wanted, (chunk) => {
        const points = byId.get(chunk.series);
        if (!points) return;
        for (let i = 0; i < chunk.ats.length; i++) {
          const at = chunk.ats[i] ?? 0;
          if (at < to) points.told(at, chunk.values[i] ?? 0);
        }
      });
    for (const points of byId.values()) points.settleHour();
  }
  for (const points of byId.values()) counted(points);
}

const kindWords = (kind: number): PastColumn["kind"] =>
  kind === BOOLEAN ? "boolean" : kind === TEXT ? "text" : "number";

function columnOf({ key, kind }: SeriesRow, points: PastPoints, from: number): PastColumn[] {
  const { ats, values } = points.take(from);
  return ats.length === 0 ? [] : [{ key, ats, values, kind: kindWords(kind) }];
}

/** Whole hours without any reading. */
function offOf(hours: Hours, from: number, to: number): PastStretch[] {
  const off: { from: number; to: number }[] = [];
  for (let hour = Math.ceil(from / HOUR); (hour + 1) * HOUR <= to; hour++) {
    if (hours.has(hour)) continue;
    const last = off.at(-1);
    if (last?.to === hour * HOUR) last.to += HOUR;
    else off.push({ from: hour * HOUR, to: (hour + 1) * HOUR });
  }
  return off;
}
