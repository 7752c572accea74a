import { existsSync } from "node:fs";
import Database from "better-sqlite3";
import { codeOf, damagedStore, explain, StoreError } from "./error.ts";

export type Connection = Database.Database;

/** Who comes to write waits this long for who is writing, ms. */
const BUSY_MS = 2_000;

/** "INGL": a file of another program is refused instead of being written into. */
const APPLICATION_ID = 0x494e474c;

/** After it was carried over the log is cut by whoever writes first, so that its length tells how much there is to carry over. */
const CUT_LOG = "journal_size_limit = 1048576";

/** A step of a database's shape: SQL, or work on what is stored; each within one transaction. */
export type Migration = string | ((db: Connection) => void);

export interface ConnectOptions {
  readonly file: string;
  readonly migrations: readonly Migration[];
  /** Look the file over before it is written to: after a crash or power cut. */
  readonly check: boolean;
  /** No other connection reads this file. */
  readonly exclusive?: boolean;
}

/**
 * Opens a database for writing, as the house needs it: WAL, and FULL, since better-sqlite3 is built with NORMAL for
 * WAL, which loses acknowledged commits on a power cut. Throws StoreError; a damaged file is not touched.
 */
export function connect(options: ConnectOptions): Connection {
  const { file } = options;
  let db: Connection | undefined;
  try {
    if (options.check && existsSync(file)) lookOver(file);
    db = new Database(file, { timeout: BUSY_MS });
    // Heard only by a file that has no tables yet: so that it can be made smaller without being written anew.
    db.pragma("auto_vacuum = INCREMENTAL");
    if (options.exclusive) db.pragma("locking_mode = EXCLUSIVE");
    db.pragma("journal_mode = WAL");
    db.pragma(CUT_LOG);
    db.pragma("synchronous = FULL");
    db.pragma("foreign_keys = ON");
    migrate(db, file, options.migrations);
    return db;
  } catch (error) {
    db?.close();
    throw explain(error, file);
  }
}

/** Does what may find the database held by others without waiting long for them: who knows that it is goes on meanwhile. */
export function withoutWaiting<T>(db: Connection, work: () => T): T {
  db.pragma("busy_timeout = 20");
  try {
    return work();
  } finally {
    db.pragma(`busy_timeout = ${BUSY_MS}`);
  }
}

const statements = new WeakMap<Connection, Map<string, Database.Statement<unknown[]>>>();

/** A statement that is asked again and again: made once a connection. `how` is part of what it is. For fixed texts only. */
export function prepared(db: Connection, sql: string, how?: "raw" | "pluck"): Database.Statement<unknown[]> {
  let known = statements.get(db);
  if (!known) {
    known = new Map();
    statements.set(db, known);
  }
  const name = `${how ?? ""} ${sql}`;
  let statement = known.get(name);
  if (!statement) {
    statement = db.prepare(sql);
    if (how === "raw") statement.raw();
    if (how === "pluck") statement.pluck();
    known.set(name, statement);
  }
  return statement;
}

/**
 * A transaction that a power cut may undo (whole, with what came after it): for what can be made again from what is
 * stored. It spares the card a flush; the next ordinary commit makes it durable too.
 */
export function remakable<T>(db: Connection, work: () => T): T {
  db.pragma("synchronous = NORMAL");
  try {
    // Immediate: what is read in it must not be changed by the other thread before it is written.
    return db.transaction(work).immediate();
  } finally {
    db.pragma("synchronous = FULL");
  }
}

/** A second connection for what can be made again: deleting what is too old, and carrying the log over into the file. */
export function connectToKeep(file: string): Connection {
  const db = new Database(file, { fileMustExist: true, timeout: BUSY_MS });
  db.pragma("synchronous = FULL");
  db.pragma("wal_autocheckpoint = 0");
  db.pragma(CUT_LOG);
  return db;
}

/** A second connection that can only read; for history. */
export function connectToRead(file: string): Connection {
  return new Database(file, { readonly: true, fileMustExist: true, timeout: BUSY_MS });
}

/** A file that is made to be taken away: what a power cut spoils of it is thrown away. */
export function connectToMake(file: string): Connection {
  const db = new Database(file);
  db.pragma("journal_mode = MEMORY");
  db.pragma("synchronous = OFF");
  return db;
}

/** Another program's database, to be read: nothing that its shape brings along is run. */
export function connectToForeign(file: string): Connection {
  const db = new Database(file, { readonly: true, fileMustExist: true, timeout: BUSY_MS });
  try {
    db.pragma("trusted_schema = OFF");
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function lookOver(file: string): void {
  // Read-only, so that neither recovery nor a checkpoint writes into a file that turns out to be damaged.
  const db = new Database(file, { readonly: true, fileMustExist: true, timeout: BUSY_MS });
  try {
    const found = db.pragma("quick_check(1)", { simple: true });
    if (found !== "ok") throw damagedStore(file, String(found));
  } catch (error) {
    // An unfinished first start leaves an empty file, which is no damage.
    if (codeOf(error) !== "SQLITE_NOTADB" && codeOf(error) !== "SQLITE_CORRUPT") throw error;
    throw damagedStore(file, error instanceof Error ? error.message : "", error);
  } finally {
    db.close();
  }
}

function migrate(db: Connection, file: string, migrations: readonly Migration[]): void {
  const version = Number(db.pragma("user_version", { simple: true }));
  const application = Number(db.pragma("application_id", { simple: true }));
  const tables = db.prepare("SELECT count(*) FROM sqlite_schema").pluck().get();
  if (application !== APPLICATION_ID && tables !== 0)
    throw new StoreError("failed", `${file} belongs to another program`, "choose another data folder with --data DIR");
  if (version > migrations.length)
    throw new StoreError(
      "newer",
      `${file} was written by a newer version of the hub (${version}, this one knows ${migrations.length})`,
      "install the newer version again, or put back the copy made before the upgrade",
    );
  for (const [index, step] of migrations.entries()) {
    if (index < version) continue;
    db.transaction(() => {
      if (typeof step === "string") db.exec(step);
      else step(db);
      db.pragma(`application_id = ${APPLICATION_ID}`);
      db.pragma(`user_version = ${index + 1}`);
    })();
  }
}
