/** The history carried out of the house. */

/** raw: every reading as it came; the others: buckets, days of the home's calendar. */
export type ExportResolution = "raw" | "5m" | "hour" | "day";

/** One attribute's history with the words that people know it by. */
export interface ExportSeries {
  /** Text path. */
  readonly key: string;
  readonly name: string;
  readonly unit: string;
}

export interface ExportRequest {
  readonly format: "csv" | "sqlite" | "parquet";
  readonly resolution: ExportResolution;
  readonly series: readonly ExportSeries[];
  /** Epoch ms, [from, to). */
  readonly from: number;
  readonly to: number;
  /** Of the days. */
  readonly timeZone: string;
}

/** How a table of rows is read. */
export interface CsvColumns {
  /** Names in the head. */
  readonly time: string;
  /** Of the time of day, where the day has a column of its own. */
  readonly clock?: string | undefined;
  readonly value: string;
  readonly unit: string;
  /** Of times that name none; IANA. */
  readonly timeZone: string;
  /** interval: what was used between two rows. */
  readonly kind: "measurement" | "counter" | "interval";
  /** Which end of its interval a row's time names; of a stand, and where nothing is said, the time is the moment itself, or the start. */
  readonly stamp?: "start" | "end" | undefined;
}

/** What a table looks like, and how it is most likely to be read. */
export interface TableLook {
  readonly columns: readonly string[];
  /** The first rows, as written. */
  readonly rows: readonly (readonly string[])[];
  readonly guess: Partial<Omit<CsvColumns, "timeZone">>;
}

/** A file in the imports folder: Home Assistant's recorder database, or, with columns, a table. */
export interface ImportSource {
  /** Its name, without a folder. */
  readonly file: string;
  readonly csv?: CsvColumns | undefined;
}

/** Of what a series in a file is made, each with its own reach: hourly or five-minute statistics, single states, rows of a table. */
export interface FoundPart {
  readonly of: "hours" | "fiveMinutes" | "states" | "rows";
  /** Epoch ms, [from, to). */
  readonly from: number;
  readonly to: number;
  /** States are counted to a million. */
  readonly rows: number;
}

/** One series that a file holds. */
export interface FoundSeries {
  readonly id: string;
  readonly name: string;
  readonly unit: string;
  readonly kind: "measurement" | "counter";
  /** Epoch ms of the first and after the last hour. */
  readonly from: number;
  readonly to: number;
  readonly rows: number;
  readonly parts?: readonly FoundPart[];
  /** What a person should know before bringing it in. */
  readonly notes?: readonly string[];
}

/** Where a found series goes: an attribute, with what its values are multiplied by and what is added then, to be in its unit. */
export interface ImportTarget {
  readonly id: string;
  readonly key: string;
  readonly factor: number;
  readonly offset: number;
  readonly min: number;
  readonly max: number;
}

/** What becomes of a series' hours. */
export interface ImportCount {
  /** Hours to be written, or that were. */
  readonly write: number;
  /** Those of them that come in pieces of five minutes. */
  readonly fine: number;
  /** The house has its own. */
  readonly own: number;
  /** Too new: the house is not done with them. */
  readonly recent: number;
  readonly refused: readonly { readonly reason: string; readonly rows: number }[];
}

/** An import that was made; it can be taken out again. */
export interface ImportBatch {
  readonly id: string;
  readonly at: number;
  readonly by: string;
  readonly file: string;
  readonly hours: number;
  readonly keys: readonly string[];
}

export interface ImportStore {
  /** Rejects with RangeError where the file is no table. */
  look(file: string): Promise<TableLook>;
  preview(source: ImportSource): Promise<readonly FoundSeries[]>;
  /**
   * Goes through the hours of a series; with a batch they are written. Hours that the house has are never written over. Yields
   * how far it is (epoch ms) with the count so far; stop reading to stop.
   */
  run(source: ImportSource, found: FoundSeries, target: ImportTarget, batch?: string): AsyncGenerator<ImportProgress>;
  begin(batch: Omit<ImportBatch, "hours">): void;
  batches(): readonly ImportBatch[];
  /** Takes out exactly what a batch wrote and nothing has changed since. */
  remove(batch: string): Promise<boolean>;
}

export interface ImportProgress {
  readonly at: number;
  readonly count: ImportCount;
}

/** An attribute of the house that a found series may go to. */
export interface ImportChoice {
  readonly key: string;
  readonly name: string;
  readonly unit: string;
}

export interface FoundWithChoices extends FoundSeries {
  /** What fits by unit and kind, the likeliest by name first; empty where the house has nothing of the kind. */
  readonly choices: readonly ImportChoice[];
  /** Why there are none. */
  readonly misfit?: string;
  /** What it most likely is. */
  readonly proposed?: string;
}

export interface ImportWish {
  readonly source: ImportSource;
  /** Which found series goes to which attribute. */
  readonly mapping: readonly { readonly id: string; readonly key: string }[];
}

export interface DryRun extends ImportCount {
  readonly id: string;
  readonly key: string;
}

/** The past from before the hub, out of files that a person puts into a folder. Refusals are RangeErrors naming the field. */
export interface Imports {
  list(): {
    readonly folder: string;
    readonly files: readonly { readonly file: string; readonly bytes: number; readonly table: boolean }[];
    readonly batches: readonly ImportBatch[];
  };
  look(file: string): Promise<TableLook>;
  preview(source: ImportSource): Promise<readonly FoundWithChoices[]>;
  /** A job that people watch and can cancel; then it rejects. */
  dryRun(wish: ImportWish): Promise<readonly DryRun[]>;
  /** A job that people watch and can cancel; what was written until then stays, as one batch. */
  start(wish: ImportWish, by: string): Promise<string>;
  remove(batch: string, by: string): Promise<boolean>;
}
