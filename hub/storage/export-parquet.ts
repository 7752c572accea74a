import type { SchemaElement } from "hyparquet";
import { ByteWriter, ParquetWriter } from "hyparquet-writer";
import type { ExportSeries, HistoryBucket } from "../ports.ts";
import type { ExportedReading } from "./export.ts";

/** So many rows are gathered before they are packed: a few megabytes of memory, and few row groups to look through. */
const GROUP_ROWS = 50_000;
/** More exports at once than are ever allowed. */
const MAX_FILES = 8;

type Cell = string | number | Date | undefined;
type Columns = readonly SchemaElement[];

const text = (name: string): SchemaElement => ({
  name,
  type: "BYTE_ARRAY",
  converted_type: "UTF8",
  repetition_type: "REQUIRED",
});
const real = (name: string): SchemaElement => ({ name, type: "DOUBLE", repetition_type: "REQUIRED" });
/** ms since the epoch, in UTC; readers show it as a time. */
const moment = (name: string): SchemaElement => ({
  name,
  type: "INT64",
  converted_type: "TIMESTAMP_MILLIS",
  logical_type: { type: "TIMESTAMP", isAdjustedToUTC: true, unit: "MILLIS" },
  repetition_type: "REQUIRED",
});
const optional = (element: SchemaElement): SchemaElement => ({ ...element, repetition_type: "OPTIONAL" });

const WHOSE = [text("key"), text("name"), text("unit")];
const BUCKETS: Columns = [
  ...WHOSE,
  moment("start"),
  ...["min", "mean", "max", "last"].map(real),
  { name: "count", type: "INT32", repetition_type: "REQUIRED" },
  real("coverage"),
];
/** A number (booleans as 0 and 1), or a text. */
const READINGS: Columns = [...WHOSE, moment("time"), optional(real("value")), optional(text("text"))];

/** A file in the format of Apache Parquet that is made piece by piece; its bytes are taken as they come. */
class ParquetFile {
  readonly #bytes = new ByteWriter();
  readonly #columns: Columns;
  readonly #writer: ParquetWriter;
  #rows: Cell[][];

  constructor(raw: boolean) {
    this.#columns = raw ? READINGS : BUCKETS;
    this.#rows = this.#columns.map(() => []);
    this.#writer = new ParquetWriter({
      writer: this.#bytes,
      schema: [{ name: "history", num_children: this.#columns.length }, ...this.#columns],
      createdBy: "Inglenook",
    });
  }

  add(cells: readonly Cell[]): void {
    for (const [i, cell] of cells.entries()) this.#rows[i]?.push(cell);
    if ((this.#rows[0]?.length ?? 0) >= GROUP_ROWS) this.#pack();
  }

  /** What there is to take up to now. */
  take(): Uint8Array {
    const taken = this.#bytes.getBytes().slice();
    // Where it writes next in its buffer; where that lies in the file (`offset`) goes on.
    this.#bytes.index = 0;
    return taken;
  }

  end(): Uint8Array {
    this.#pack();
    void this.#writer.finish();
    return this.take();
  }

  #pack(): void {
    if ((this.#rows[0]?.length ?? 0) === 0) return;
    const columnData = this.#columns.map(({ name }, i) => ({ name, data: this.#rows[i] ?? [], offsetIndex: false }));
    void this.#writer.write({ columnData, rowGroupSize: GROUP_ROWS });
    this.#rows = this.#columns.map(() => []);
  }
}

/** Files that are being made, by the name that their asker gave them. */
const files = new Map<string, ParquetFile>();

function fileOf(name: string, raw: boolean): ParquetFile {
  const known = files.get(name);
  if (known) return known;
  const oldest = files.keys().next().value;
  if (files.size >= MAX_FILES && oldest !== undefined) files.delete(oldest);
  const file = new ParquetFile(raw);
  files.set(name, file);
  return file;
}

/** Adds buckets to a file; the bytes of it that are ready. */
export function packBuckets(
  name: string,
  { key, name: whose, unit }: ExportSeries,
  buckets: readonly HistoryBucket[],
): Uint8Array {
  const file = fileOf(name, false);
  for (const { at, min, mean, max, last, count, coverage } of buckets)
    file.add([key, whose, unit, new Date(at), min, mean, max, last, count, coverage]);
  return file.take();
}

/** The same of single readings. */
export function packReadings(
  name: string,
  { key, name: whose, unit }: ExportSeries,
  readings: readonly ExportedReading[],
): Uint8Array {
  const file = fileOf(name, true);
  for (const { at, value } of readings) {
    const isText = typeof value === "string";
    file.add([key, whose, unit, new Date(at), isText ? undefined : Number(value), isText ? value : undefined]);
  }
  return file.take();
}

/** The rest of a file; it is forgotten then. A file of nothing has its columns all the same. */
export function endParquet(name: string, raw: boolean): Uint8Array {
  const file = fileOf(name, raw);
  files.delete(name);
  return file.end();
}
