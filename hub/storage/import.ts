import type { FoundSeries, ImportSource, ImportTarget } from "../ports.ts";
import { type Connection, remakable } from "./connect.ts";
import { DIRTY, SEALED_DIRTY } from "./hours.ts";
import { findTable, tableHours } from "./import-csv.ts";
import { type ForeignHour, findStatistics, statisticHours } from "./import-ha.ts";
import { pack, unpack } from "./pack.ts";
import { BLOCK, fineEdge, lengthOf, type Resolution, readRollups, rowOf, writeRollups } from "./rollups.ts";
import { FIVE_MINUTES, HOUR, type Summary } from "./summary.ts";

/** A stretch of one series' hours, of whole blocks of rollups; with a batch it is written. */
export interface ImportPiece {
  readonly source: ImportSource;
  /** Where the source's file lies. */
  readonly path: string;
  readonly found: FoundSeries;
  readonly target: ImportTarget;
  readonly from: number;
  readonly to: number;
  readonly now: number;
  readonly batch?: { readonly id: string; readonly series: number; readonly fineMs: number };
}

export interface PieceCount {
  readonly write: number;
  readonly own: number;
  readonly recent: number;
  readonly refused: Readonly<Record<string, number>>;
  /** Of the hours to be written: first, last and the last's value. */
  readonly first?: number;
  readonly last?: number;
  readonly value?: number;
}

/** What the worker is asked about imports; one of them. */
export interface ImportQuestion {
  readonly find?: { readonly source: ImportSource; readonly path: string };
  readonly piece?: ImportPiece;
  /** Takes out some of what a batch wrote; answers whether there is more. */
  readonly remove?: string;
}

/** The house rolls up six hours at a time, and takes late readings some time after. */
const RECENT_MS = 2 * BLOCK;
const REMOVE_ROWS = 200;

export function answerImport(db: Connection, toWrite: () => Connection, question: ImportQuestion): unknown {
  if (question.find) return find(question.find.source, question.find.path);
  if (question.piece) return importPiece(question.piece.batch ? toWrite() : db, question.piece);
  return question.remove === undefined ? undefined : removePiece(toWrite(), question.remove);
}

const find = ({ csv }: ImportSource, path: string): FoundSeries[] =>
  csv ? findTable(path, csv) : findStatistics(path);

function importPiece(db: Connection, piece: ImportPiece): PieceCount {
  const { source, path, found, from, to } = piece;
  const hours = source.csv ? tableHours(path, source.csv, from, to) : statisticHours(path, found, from, to);
  if (!piece.batch) return sift(db, piece, hours, undefined).count;
  const { id, series, fineMs } = piece.batch;
  // Immediate: what the house has is looked at in it, and must not change before it is written.
  return db
    .transaction(() => {
      const { count, summaries } = sift(db, piece, hours, series);
      raiseFineEdge(db, piece.now - fineMs);
      const edge = fineEdge(db);
      const fine = new Map(
        [...summaries].flatMap(([hour, s]) => (hour * HOUR < edge ? [] : fineOf(hour, s, found.kind))),
      );
      for (const [table, all] of [
        ["rollup_1h", summaries],
        ["rollup_5m", fine],
      ] as const) {
        writeRollups(db, table, series, all, "replace");
        keepCopy(db, id, table, series, all);
      }
      return count;
    })
    .immediate();
}

/** Five-minute rollups are looked for from this edge on; what is older than they are kept for need not be made. */
function raiseFineEdge(db: Connection, before: number): void {
  db.prepare<[number]>(
    `INSERT INTO fact (name, value) VALUES ('fine-edge', ?) ON CONFLICT (name) DO UPDATE SET value = max(value, excluded.value)`,
  ).run(Math.max(0, Math.floor(before / BLOCK) * BLOCK));
}

/** An hour in twelve parts; of a counter its end alone is known. */
function fineOf(hour: number, s: Summary, kind: FoundSeries["kind"]): [number, Summary][] {
  const parts = HOUR / FIVE_MINUTES;
  return Array.from({ length: parts }, (_, i): [number, Summary] => {
    const bucket = hour * parts + i;
    const lastAt = (bucket + 1) * FIVE_MINUTES - 1;
    return [bucket, { ...s, sum: s.sum / parts, covered: FIVE_MINUTES, lastAt }];
  }).slice(kind === "counter" ? -1 : 0);
}

interface Sifted {
  readonly count: PieceCount;
  /** By hour. */
  readonly summaries: Map<number, Summary>;
}

function sift(db: Connection, piece: ImportPiece, hours: readonly ForeignHour[], series: number | undefined): Sifted {
  const { found, target, from, to, now } = piece;
  const id = series ?? db.prepare<[string], number>("SELECT id FROM series WHERE key = ?").pluck().get(target.key);
  const taken = new Set(id === undefined ? [] : readRollups(db, "rollup_1h", id, from, to).map(({ at }) => at));
  const open = new Set(
    db
      .prepare<[number, number], number>(
        `SELECT hour FROM hour WHERE hour >= ? AND hour < ? AND state IN (${DIRTY}, ${SEALED_DIRTY})`,
      )
      .pluck()
      .all(from / HOUR, to / HOUR),
  );
  const summaries = new Map<number, Summary>();
  const refused = new Map<string, number>();
  let [own, recent] = [0, 0];
  for (const hour of hours) {
    const summary = summaryOf(hour, found.kind, target);
    if (typeof summary === "string") refused.set(summary, (refused.get(summary) ?? 0) + 1);
    else if (taken.has(hour.at)) own++;
    else if (hour.at > now - RECENT_MS || open.has(hour.at / HOUR)) recent++;
    else summaries.set(hour.at / HOUR, summary);
  }
  const ends = { first: [...summaries.keys()][0], last: [...summaries.keys()].at(-1) };
  const count = { write: summaries.size, own, recent, refused: Object.fromEntries(refused) };
  if (ends.first === undefined || ends.last === undefined) return { count, summaries };
  const value = summaries.get(ends.last)?.last ?? 0;
  return { count: { ...count, first: ends.first * HOUR, last: (ends.last + 1) * HOUR - 1, value }, summaries };
}

/** An hour in the attribute's unit, or why it can't be taken. A foreign hour counts as wholly known: its makers say no more. */
function summaryOf(hour: ForeignHour, kind: FoundSeries["kind"], target: ImportTarget): Summary | string {
  const { at } = hour;
  if (!Number.isFinite(at) || at < 0 || at % HOUR !== 0) return "does not begin at a whole hour";
  const value = kind === "counter" ? hour.last : hour.mean;
  if (value === null) return "has no value";
  const scaled = (n: number) => Number((n * target.factor + target.offset).toPrecision(12));
  const mean = scaled(value);
  const min = kind === "counter" ? mean : Math.min(mean, scaled(hour.min ?? value));
  const max = kind === "counter" ? mean : Math.max(mean, scaled(hour.max ?? value));
  if (min < target.min || max > target.max) return `is not between ${target.min} and ${target.max}`;
  return { min, max, sum: mean * HOUR, covered: HOUR, count: 1, last: mean, lastAt: at + HOUR - 1 };
}

const fineFlag = (table: Resolution): number => (table === "rollup_5m" ? 1 : 0);

/** What was written, row by row, so that exactly that can be told again. */
function keepCopy(
  db: Connection,
  batch: string,
  table: Resolution,
  series: number,
  all: ReadonlyMap<number, Summary>,
): void {
  const length = lengthOf[table];
  const rows = new Map<number, { start: number; list: { place: number; summary: Summary }[] }>();
  for (const [bucket, summary] of all) {
    const row = rowOf(series, bucket * length);
    const start = Math.floor((bucket * length) / BLOCK) * BLOCK;
    const held = rows.get(row) ?? { start, list: [] };
    held.list.push({ place: bucket - start / length, summary });
    rows.set(row, held);
  }
  const add = db.prepare("INSERT OR REPLACE INTO import_part (batch, fine, id, data) VALUES (?, ?, ?, ?)");
  for (const [row, { start, list }] of rows)
    add.run(
      batch,
      fineFlag(table),
      row,
      pack(
        list.sort((a, b) => a.place - b.place),
        start,
        length,
      ),
    );
}

/** Where the start of a row does not matter: only places and values are compared. */
function read(data: Buffer, length: number): Map<number, Summary> {
  const found = new Map<number, Summary>();
  unpack(data, 0, length, 0, Number.POSITIVE_INFINITY, (at, summary) => found.set(at / length, { ...summary }));
  return found;
}

function removePiece(db: Connection, batch: string): boolean {
  return remakable(db, () => {
    const parts = db
      .prepare<[string, number], { fine: number; id: number; data: Buffer }>(
        "SELECT fine, id, data FROM import_part WHERE batch = ? LIMIT ?",
      )
      .all(batch, REMOVE_ROWS);
    for (const part of parts) removePart(db, part.fine === 1 ? "rollup_5m" : "rollup_1h", part.id, part.data);
    const done = db.prepare<[string, number, number]>(
      "DELETE FROM import_part WHERE batch = ? AND fine = ? AND id = ?",
    );
    for (const part of parts) done.run(batch, part.fine, part.id);
    if (parts.length === REMOVE_ROWS) return true;
    db.prepare<[string]>("DELETE FROM import_batch WHERE id = ?").run(batch);
    return false;
  });
}

/** What is still as it was brought in goes; where the house has written since, its own stays. */
function removePart(db: Connection, table: Resolution, id: number, data: Buffer): void {
  const length = lengthOf[table];
  const now = db.prepare<[number], Buffer>(`SELECT data FROM ${table} WHERE id = ?`).pluck().get(id);
  if (!now) return;
  const left = read(now, length);
  for (const [place, was] of read(data, length))
    if (JSON.stringify(left.get(place)) === JSON.stringify(was)) left.delete(place);
  if (left.size === 0) db.prepare<[number]>(`DELETE FROM ${table} WHERE id = ?`).run(id);
  else {
    const list = [...left].map(([place, summary]) => ({ place, summary })).sort((a, b) => a.place - b.place);
    db.prepare<[Buffer, number]>(`UPDATE ${table} SET data = ? WHERE id = ?`).run(pack(list, 0, length), id);
  }
}
