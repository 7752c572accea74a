import type {
  DryRun,
  ExportRequest,
  FoundWithChoices,
  ImportBatch,
  ImportSource,
  ImportWish,
  TableLook,
} from "../../ports.ts";

/** How far a piece of work is, 0 to 1, with words. */
export type Tell = (share: number, words: string) => void;

export interface Wanted extends Pick<ExportRequest, "format" | "resolution"> {
  /** As written; absent: from the beginning, until now. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** Text paths; none: everything. */
  readonly keys: readonly string[];
}

/** A house's history, in a folder or behind a running hub. What is refused throws UsageError. */
export interface House {
  exported(wanted: Wanted): Promise<AsyncIterable<Uint8Array>>;
  /** The name under which a file of this machine can be brought in; it may be copied for that. */
  place(path: string): Promise<string>;
  look(file: string): Promise<TableLook>;
  /** The home's time zone. */
  timeZone(): Promise<string>;
  preview(source: ImportSource): Promise<readonly FoundWithChoices[]>;
  /** Where `stop` aborts, it rejects; nothing is written. */
  dryRun(wish: ImportWish, tell: Tell, stop: AbortSignal): Promise<readonly DryRun[]>;
  /** What became of it, in words; undefined where it was stopped. */
  bringIn(wish: ImportWish, tell: Tell, stop: AbortSignal): Promise<string | undefined>;
  batches(): Promise<readonly ImportBatch[]>;
  remove(batch: string): Promise<boolean>;
  close(): Promise<void>;
}
