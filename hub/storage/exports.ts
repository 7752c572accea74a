import { randomBytes } from "node:crypto";
import { createReadStream, readdirSync, rmSync, statfsSync } from "node:fs";
import { join } from "node:path";
import type { ExportRequest, ExportResolution } from "../ports.ts";
import { StoreError } from "./error.ts";
import { bucketOf, type ExportedPiece, type ExportPiece } from "./export.ts";
import { BUCKET_HEAD, READING_HEAD } from "./export-csv.ts";
import { beginFile } from "./export-file.ts";
import type { Points } from "./summary.ts";

/** So many buckets of one attribute at a time: some 400 kB of text. */
const PIECE_BUCKETS = 4_000;
/** Each reads the disk beside the house's own work. */
const MAX_EXPORTS = 2;
/** A file that is made leaves so much of the disk free. */
const LEAVE_BYTES = 100 * 1_048_576;
const FILE = /^export-[0-9a-f]{16}\.db(-journal)?$/;

export interface ExportParts {
  /** The data folder. */
  readonly folder: string;
  piece(piece: ExportPiece): Promise<ExportedPiece>;
  tail(key: string): Points | undefined;
  extent(key: string): { readonly first: number; readonly last: number } | undefined;
  flush(): void;
  now(): number;
  /** No export is under way any more. */
  idle(): Promise<unknown>;
}

/** Exports of the history, a piece at a time: as fast as they are read, and no more of them in memory than one piece. */
export class Exports {
  readonly #parts: ExportParts;
  #running = 0;

  constructor(parts: ExportParts) {
    this.#parts = parts;
    // What a hub that ended at the wrong moment left behind.
    for (const name of readdirSync(parts.folder))
      if (FILE.test(name)) rmSync(join(parts.folder, name), { force: true });
  }

  /** The bytes of the file; undefined where too many are under way. Rejects with StoreError while it is read where the disk is too full. */
  start(request: ExportRequest): AsyncGenerator<Uint8Array> | undefined {
    return this.#running < MAX_EXPORTS ? this.#bytes(request) : undefined;
  }

  async *#bytes(request: ExportRequest): AsyncGenerator<Uint8Array> {
    this.#running++;
    try {
      // Single readings come from the disk alone.
      if (request.resolution === "raw") this.#parts.flush();
      if (request.format === "csv") yield* this.#csv(request);
      else if (request.format === "parquet") yield* this.#parquet(request);
      else yield* this.#file(request);
    } finally {
      this.#running--;
      if (this.#running === 0) await this.#parts.idle();
    }
  }

  async *#csv(request: ExportRequest): AsyncGenerator<Uint8Array> {
    yield Buffer.from(request.resolution === "raw" ? READING_HEAD : BUCKET_HEAD);
    for await (const { text } of this.#pieces(request, {})) if (text !== "") yield Buffer.from(text);
  }

  async *#parquet(request: ExportRequest): AsyncGenerator<Uint8Array> {
    const parquet = randomBytes(8).toString("hex");
    const { resolution, timeZone, from, to } = request;
    const end = () =>
      this.#parts.piece({
        ...{ resolution, timeZone, from, to, parquet },
        series: [],
        now: 0,
        tail: undefined,
        end: true,
      });
    let ended = false;
    try {
      for await (const { bytes } of this.#pieces(request, { parquet })) if (bytes && bytes.length > 0) yield bytes;
      ended = true;
      yield (await end()).bytes ?? new Uint8Array();
    } finally {
      // Its reader left: what was begun is forgotten.
      if (!ended) await end().catch(() => undefined);
    }
  }

  async *#file(request: ExportRequest): AsyncGenerator<Uint8Array> {
    const { folder } = this.#parts;
    const file = join(folder, `export-${randomBytes(8).toString("hex")}.db`);
    try {
      beginFile(file, request);
      for await (const _ of this.#pieces(request, { file })) {
        const { bavail, bsize } = statfsSync(folder);
        if (bavail * bsize < LEAVE_BYTES)
          throw new StoreError(
            "disk-full",
            "the disk has no room for the exported file",
            "export a shorter time, or as CSV",
          );
      }
      yield* createReadStream(file, { highWaterMark: 262_144 });
    } finally {
      for (const end of ["", "-journal"]) rmSync(`${file}${end}`, { force: true });
    }
  }

  async *#pieces(
    request: ExportRequest,
    into: Pick<ExportPiece, "file" | "parquet">,
  ): AsyncGenerator<Pick<ExportedPiece, "text" | "bytes">> {
    const { resolution, series, timeZone } = request;
    const said = { resolution, timeZone, ...into };
    const raw = resolution === "raw";
    // Single readings hour by hour, all attributes at once: they lie so on the disk.
    for (const part of raw ? [series] : series.map((one) => [one])) {
      const reach = this.#reach(part, request);
      for (let from = reach.from; from < reach.to; ) {
        const to = Math.min(reach.to, pieceEnd(from, resolution));
        const tail = raw ? undefined : this.#parts.tail(part[0]?.key ?? "");
        const { next, ...found } = await this.#parts.piece({
          ...said,
          series: part,
          from,
          to,
          now: this.#parts.now(),
          tail,
        });
        from = next;
        yield found;
      }
    }
  }

  /** What of the asked time there is anything in. */
  #reach(
    series: ExportRequest["series"],
    { from, to, resolution }: ExportRequest,
  ): { readonly from: number; readonly to: number } {
    let first = Number.POSITIVE_INFINITY;
    let last = 0;
    for (const { key } of series) {
      const extent = this.#parts.extent(key);
      if (!extent) continue;
      first = Math.min(first, extent.first);
      last = Math.max(last, extent.last);
    }
    return { from: wholeBucket(Math.max(from, first), resolution), to: Math.min(to, last + 1) };
  }
}

/** Days are cut by the calendar, which the reader knows, and are few; readings end with their hour anyway. */
const lengthOf = (resolution: ExportResolution): number | undefined =>
  resolution === "raw" || resolution === "day" ? undefined : bucketOf[resolution];

function wholeBucket(at: number, resolution: ExportResolution): number {
  const length = lengthOf(resolution);
  return length === undefined ? at : Math.floor(at / length) * length;
}

function pieceEnd(from: number, resolution: ExportResolution): number {
  const length = lengthOf(resolution);
  return length === undefined ? Number.POSITIVE_INFINITY : from + PIECE_BUCKETS * length;
}
