import type { Store } from "../ports.ts";
import type { Changes } from "./changes.ts";
import type { Connection } from "./connect.ts";
import { Repairs } from "./repairs.ts";

/** So many repairs are kept in all; then a new one makes the oldest of any series go. */
const FULL = 20_000;

/** Repairs whose changes are told to those who keep answers about the past. */
export function toldRepairs(db: Connection, changes: Changes): Store["repairs"] {
  const repairs = new Repairs(db);
  const count = db.prepare<[], number>("SELECT count(*) FROM repair").pluck();
  const forget = (id: string) => {
    const before = repairs.get(id);
    if (before) changes.series(before.key);
  };
  return {
    list: () => repairs.list(),
    get: (id) => repairs.get(id),
    put(repair) {
      forget(repair.id);
      repairs.put(repair);
      changes.series(repair.key);
      if ((count.get() ?? FULL) >= FULL) changes.everything();
    },
    remove(id) {
      forget(id);
      repairs.remove(id);
    },
  };
}
