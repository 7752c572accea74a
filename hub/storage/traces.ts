import type { Trace, TraceKind, TraceLine } from "../model/trace.ts";
import type { Log, TracePage, TraceQuery, TraceStore } from "../ports.ts";
import { type Connection, remakable } from "./connect.ts";
import { explain } from "./error.ts";

/** What is kept at most; beyond either the oldest go. */
const MAX_BYTES = 20 * 1_048_576;
const MAX_TRACES = 50_000;
/** So many are let go at a time, so that a full table holds the house up by no more than a few ms. */
const MAX_GONE = 500;
/** While the disk takes nothing, this many wait; then the oldest of them go. */
const MAX_WAITING = 5_000;
/** So many are written at once, however young. */
const BATCH = 1_000;
const RETRY_MS = 5_000;
const LOOK_MS = 1_000;
const MAX_PAGE = 200;
/** Of a row and of its place in an index, beside its text. */
const ROW_BYTES = 60;
const INDEX_BYTES = 24;

interface Row {
  readonly n: number;
  readonly id: string;
  readonly at: number;
  readonly ended: number | null;
  readonly rule: string;
  readonly kind: TraceKind;
  readonly bytes: number;
  readonly nodes: string;
  readonly times: string;
  readonly title: string;
  readonly cause: string;
  readonly outcome: string;
  readonly lines: string;
}

export interface TraceLogOptions {
  readonly batchMs: number;
  /** For tests: the house's own are the defaults. */
  readonly maxBytes?: number;
  readonly maxTraces?: number;
}

/** What rules did: a buffer in memory, written together now and then, and searched with what still waits. */
export class TraceLog implements TraceStore {
  readonly maxBytes: number;
  readonly #maxTraces: number;
  readonly #db: Connection;
  readonly #log: Log;
  #batchMs: number;
  #waiting: Row[] = [];
  #since = 0;
  #retryAt = 0;
  readonly #timer: NodeJS.Timeout;
  #next: number;
  /** Stored rows and their bytes; counted when they are first asked for, since a large table takes a while. */
  #size: { rows: number; bytes: number } | undefined;

  constructor(db: Connection, log: Log, { batchMs, maxBytes = MAX_BYTES, maxTraces = MAX_TRACES }: TraceLogOptions) {
    this.#db = db;
    this.#log = log;
    this.#batchMs = batchMs;
    this.maxBytes = maxBytes;
    this.#maxTraces = maxTraces;
    this.#next = 1 + Number(db.prepare("SELECT coalesce(max(n), 0) FROM trace").pluck().get());
    this.#timer = setInterval(() => this.flushIfDue(), Math.min(LOOK_MS, batchMs));
    this.#timer.unref();
  }

  /** Writes what waits, and no more after it. */
  close(): void {
    clearInterval(this.#timer);
    this.flush();
  }

  setPace({ batchMs }: { readonly batchMs: number }): void {
    this.#batchMs = batchMs;
  }

  append(traces: readonly Trace[]): void {
    if (this.#waiting.length === 0) this.#since = performance.now();
    for (const trace of traces) this.#waiting.push(rowOf(trace, this.#next++));
    const beyond = this.#waiting.length - MAX_WAITING;
    if (beyond > 0) {
      this.#waiting.splice(0, beyond);
      this.#log.warn({ dropped: beyond }, "what rules did was not kept: the disk takes nothing");
    }
    if (this.#waiting.length >= BATCH) this.flushIfDue();
  }

  flushIfDue(): void {
    const now = performance.now();
    if (this.#waiting.length === 0 || now < this.#retryAt) return;
    if (this.#waiting.length >= BATCH || now - this.#since >= this.#batchMs) this.flush();
  }

  /** Writes what waits. A failure is logged, and it is tried again: the house goes on without it. */
  flush(): void {
    if (this.#waiting.length === 0) return;
    try {
      const { rows, bytes } = this.#stored();
      this.#size = remakable(this.#db, () => this.#write({ rows, bytes }));
      this.#waiting = [];
      this.#retryAt = 0;
    } catch (error) {
      const { message, fix } = explain(error, this.#db.name);
      this.#log.error({ waiting: this.#waiting.length, fix }, `what rules did could not be stored: ${message}`);
      this.#retryAt = performance.now() + RETRY_MS;
    }
  }

  #write(size: { rows: number; bytes: number }) {
    const insert = this.#db.prepare<[Row]>(
      `INSERT INTO trace VALUES (@n, @id, @at, @ended, @rule, @kind, @bytes, @nodes, @times, @title, @cause, @outcome, @lines)`,
    );
    const index = this.#db.prepare<[string, number]>("INSERT INTO trace_node (node, n) VALUES (?, ?)");
    for (const row of this.#waiting) {
      insert.run(row);
      for (const node of nodesOf(row)) index.run(node, row.n);
      size.rows += 1;
      size.bytes += row.bytes;
    }
    if (size.bytes > this.maxBytes || size.rows > this.#maxTraces) this.#letGo(size, this.#waiting.length + MAX_GONE);
    return size;
  }

  #letGo(size: { rows: number; bytes: number }, most: number): void {
    const oldest = this.#db
      .prepare<[number], Pick<Row, "n" | "bytes" | "nodes">>("SELECT n, bytes, nodes FROM trace ORDER BY n LIMIT ?")
      .all(most);
    const remove = this.#db.prepare<[number]>("DELETE FROM trace WHERE n = ?");
    const unindex = this.#db.prepare<[string, number]>("DELETE FROM trace_node WHERE node = ? AND n = ?");
    for (const row of oldest) {
      if (size.bytes <= this.maxBytes && size.rows <= this.#maxTraces) return;
      remove.run(row.n);
      for (const node of nodesOf(row)) unindex.run(node, row.n);
      size.rows -= 1;
      size.bytes -= row.bytes;
    }
  }

  /** Rows and bytes on disk, by the index that holds both. */
  #stored(): { rows: number; bytes: number } {
    this.#size ??= this.#db
      .prepare<[], { rows: number; bytes: number }>(
        "SELECT count(*) AS rows, coalesce(sum(bytes), 0) AS bytes FROM trace",
      )
      .get() ?? { rows: 0, bytes: 0 };
    return this.#size;
  }

  bytes(): number {
    return this.#stored().bytes + this.#waiting.reduce((sum, row) => sum + row.bytes, 0);
  }

  search(query: TraceQuery): TracePage {
    const limit = Math.max(1, Math.min(MAX_PAGE, Math.floor(query.limit)));
    const found: Row[] = [];
    const fits = fitting(query);
    for (const rows of [this.#waiting.toReversed(), this.#rows(query)])
      for (const row of rows) {
        if (found.length > limit) break;
        if (fits(row)) found.push(row);
      }
    const page = found.slice(0, limit);
    const last = page.at(-1);
    return { traces: page.map(traceOf), ...(found.length > limit && last ? { more: last.n } : {}) };
  }

  /** Stored rows that may fit, read one by one as they are taken. */
  #rows({ rule, node, kind, from, to, text, before }: TraceQuery): Iterable<Row> {
    const wheres: [sql: string, ...values: (string | number)[]][] = [];
    if (node !== undefined) wheres.push(["k.node = ?", node]);
    if (before !== undefined) wheres.push([node === undefined ? "n < ?" : "k.n < ?", before]);
    // By a node the other table leads; then this one's index must not be taken for it.
    if (rule !== undefined) wheres.push([node === undefined ? "rule = ?" : "+rule = ?", rule]);
    if (kind !== undefined) wheres.push(["kind = ?", kind]);
    if (from !== undefined) wheres.push(["at >= ?", from]);
    if (to !== undefined) wheres.push(["at < ?", to]);
    const like = text === undefined || text === "" ? undefined : likeOf(text);
    if (like !== undefined)
      wheres.push([
        `(${["title", "cause", "outcome", "lines"].map((c) => `${c} LIKE ? ESCAPE '\\'`).join(" OR ")})`,
        like,
        like,
        like,
        like,
      ]);
    const where = wheres.length > 0 ? `WHERE ${wheres.map(([sql]) => sql).join(" AND ")}` : "";
    const source = node === undefined ? "trace" : "trace_node k CROSS JOIN trace USING (n)";
    return this.#db
      .prepare<(string | number)[], Row>(
        `SELECT trace.* FROM ${source} ${where} ORDER BY ${node === undefined ? "n" : "k.n"} DESC`,
      )
      .iterate(...wheres.flatMap(([, ...values]) => values));
  }
}

/** Each text on a line of its own. */
const flat = (text: string): string => text.replaceAll(/[\r\n]+/g, " ");

function rowOf(trace: Trace, n: number): Row {
  const { id, at, endedAt, rule, kind, title, cause, outcome, nodes, lines } = trace;
  const text = {
    nodes: [...new Set(nodes)].map(flat).join("\n"),
    times: lines.map((l) => `${Math.round(l.at - at)}${l.bad ? "!" : ""}`).join(" "),
    title: flat(title),
    cause: flat(cause),
    outcome: flat(outcome),
    lines: lines.map((l) => flat(l.text)).join("\n"),
  };
  const written = [id, rule, kind, ...Object.values(text)].reduce((sum, part) => sum + Buffer.byteLength(part), 0);
  const indexes = Buffer.byteLength(text.nodes) + Buffer.byteLength(rule) + (nodes.length + 1) * INDEX_BYTES;
  return {
    ...{ n, id, at: Math.round(at), ended: endedAt === undefined ? null : Math.round(endedAt), rule, kind },
    ...{ bytes: written + indexes + ROW_BYTES, ...text },
  };
}

const nodesOf = ({ nodes }: Pick<Row, "nodes">): readonly string[] => (nodes === "" ? [] : nodes.split("\n"));

function traceOf(row: Row): Trace {
  const times = row.times === "" ? [] : row.times.split(" ");
  const texts = row.lines.split("\n");
  const lines = times.map((time, i): TraceLine => {
    const line = { at: row.at + Number.parseInt(time, 10), text: texts[i] ?? "" };
    return time.endsWith("!") ? { ...line, bad: true } : line;
  });
  const { id, at, ended, rule, kind, title, cause, outcome } = row;
  return {
    id,
    at,
    ...(ended === null ? {} : { endedAt: ended }),
    rule,
    title,
    kind,
    cause,
    outcome,
    nodes: nodesOf(row),
    lines,
  };
}

/** SQLite's LIKE knows upper and lower case of ASCII alone: any other character is let through here and looked at by {@link fitting}. */
const likeOf = (text: string): string =>
  `%${[...text].map((c) => (/[\\%_]/.test(c) ? `\\${c}` : /^[\u0020-\u007e]$/.test(c) ? c : "%")).join("")}%`;

/** Whether a row is what is looked for; exact, whatever SQL let through. */
function fitting({ rule, node, kind, from, to, text, before }: TraceQuery): (row: Row) => boolean {
  const wanted = text?.toLowerCase() ?? "";
  return (row) =>
    (before === undefined || row.n < before) &&
    (rule === undefined || row.rule === rule) &&
    (kind === undefined || row.kind === kind) &&
    (from === undefined || row.at >= from) &&
    (to === undefined || row.at < to) &&
    (node === undefined || nodesOf(row).includes(node)) &&
    (wanted === "" ||
      [row.title, row.cause, row.outcome, row.lines].some((part) => part.toLowerCase().includes(wanted)));
}
