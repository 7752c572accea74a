import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import Database from "better-sqlite3";
import { codeOf, explain, StoreError } from "./error.ts";

export interface FolderLock {
  /** The last hub here was not closed in order: a crash, kill or power cut. */
  readonly unclean: boolean;
  /** `orderly: false` keeps the mark, so that the next start looks the database over (again). */
  release(orderly: boolean): void;
}

/**
 * Takes a data folder for this process. The lock is SQLite's own file lock, which the kernel ends with the process, so
 * no number of a dead process can keep a folder locked. The file `hub.pid` names the holder for people and, when it is
 * still there at the next start, tells that the last end was not orderly. Throws StoreError.
 */
export function lockFolder(folder: string): FolderLock {
  const pidFile = join(folder, "hub.pid");
  let db: Database.Database | undefined;
  try {
    makeFolder(folder);
    db = new Database(join(folder, "hub.lock"), { timeout: 0 });
    db.pragma("journal_mode = MEMORY");
    db.exec("BEGIN EXCLUSIVE");
    const unclean = existsSync(pidFile);
    writeFileSync(pidFile, `${process.pid}\n`, { mode: 0o600 });
    const held = db;
    return {
      unclean,
      release(orderly) {
        if (orderly) rmSync(pidFile, { force: true });
        held.close();
      },
    };
  } catch (error) {
    db?.close();
    if (codeOf(error).startsWith("SQLITE_BUSY")) throw inUse(folder, pidFile);
    throw explain(error, folder);
  }
}

/** Makes a folder and those above it. (With `recursive`, node never returns from a folder under /proc.) */
export function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  const above = dirname(folder);
  if (above !== folder) makeFolder(above);
  mkdirSync(folder, { mode: 0o700 });
}

function inUse(folder: string, pidFile: string): StoreError {
  let who = "another hub";
  try {
    who = `another hub (process ${readFileSync(pidFile, "utf8").trim().slice(0, 12)})`;
  } catch {
    // Only the holder's number is missing then.
  }
  return new StoreError(
    "in-use",
    `${folder} is in use by ${who}`,
    "stop that hub first, or start this one with another data folder: --data DIR",
  );
}
