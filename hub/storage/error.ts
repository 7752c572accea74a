/** Why the store cannot do what was asked. `fix` says what a person can do about it. */
export type StoreErrorCode =
  | "not-writable"
  | "disk-full"
  | "damaged"
  | "in-use"
  | "newer"
  | "too-large"
  | "too-many"
  | "conflict"
  | "busy"
  | "failed";

export class StoreError extends Error {
  readonly code: StoreErrorCode;
  readonly fix: string;

  constructor(code: StoreErrorCode, message: string, fix: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "StoreError";
    this.code = code;
    this.fix = fix;
  }
}

/** The code of a node or SQLite error (`EACCES`, `SQLITE_FULL` …), or "". */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error) || !("code" in error)) return "";
  return typeof error.code === "string" ? error.code : "";
}

const notWritable = /^(EACCES|EPERM|EROFS|ENOTDIR|ENOENT|EEXIST|SQLITE_READONLY.*|SQLITE_CANTOPEN.*)$/;
const damaged = /^SQLITE_(CORRUPT.*|NOTADB)$/;
// SQLite reports a write that met a full disk as FULL, or as an I/O error when the log itself could not grow.
const full = /^(ENOSPC|EDQUOT|SQLITE_FULL)$/;

/** Puts any failure of the file system or of SQLite into words with a fix. `place` is the file or folder concerned. */
export function explain(error: unknown, place: string): StoreError {
  if (error instanceof StoreError) return error;
  const code = codeOf(error);
  const why = error instanceof Error ? error.message : String(error);
  if (notWritable.test(code))
    return new StoreError(
      "not-writable",
      `${place} can not be written (${code})`,
      "choose another data folder with --data DIR, or give the hub's user the right to write there",
      error,
    );
  if (code.startsWith("SQLITE_IOERR") || code === "EIO")
    return new StoreError(
      "failed",
      `the disk that holds ${place} reports an error (${code})`,
      "look at the card or disk and its plug, and copy the data folder elsewhere soon; the hub goes on by itself when it can write again",
      error,
    );
  if (full.test(code))
    return new StoreError(
      "disk-full",
      `the disk that holds ${place} is full (${code})`,
      "free some space on that disk, or move the data folder to a larger one; the hub goes on by itself",
      error,
    );
  if (damaged.test(code)) return damagedStore(place, why, error);
  if (code.startsWith("SQLITE_BUSY") || code.startsWith("SQLITE_LOCKED"))
    return new StoreError(
      "in-use",
      `${place} is in use by another program`,
      "stop the other hub or the database tool that has this file open, or choose another folder with --data DIR",
      error,
    );
  return new StoreError(
    "failed",
    `${place}: ${why} (${code || "no code"})`,
    "look at the disk and at the hub's log",
    error,
  );
}

export function damagedStore(place: string, detail: string, cause?: unknown): StoreError {
  return new StoreError(
    "damaged",
    `the database ${place} is damaged: ${detail.split("\n", 1)[0] ?? ""}`,
    `it was left as it is; move it (with its -wal and -shm files) aside and put back a copy, or rescue it with: sqlite3 ${place} .recover | sqlite3 rescued.db`,
    cause,
  );
}
