import type { AuditEntry } from "../model/audit.ts";
import type { Store } from "../ports.ts";
import { type Connection, prepared } from "./connect.ts";

/** The newest entries are kept; older ones are dropped. */
export const MAX_AUDIT = 200_000;
const MAX_PAGE = 1_000;
const MAX_WORD = 400;
/** A longer detail is cut, and says so. */
export const MAX_DETAIL = 16_384;

const INSERT = "INSERT INTO audit (at, by_whom, what, subject, detail) VALUES (@at, @by, @what, @subject, @detail)";

/** Who did or decided what, and why; each entry is committed before the call returns. */
export class AuditLog {
  readonly #db: Connection;
  readonly #max: number;

  constructor(db: Connection, max = MAX_AUDIT) {
    this.#db = db;
    this.#max = max;
  }

  append(entry: Omit<AuditEntry, "id">): AuditEntry {
    const cut = {
      at: Math.round(entry.at),
      by: entry.by.slice(0, MAX_WORD),
      what: entry.what.slice(0, MAX_WORD),
      subject: entry.subject.slice(0, MAX_WORD),
      detail: entry.detail.length > MAX_DETAIL ? `${entry.detail.slice(0, MAX_DETAIL)} … (cut)` : entry.detail,
    };
    const id = this.#db.transaction(() => {
      const { lastInsertRowid } = prepared(this.#db, INSERT).run(cut);
      prepared(this.#db, "DELETE FROM audit WHERE id <= ?").run(Number(lastInsertRowid) - this.#max);
      return Number(lastInsertRowid);
    })();
    return { id, ...cut };
  }

  /** Newest first, at most 1,000; `before` is an entry's id. */
  read(query: Parameters<Store["audit"]>[0]): readonly AuditEntry[] {
    const { before = Number.MAX_SAFE_INTEGER, subject } = query;
    const limit = Math.max(0, Math.min(MAX_PAGE, Math.floor(query.limit)));
    const columns = "SELECT id, at, by_whom AS by, what, subject, detail FROM audit";
    return subject === undefined
      ? this.#db
          .prepare<[number, number], AuditEntry>(`${columns} WHERE id < ? ORDER BY id DESC LIMIT ?`)
          .all(before, limit)
      : this.#db
          .prepare<[string, number, number], AuditEntry>(
            `${columns} WHERE subject = ? AND id < ? ORDER BY id DESC LIMIT ?`,
          )
          .all(subject, before, limit);
  }
}
