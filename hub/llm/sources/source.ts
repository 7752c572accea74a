import type { CatalogueModel } from "../catalogue/model.ts";

/** What a source is given. It fills `partPath` (or names a file elsewhere); the hash is checked by the caller. */
export interface FetchJob {
  readonly model: CatalogueModel;
  /** The models' folder; temporary files go below it. */
  readonly folder: string;
  /** Grows until the file is whole; kept over restarts, so that nothing is fetched twice. */
  readonly partPath: string;
  readonly signal: AbortSignal;
  readonly onBytes: (bytes: number) => void;
}

export type SourceResult =
  /** `path` is `partPath`, or a file of the person's own, which is left where it is. */
  { readonly ok: true; readonly path: string; readonly from: string } | { readonly ok: false; readonly reason: string };

export interface Source {
  readonly name: string;
  /** Never throws but for the signal's abort. */
  fetch(job: FetchJob): Promise<SourceResult>;
}
