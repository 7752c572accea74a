import { existsSync, renameSync, rmSync } from "node:fs";
import type { Log, Rescue } from "../ports.ts";
import { type Connection, connect, connectToRead } from "./connect.ts";
import { damagedStore, explain, StoreError } from "./error.ts";
import { DIRTY, ROLLED } from "./hours.ts";
import { migrations } from "./migrations/index.ts";
import { type CopiedTable, copyTable, type Gap } from "./rescue-table.ts";
import { BLOCK } from "./rollups.ts";
import { HOUR } from "./summary.ts";

/** What is copied first; then all other tables. */
const FIRST = ["document", "account", "session", "audit", "repair", "price_series", "price", "series", "hour", "raw"];
/** So many names or times are told of one table. */
const MOST_TOLD = 20;
const PARTS = ["", "-wal", "-shm"];

const words: Readonly<Record<string, string>> = {
  document: "settings, rules, plans and approvals",
  account: "people",
  session: "sign-ins",
  audit: "entries of the log",
  repair: "repairs of meters",
  price: "days of prices",
  series: "attributes",
  hour: "hours",
  raw: "batches of readings",
  rollup_5m: "stretches of five-minute values",
  rollup_1h: "stretches of hourly values",
};

/** Opens the hub's database and what reads it first of all; a damaged one is healed before. Throws StoreError. */
export function openOrRescue<T>(
  file: string,
  check: boolean,
  at: Date,
  log: Log,
  read: (db: Connection) => T,
): { readonly db: Connection; readonly first: T; readonly rescued: Rescue | undefined } {
  // After a power cut between the last two steps of a rescue there is no database, and the healed one lies ready.
  if (!existsSync(file) && existsSync(`${file}.rescued`)) renameSync(`${file}.rescued`, file);
  const open = (look: boolean) => {
    const db = connect({ file, migrations, check: look });
    try {
      return { db, first: read(db) };
    } catch (error) {
      db.close();
      throw explain(error, file);
    }
  };
  try {
    return { ...open(check), rescued: undefined };
  } catch (error) {
    if (!(error instanceof StoreError) || error.code !== "damaged") throw error;
    const rescued = rescue(file, at, log);
    return { ...open(true), rescued };
  }
}

/**
 * Heals a damaged database: copies every readable row into a fresh one and puts the damaged file aside, untouched. Nothing is
 * thrown away, and never is there a silent new start: where the head of the file or all people are lost, it throws the StoreError
 * `damaged` and leaves everything as it is (a house without people would be anyone's).
 */
function rescue(file: string, at: Date, log: Log): Rescue {
  const making = `${file}.rescuing`;
  for (const part of PARTS) rmSync(`${making}${part}`, { force: true });
  const copied = copyAll(file, making);
  const stamp = at.toISOString().replace(/[-:]|\.\d+Z/g, "");
  const aside = `${file}.damaged-${stamp}`;
  renameSync(making, `${file}.rescued`);
  for (const part of PARTS) if (existsSync(`${file}${part}`)) renameSync(`${file}${part}`, `${aside}${part}`);
  renameSync(`${file}.rescued`, file);
  const kept = copied.filter(({ rows }) => rows > 0).map(({ table, rows }) => `${nameOf(table)}: ${rows}`);
  const lost = copied.flatMap(lossOf);
  log.error({ aside, kept, lost }, "the database was damaged: all that could be read was copied into a fresh one");
  return { aside, kept, lost };
}

function copyAll(file: string, making: string): CopiedTable[] {
  let from: Connection | undefined;
  let to: Connection | undefined;
  try {
    from = connectToRead(file);
    const version = Number(from.pragma("user_version", { simple: true }));
    const there = tablesOf(from);
    if (version < 1 || version > migrations.length) throw damagedStore(file, "its head can't be read");
    to = connect({ file: making, migrations: migrations.slice(0, version), check: false });
    to.pragma("foreign_keys = OFF");
    const tables = tablesOf(to);
    const order = [...FIRST.filter((t) => tables.includes(t)), ...tables.filter((t) => !FIRST.includes(t))];
    const [source, target] = [from, to];
    const copied = target.transaction(() => {
      const list = order.filter((table) => there.includes(table)).map((table) => copyTable(source, target, table));
      mend(target, list);
      return list;
    })();
    const people = copied.find(({ table }) => table === "account");
    if (people && people.rows === 0 && (people.gaps.length > 0 || people.names.length > 0))
      throw damagedStore(file, "the people of the house can't be read");
    // Whole on the disk before it takes the damaged one's place.
    to.pragma("wal_checkpoint(TRUNCATE)");
    return copied;
  } catch (error) {
    throw error instanceof StoreError ? error : damagedStore(file, error instanceof Error ? error.message : "", error);
  } finally {
    from?.close();
    to?.close();
  }
}

const tablesOf = (db: Connection): string[] =>
  db
    .prepare<[], string>(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
    )
    .pluck()
    .all();

/** What can be made again from what is left. */
function mend(db: Connection, copied: readonly CopiedTable[]): void {
  const isTorn = (table: string) =>
    copied.some((t) => t.table === table && (t.gaps.length > 0 || t.senseless.length > 0 || t.names.length > 0));
  // Readings of an hour of which nothing is known would never be looked at.
  db.exec(`INSERT OR IGNORE INTO hour (hour, state) SELECT DISTINCT id / 1048576, ${DIRTY} FROM raw`);
  if (isTorn("rollup_5m") || isTorn("rollup_1h"))
    db.exec(
      `UPDATE hour SET state = ${DIRTY} WHERE state = ${ROLLED} AND hour IN (SELECT DISTINCT id / 1048576 FROM raw)`,
    );
  // A number must never come to mean another attribute.
  const series = copied.find(({ table }) => table === "series");
  const most = Math.max(
    0,
    ...["rollup_1h", "rollup_5m"].map((t) =>
      Number(db.prepare(`SELECT max(id) / 1048576 FROM ${t}`).pluck().get() ?? 0),
    ),
  );
  if (series && isTorn("series"))
    db.prepare(
      "INSERT OR IGNORE INTO series (id, key, first, last, kind, value, source) VALUES (?, 'lost/0/lost.lost', 0, 0, 0, 0, 'rescue')",
    ).run(most + 1_000_000);
}

const nameOf = (table: string): string => words[table] ?? table;

/** In words, exactly: by name where an index tells, else by time or number. */
function lossOf({ table, gaps, senseless, names }: CopiedTable): string[] {
  const told: string[] = [];
  if (names.length > 0) told.push(...names);
  else {
    told.push(...gaps.map((gap) => between(table, gap)));
    told.push(...senseless.map((rowid) => between(table, { after: rowid - 1, before: rowid + 1 })));
  }
  if (told.length === 0) return [];
  const more = told.length - MOST_TOLD;
  return [`${nameOf(table)}: ${told.slice(0, MOST_TOLD).join("; ")}${more > 0 ? `; and ${more} more` : ""}`];
}

function between(table: string, { after, before }: Gap): string {
  if (Number.isNaN(after)) return "some of them, in the middle";
  const [first, last] = [Math.max(0, after), before >= 2 ** 53 - 1 ? undefined : before];
  if (table === "raw") return stretch(Math.floor(first / 2 ** 20) * HOUR, last && Math.ceil(last / 2 ** 20) * HOUR);
  if (table === "hour") return stretch(first * HOUR, last && last * HOUR);
  if (table.startsWith("rollup_")) {
    const moment = (row: number) => (row % 2 ** 20) * BLOCK;
    const [a, b] = [Math.floor(first / 2 ** 20), last && Math.floor(last / 2 ** 20)];
    return a === b
      ? `attribute ${a}, ${stretch(moment(first), last && moment(last))}`
      : `attributes ${a} to ${b ?? "the last"}`;
  }
  return last === undefined ? `all after number ${first}` : `numbers ${first + 1} to ${last - 1}`;
}

const stretch = (from: number, to: number | undefined): string => {
  const words = (at: number) => `${new Date(at).toISOString().slice(0, 16).replace("T", " ")} UTC`;
  return to === undefined ? `from ${words(from)} on` : `${words(from)} to ${words(to)}`;
};
