import { statSync } from "node:fs";
import type { FoundSeries, ImportSource, ImportTarget } from "../ports.ts";
import { type Connection, remakable } from "./connect.ts";
import { DIRTY, SEALED_DIRTY } from "./hours.ts";
import { findTable, tableHours, tableOf } from "./import-csv.ts";
import { lookAtTable } from "./import-csv-look.ts";
import { findStatistics, recorderHours } from "./import-ha.ts";
import { type ForeignHours, spread, takeHour } from "./import-hour.ts";
import { pack, unpack } from "./pack.ts";
import { type Gathered, gatherHour, sorted } from "./raw.ts";
import { BLOCK, fineEdge, lengthOf, type Resolution, readRollups, rowOf, writeRollups } from "./rollups.ts";
import { HOUR, type Summary } from "./summary.ts";

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
  /** How long the house keeps what is finer than an hour. */
  readonly fineMs: number;
  readonly batch?: { readonly id: string; readonly series: number };
}

export interface PieceCount {
  readonly write: number;
  readonly fine: number;
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
  readonly look?: string;
  readonly find?: { readonly source: ImportSource; readonly path: string };
  readonly piece?: ImportPiece;
  /** Takes out some of what a batch wrote; answers whether there is more. */
  readonly remove?: string;
}

/** The house rolls up six hours at a time, and takes late readings some time after. */
const RECENT_MS = 2 * BLOCK;
const REMOVE_ROWS = 200;
/** So many hours of readings that are not rolled up are looked through for a counter's first stand. */
const NEW_HOURS = 48;

export function answerImport(db: Connection, toWrite: () => Connection, question: ImportQuestion): unknown {
  if (question.look !== undefined) return lookAtTable(question.look);
  if (question.find) return find(question.find.source, question.find.path);
  if (question.piece) return importPiece(question.piece.batch ? toWrite() : db, question.piece);
  return question.remove === undefined ? undefined : removePiece(toWrite(), question.remove);
}

const find = ({ csv }: ImportSource, path: string): FoundSeries[] =>
  csv ? findTable(path, csv) : findStatistics(path);

/** What was read last: a piece is looked at, and then written. */
let kept: { readonly mark: string; readonly read: ForeignHours } | undefined;

function hoursOf({ source, path, found, from, to }: ImportPiece): ForeignHours {
  const { size, mtimeMs } = statSync(path);
  const file = JSON.stringify([path, size, mtimeMs]);
  const mark = JSON.stringify([file, source.csv, found.id, found.kind, from, to]);
  if (kept?.mark === mark) return kept.read;
  kept = undefined;
  const read = source.csv ? tableHours(path, source.csv, from, to) : recorderHours(path, file, found, from, to);
  kept = { mark, read };
  return read;
}

/**
 * Stands that were counted from 0 go on where the house's counter stood before them, or better end where it goes on after
 * them, so that the seam counts nothing.
 */
function joined(db: Connection, piece: ImportPiece): ImportPiece {
  const { source, path, found, target } = piece;
  if (source.csv?.kind !== "interval") return piece;
  const id = db.prepare<[string], number>("SELECT id FROM series WHERE key = ?").pluck().get(target.key);
  if (id === undefined) return piece;
  const after = nearest(db, id, found.to, "after")?.min ?? firstTold(db, id, found.to);
  const before = nearest(db, id, found.from, "before")?.last ?? 0;
  const begin = (after ?? 0) - (tableOf(path, source.csv).values.at(-1) ?? 0) * target.factor;
  return { ...piece, target: { ...target, offset: target.offset + Math.max(begin, before) } };
}

/** The first reading at or after a moment that is not rolled up yet: the house is new. */
function firstTold(db: Connection, id: number, at: number): number | undefined {
  const hours = db
    .prepare<[number, number], number>("SELECT hour FROM hour WHERE hour >= ? ORDER BY hour LIMIT ?")
    .pluck()
    .all(Math.floor(at / HOUR), NEW_HOURS);
  for (const hour of hours) {
    const found = new Map<number, Gathered>();
    gatherHour(db, hour, at, id, found);
    const told = found.get(id);
    if (told && told.values.length > 0) return sorted(told).values[0];
  }
  return undefined;
}

/** The house's hour that comes first at or after a moment, or last before it. */
function nearest(db: Connection, id: number, at: number, side: "after" | "before"): Summary | undefined {
  const row = db
    .prepare<[number, number], number>(
      side === "after"
        ? "SELECT id FROM rollup_1h WHERE id >= ? AND id <= ? ORDER BY id LIMIT 1"
        : "SELECT id FROM rollup_1h WHERE id <= ? AND id >= ? ORDER BY id DESC LIMIT 1",
    )
    .pluck();
  const place = row.get(rowOf(id, at), rowOf(id, side === "after" ? Number.MAX_SAFE_INTEGER : 0));
  if (place === undefined) return undefined;
  const begin = (place - rowOf(id, 0)) * BLOCK;
  const all = readRollups(db, "rollup_1h", id, begin, begin + BLOCK);
  return side === "after" ? all.find((one) => one.at >= at)?.summary : all.findLast((one) => one.at < at)?.summary;
}

function importPiece(db: Connection, asked: ImportPiece): PieceCount {
  const hours = hoursOf(asked);
  const piece = joined(db, asked);
  if (!piece.batch) return sift(db, piece, hours, undefined).count;
  const { id, series } = piece.batch;
  // Immediate: what the house has is looked at in it, and must not change before it is written.
  return db
    .transaction(() => {
      raiseFineEdge(db, keptFrom(piece));
      const { count, summaries, parts } = sift(db, piece, hours, series);
      for (const [table, all] of [
        ["rollup_1h", summaries],
        ["rollup_5m", parts],
      ] as const) {
        writeRollups(db, table, series, all, "replace");
        keepCopy(db, id, table, series, all);
      }
      return count;
    })
    .immediate();
}

/** What is older than this need not be made in five minutes; epoch ms. */
const keptFrom = ({ now, fineMs }: ImportPiece): number => Math.max(0, Math.floor((now - fineMs) / BLOCK) * BLOCK);

/** Five-minute rollups are looked for from this edge on; what is older than they are kept for need not be made. */
function raiseFineEdge(db: Connection, before: number): void {
  db.prepare<[number]>(
    `INSERT INTO fact (name, value) VALUES ('fine-edge', ?) ON CONFLICT (name) DO UPDATE SET value = max(value, excluded.value)`,
  ).run(before);
}

interface Sifted {
  readonly count: PieceCount;
  /** By hour, and by five minutes of those that are kept so finely. */
  readonly summaries: Map<number, Summary>;
  readonly parts: Map<number, Summary>;
}

function sift(db: Connection, piece: ImportPiece, read: ForeignHours, series: number | undefined): Sifted {
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
  const edge = Math.max(fineEdge(db), keptFrom(piece));
  const summaries = new Map<number, Summary>();
  const parts = new Map<number, Summary>();
  const refused = new Map(read.refused);
  let [own, recent, fine] = [0, 0, 0];
  for (const hour of read.hours) {
    const summary = takeHour(hour, found.kind, target, refused);
    if (!summary) continue;
    const number = hour.at / HOUR;
    if (taken.has(hour.at)) own++;
    else if (hour.at > now - RECENT_MS || open.has(number)) recent++;
    else {
      summaries.set(number, summary.hour);
      if (hour.at < edge) continue;
      if ((summary.fine?.size ?? 0) > 1) fine++;
      for (const [bucket, part] of summary.fine ?? spread(number, summary.hour, found.kind)) parts.set(bucket, part);
    }
  }
  const ends = { first: [...summaries.keys()][0], last: [...summaries.keys()].at(-1) };
  const count = { write: summaries.size, fine, own, recent, refused: Object.fromEntries(refused) };
  if (ends.first === undefined || ends.last === undefined) return { count, summaries, parts };
  const value = summaries.get(ends.last)?.last ?? 0;
  return { count: { ...count, first: ends.first * HOUR, last: (ends.last + 1) * HOUR - 1, value }, summaries, parts };
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
