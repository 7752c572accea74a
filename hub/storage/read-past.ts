import { join } from "node:path";
import type { Store } from "../ports.ts";
import { AuditLog } from "./audit-log.ts";
import { connectToRead } from "./connect.ts";
import { misfitOfEnergy, readEnergy } from "./energy-read.ts";
import { misfitOfQuery, readHistory } from "./history-read.ts";
import { misfitOfPast, readPast } from "./past-read.ts";

/** What was written of the past, for another thread: it answers in the caller's thread, and can't write. */
export type WrittenPast = Pick<Store, "audit" | "past" | "history" | "energy"> & { close(): void };

const checked = (misfit: string | undefined): void => {
  if (misfit) throw new RangeError(misfit);
};

/** `folder`: the data folder of a store that is open. `now`: epoch ms. Throws what SQLite throws where there is none. */
export function readPastOf(folder: string, now: () => number): WrittenPast {
  const db = connectToRead(join(folder, "hub.db"));
  const audit = new AuditLog(db);
  return {
    audit: (query) => audit.read(query),
    async past(query) {
      checked(misfitOfPast(query));
      return readPast(db, query);
    },
    async history(query) {
      checked(misfitOfQuery(query));
      return readHistory(db, { query, now: now(), tail: undefined });
    },
    async energy(meters, from, to, slotMs) {
      const question = { meters, from, to, slotMs };
      checked(misfitOfEnergy(question));
      return readEnergy(db, { ...question, now: now(), tails: new Map() });
    },
    close: () => void db.close(),
  };
}
