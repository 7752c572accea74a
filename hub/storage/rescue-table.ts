import { decodeBlock } from "./block.ts";
import type { Connection } from "./connect.ts";
import { unpack } from "./pack.ts";
import { HOUR } from "./summary.ts";

/** Rowids in (after, before) could not be read. */
export interface Gap {
  readonly after: number;
  readonly before: number;
}

export interface CopiedTable {
  readonly table: string;
  readonly rows: number;
  /** Stretches that can't be read; of tables without rowids at most one, whose numbers mean nothing. */
  readonly gaps: readonly Gap[];
  /** Rows that can be read and hold nothing sensible. */
  readonly senseless: readonly number[];
  /** What was lost by name, where an index still tells. */
  readonly names: readonly string[];
}

/** Then the rest of a table is given up. */
const MAX_GAPS = 2_000;
const MAX_NAMES = 10_000;
const END = 2 ** 53 - 1;

type Row = Readonly<Record<string, unknown>>;

/** Copies every row that can be read from a damaged database into the same table of a fresh one, within the caller's transaction. */
export function copyTable(from: Connection, to: Connection, table: string): CopiedTable {
  const wanted = columnsOf(to, table);
  const columns = columnsOf(from, table).filter((name) => wanted.includes(name));
  const list = columns.map((name) => `"${name}"`).join(", ");
  const marks = columns.map(() => "?").join(", ");
  const insert = to.prepare<unknown[]>(`INSERT OR IGNORE INTO "${table}" (${list}) VALUES (${marks})`);
  const write = (row: Row) => insert.run(...columns.map((name) => row[name])).changes;
  if (isWithoutRowid(to, table)) return { table, ...copyByKey(from, table, list, keyOf(to, table), write) };
  const named = indexedNames(from, table);
  const copied = copyByRowid(from, table, list, write);
  const names = [...named].flatMap(([rowid, name]) => (copied.seen.has(rowid) ? [] : [name]));
  return { table, rows: copied.rows, gaps: copied.gaps, senseless: copied.senseless, names };
}

interface Column {
  readonly name: string;
  readonly pk: number;
}

const info = (db: Connection, table: string): Column[] => db.pragma(`table_info("${table}")`) as Column[];
const columnsOf = (db: Connection, table: string): string[] => info(db, table).map(({ name }) => name);
const keyOf = (db: Connection, table: string): string =>
  info(db, table)
    .filter(({ pk }) => pk > 0)
    .sort((a, b) => a.pk - b.pk)
    .map(({ name }) => `"${name}"`)
    .join(", ");
const isWithoutRowid = (db: Connection, table: string): boolean =>
  /WITHOUT\s+ROWID/i.test(
    db.prepare<[string], string>("SELECT sql FROM sqlite_schema WHERE name = ?").pluck().get(table) ?? "",
  );

/** From both ends, as far as each can be read. */
function copyByKey(from: Connection, table: string, list: string, key: string, write: (row: Row) => number) {
  let rows = 0;
  let isWhole = true;
  for (const order of ["ASC", "DESC"]) {
    const keys = key
      .split(", ")
      .map((name) => `${name} ${order}`)
      .join(", ");
    try {
      for (const row of from.prepare<[], Row>(`SELECT ${list} FROM "${table}" ORDER BY ${keys}`).iterate())
        rows += write(row);
      break;
    } catch {
      isWhole = false;
    }
  }
  return { rows, gaps: isWhole ? [] : [{ after: Number.NaN, before: Number.NaN }], senseless: [], names: [] };
}

function copyByRowid(from: Connection, table: string, list: string, write: (row: Row) => number) {
  const select = from.prepare<[number], Row>(
    `SELECT rowid AS "rowid of it", ${list} FROM "${table}" WHERE rowid > ? ORDER BY rowid`,
  );
  const probe = from.prepare<[number], Row>(
    `SELECT rowid AS "rowid of it", ${list} FROM "${table}" WHERE rowid > ? ORDER BY rowid LIMIT 1`,
  );
  const gaps: Gap[] = [];
  const senseless: number[] = [];
  const seen = new Set<number>();
  let after = -END;
  let rows = 0;
  while (gaps.length < MAX_GAPS) {
    try {
      for (const row of select.iterate(after)) {
        after = Number(row["rowid of it"]);
        if (!isSensible(table, after, row)) senseless.push(after);
        else {
          rows += write(row);
          seen.add(after);
        }
      }
      break;
    } catch {
      const next = nextReadable(after, (at) => probe.get(at) !== undefined);
      gaps.push({ after, before: next === undefined ? END : next + 1 });
      if (next === undefined) break;
      after = next;
    }
  }
  return { rows, gaps, senseless, seen };
}

/** The lowest rowid after which can be read again, near enough: pages are lost whole. */
function nextReadable(after: number, isThere: (after: number) => boolean): number | undefined {
  const reads = (at: number): boolean => {
    try {
      return isThere(at);
    } catch {
      return false;
    }
  };
  const start = Math.max(after, -1);
  let low = start;
  let high: number | undefined;
  for (let step = 1; start + step < END; step *= 2)
    if (reads(start + step)) {
      high = start + step;
      break;
    } else low = start + step;
  if (high === undefined) return undefined;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (reads(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** A page may be read and hold another page's bytes. */
function isSensible(table: string, rowid: number, row: Row): boolean {
  try {
    if (typeof row.json === "string") JSON.parse(row.json);
    const { data } = row;
    if (table === "raw" && Buffer.isBuffer(data))
      decodeBlock(data, Math.floor(rowid / 2 ** 20) * HOUR, undefined, () => {});
    if (table.startsWith("rollup_") && Buffer.isBuffer(data)) unpack(data, 0, 1, 0, 1, () => {});
    return true;
  } catch {
    return false;
  }
}

/** What the rows are called, by an index that lies apart from them. */
function indexedNames(from: Connection, table: string): Map<number, string> {
  const names = new Map<number, string>();
  const columns = { document: ["kind", "id"], account: ["name"], series: ["key"] }[table];
  if (!columns) return names;
  try {
    const rows = from
      .prepare<[], Row>(
        `SELECT rowid AS "rowid of it", ${columns.join(", ")} FROM "${table}" ORDER BY ${columns.join(", ")}`,
      )
      .iterate();
    for (const row of rows) {
      if (names.size >= MAX_NAMES) break;
      names.set(Number(row["rowid of it"]), columns.map((name) => String(row[name])).join(" "));
    }
  } catch {
    // Then only the gap is known.
  }
  return names;
}
