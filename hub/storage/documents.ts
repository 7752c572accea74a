import type { DocumentKind } from "../ports.ts";
import { type Connection, prepared } from "./connect.ts";
import { StoreError } from "./error.ts";

/** A document's JSON may be this long, in UTF-8 bytes. */
export const MAX_DOCUMENT = 1_048_576;
/** So many documents of one kind. */
const MAX_OF_KIND = 20_000;
const MAX_ID = 400;

const UPDATE = "UPDATE document SET json = ? WHERE kind = ? AND id = ?";

/** JSON documents by kind and id; each change is committed before the call returns. */
export class Documents {
  readonly #db: Connection;

  constructor(db: Connection) {
    this.#db = db;
  }

  /** Throws StoreError `too-large` or `too-many`, naming what is. */
  put(kind: DocumentKind, id: string, document: unknown): void {
    if (id === "" || id.length > MAX_ID)
      throw new StoreError("too-large", `the id of a ${kind} must have 1 to ${MAX_ID} characters`, "use a shorter id");
    const json: string | undefined = JSON.stringify(document);
    if (json === undefined) throw new StoreError("failed", `the ${kind} ${id} is no JSON value`, "store an object");
    if (Buffer.byteLength(json) > MAX_DOCUMENT)
      throw new StoreError(
        "too-large",
        `the ${kind} ${id} is larger than ${MAX_DOCUMENT} bytes as JSON`,
        "make it smaller",
      );
    this.#db.transaction(() => {
      const { changes: changed } = prepared(this.#db, UPDATE).run(json, kind, id);
      if (changed > 0) return;
      const count = this.#db
        .prepare<[string], number>("SELECT count(*) FROM document WHERE kind = ?")
        .pluck()
        .get(kind);
      if ((count ?? 0) >= MAX_OF_KIND)
        throw new StoreError(
          "too-many",
          `there are already ${MAX_OF_KIND} documents of the kind ${kind}`,
          "remove some",
        );
      this.#db
        .prepare<[string, string, string]>("INSERT INTO document (kind, id, json) VALUES (?, ?, ?)")
        .run(kind, id, json);
    })();
  }

  get<T>(kind: DocumentKind, id: string): T | undefined {
    const json = this.#db
      .prepare<[string, string], string>("SELECT json FROM document WHERE kind = ? AND id = ?")
      .pluck()
      .get(kind, id);
    if (json === undefined) return undefined;
    const document: T = JSON.parse(json);
    return document;
  }

  /** In the order in which they were first put. */
  list<T>(kind: DocumentKind): readonly T[] {
    const rows = this.#db.prepare<[string], string>("SELECT json FROM document WHERE kind = ? ORDER BY seq").pluck();
    return rows.all(kind).map((json): T => JSON.parse(json));
  }

  remove(kind: DocumentKind, id: string): void {
    prepared(this.#db, "DELETE FROM document WHERE kind = ? AND id = ?").run(kind, id);
  }
}
