import type { Value } from "../model/capability.ts";
import type { ExportResolution, ExportSeries, HistoryBucket } from "../ports.ts";
import { decodeBlock } from "./block.ts";
import type { Connection } from "./connect.ts";
import { bucketLines, readingLines } from "./export-csv.ts";
import { writeBuckets, writeReadings } from "./export-file.ts";
import { endParquet, packBuckets, packReadings } from "./export-parquet.ts";
import { readHistory } from "./history-read.ts";
import { firstBlock } from "./hours.ts";
import { FIVE_MINUTES, HOUR, type Points } from "./summary.ts";

/** A part of an export that fits into memory: buckets of one attribute, or an hour's readings of all. */
export interface ExportPiece {
  readonly resolution: ExportResolution;
  readonly series: readonly ExportSeries[];
  readonly from: number;
  readonly to: number;
  readonly timeZone: string;
  readonly now: number;
  /** Readings that are not written yet; of buckets alone. */
  readonly tail: Points | undefined;
  /** The SQLite file that the piece goes into; without it, it is answered as lines of CSV. */
  readonly file?: string;
  /** The name of the Parquet file whose bytes are answered. */
  readonly parquet?: string;
  /** Nothing but the end of that file. */
  readonly end?: true;
}

export interface ExportedPiece {
  readonly text: string;
  readonly bytes?: Uint8Array;
  /** Where there is more, epoch ms; what lies between holds nothing. */
  readonly next: number;
}

/** One reading of an export. */
export interface ExportedReading {
  readonly at: number;
  readonly value: Value;
}

/** Length of the buckets, ms; days are the calendar's. */
export const bucketOf: Readonly<Record<"5m" | "hour", number>> = { "5m": FIVE_MINUTES, hour: HOUR };

/** Reads a piece, and makes text of it or writes it into the file that it names. */
export function exportPiece(db: Connection, piece: ExportPiece): ExportedPiece {
  if (piece.end)
    return { text: "", bytes: endParquet(piece.parquet ?? "", piece.resolution === "raw"), next: piece.to };
  return piece.resolution === "raw" ? rawPiece(db, piece) : bucketPiece(db, piece);
}

function bucketPiece(db: Connection, piece: ExportPiece): ExportedPiece {
  const [series] = piece.series;
  const { from, to, resolution, now, tail, file } = piece;
  if (!series || resolution === "raw") return { text: "", next: to };
  const query =
    resolution === "day"
      ? { key: series.key, from, to, calendar: { unit: "day" as const, timeZone: piece.timeZone } }
      : { key: series.key, from, to, bucketMs: bucketOf[resolution] };
  const buckets: readonly HistoryBucket[] = readHistory(db, { query, now, tail });
  if (piece.parquet !== undefined) return { text: "", bytes: packBuckets(piece.parquet, series, buckets), next: to };
  if (file === undefined) return { text: bucketLines(series, buckets), next: to };
  writeBuckets(file, series, buckets);
  return { text: "", next: to };
}

/** The readings of the hour in which `from` lies, attribute by attribute. */
function rawPiece(db: Connection, piece: ExportPiece): ExportedPiece {
  const { from, to, file } = piece;
  const hour = Math.floor(from / HOUR);
  const idOf = db.prepare<[string], number>("SELECT id FROM series WHERE key = ?").pluck();
  const found = new Map<number, { readonly series: ExportSeries; readonly readings: ExportedReading[] }>();
  for (const series of piece.series) {
    const id = idOf.get(series.key);
    if (id !== undefined) found.set(id, { series, readings: [] });
  }
  const blocks = db
    .prepare<[number, number], Buffer>("SELECT data FROM raw WHERE id >= ? AND id < ? ORDER BY id")
    .pluck();
  for (const data of blocks.iterate(firstBlock(hour), firstBlock(hour + 1)))
    decodeBlock(data, hour * HOUR, undefined, (chunk) => {
      const into = found.get(chunk.series)?.readings;
      if (!into) return;
      for (const [i, at] of chunk.ats.entries()) {
        const value = chunk.values[i];
        if (at >= from && at < to && value !== undefined) into.push({ at, value });
      }
    });
  const next = db
    .prepare<[number], number>("SELECT id FROM raw WHERE id >= ? ORDER BY id LIMIT 1")
    .pluck()
    .get(firstBlock(hour + 1));
  const texts: string[] = [];
  const parts: Uint8Array[] = [];
  for (const { series, readings } of found.values()) {
    if (readings.length === 0) continue;
    readings.sort((a, b) => a.at - b.at);
    if (piece.parquet !== undefined) parts.push(packReadings(piece.parquet, series, readings));
    else if (file === undefined) texts.push(readingLines(series, readings));
    else writeReadings(file, series, readings);
  }
  const then = next === undefined ? to : Math.floor(next / firstBlock(1)) * HOUR;
  return { text: texts.join(""), next: then, ...(parts.length > 0 ? { bytes: Buffer.concat(parts) } : {}) };
}
