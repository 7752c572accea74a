import type { Repair } from "../model/repair.ts";
import type { Connection } from "./connect.ts";
import { StoreError } from "./error.ts";

/** So many of one series and of all: the core puts repeats together before it comes to that; beyond it the oldest go. */
const MAX_OF_SERIES = 200;
const MAX_ALL = 20_000;
const MAX_JSON = 65_536;

/** Repairs of meters' numbers; each change is committed before the call returns. */
export class Repairs {
  readonly #db: Connection;

  constructor(db: Connection) {
    this.#db = db;
  }

  put(repair: Repair): void {
    const json = JSON.stringify(repair);
    if (json.length > MAX_JSON)
      throw new StoreError("too-large", `the repair ${repair.id} is larger than ${MAX_JSON} characters`, "merge fewer");
    this.#db.transaction(() => {
      this.#db
        .prepare<[string, string, number, string]>(
          `INSERT INTO repair (id, key, at, json) VALUES (?, ?, ?, ?)
           ON CONFLICT (id) DO UPDATE SET key = excluded.key, at = excluded.at, json = excluded.json`,
        )
        .run(repair.id, repair.key, Math.round(repair.from), json);
      this.#db
        .prepare<[string, string, number]>(
          `DELETE FROM repair WHERE key = ? AND id IN
             (SELECT id FROM repair WHERE key = ? ORDER BY at DESC LIMIT -1 OFFSET ?)`,
        )
        .run(repair.key, repair.key, MAX_OF_SERIES);
      this.#db
        .prepare<[number]>("DELETE FROM repair WHERE id IN (SELECT id FROM repair ORDER BY at DESC LIMIT -1 OFFSET ?)")
        .run(MAX_ALL);
    })();
  }

  get(id: string): Repair | undefined {
    const json = this.#db.prepare<[string], string>("SELECT json FROM repair WHERE id = ?").pluck().get(id);
    if (json === undefined) return undefined;
    const repair: Repair = JSON.parse(json);
    return repair;
  }

  /** All, the oldest first. */
  list(): readonly Repair[] {
    const rows = this.#db.prepare<[], string>("SELECT json FROM repair ORDER BY at").pluck();
    return rows.all().map((json): Repair => JSON.parse(json));
  }

  remove(id: string): void {
    this.#db.prepare<[string]>("DELETE FROM repair WHERE id = ?").run(id);
  }
}

/** The repairs of one series, for the reader of energy. */
export function repairsOf(db: Connection, key: string): readonly Repair[] {
  const rows = db.prepare<[string], string>("SELECT json FROM repair WHERE key = ? ORDER BY at").pluck();
  return rows.all(key).map((json): Repair => JSON.parse(json));
}
