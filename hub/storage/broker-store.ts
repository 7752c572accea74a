import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Log } from "../ports.ts";
import { connect } from "./connect.ts";
import { explain } from "./error.ts";
import { makeFolder } from "./folder-lock.ts";

/** One record of the MQTT broker: what it means is the broker's business. */
export interface BrokerRecord {
  readonly kind: string;
  readonly key: string;
  /** Undefined in a change removes the record. */
  readonly value: Uint8Array | undefined;
}

export interface BrokerStore {
  /** All records, by kind and key. */
  load(): Iterable<BrokerRecord & { readonly value: Uint8Array }>;
  /** One transaction, committed (synchronous=FULL) when this returns. Throws StoreError and changes nothing. */
  write(changes: readonly BrokerRecord[]): void;
  close(): void;
}

const schema = `
CREATE TABLE record (
  kind TEXT NOT NULL,
  key TEXT NOT NULL,
  value BLOB NOT NULL,
  PRIMARY KEY (kind, key)
) STRICT, WITHOUT ROWID;
`;

/**
 * Opens the broker's database, `broker.db` in the data folder: a file of its own, so that a flood of messages is no
 * burden to the house's history. Throws StoreError.
 */
export function openBrokerStore(folder: string, log: Log): BrokerStore {
  const file = join(folder, "broker.db");
  try {
    makeFolder(folder);
  } catch (error) {
    throw explain(error, folder);
  }
  // SQLite leaves the log beside the database only when the last end was not orderly.
  const unclean = existsSync(`${file}-wal`);
  if (unclean) log.info({ file }, "the last end was not orderly: looking the broker's database over");
  const db = connect({ file, migrations: [schema], check: unclean, exclusive: true });
  const put = db.prepare<[string, string, Uint8Array]>(
    "INSERT INTO record (kind, key, value) VALUES (?, ?, ?) ON CONFLICT (kind, key) DO UPDATE SET value = excluded.value",
  );
  const remove = db.prepare<[string, string]>("DELETE FROM record WHERE kind = ? AND key = ?");
  const apply = db.transaction((changes: readonly BrokerRecord[]) => {
    for (const { kind, key, value } of changes)
      if (value) put.run(kind, key, value);
      else remove.run(kind, key);
  });
  return {
    load: () =>
      db
        .prepare<[], BrokerRecord & { readonly value: Uint8Array }>(
          "SELECT kind, key, value FROM record ORDER BY kind, key",
        )
        .all(),
    write(changes) {
      try {
        apply(changes);
      } catch (error) {
        throw explain(error, file);
      }
    },
    close: () => db.close(),
  };
}
