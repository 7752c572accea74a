import type { PastColumn, PastStretch } from "../model/past.ts";
import type { Past, PastQuery } from "../ports.ts";
import type { Connection } from "./connect.ts";
import { eachRollup, fineEdge } from "./rollups.ts";
import { FIVE_MINUTES, HOUR } from "./summary.ts";

/** So many further attributes of a device are asked whether something was heard of it. */
const MAX_OTHERS = 8;

/** When devices were silent: nothing was heard of any of their attributes. */
export function silencesOf(db: Connection, query: PastQuery, columns: readonly PastColumn[]): Past["silences"] {
  const { from, to } = query;
  const others = db.prepare<[string, string], { id: number; key: string }>(
    "SELECT id, key FROM series WHERE key > ? AND key < ? ORDER BY last DESC, id",
  );
  return query.silent.map(({ node, afterMs }) => {
    const heard = new Uint8Array(Math.ceil((to - from) / FIVE_MINUTES) + 1);
    const note = (at: number): void => {
      if (at >= from && at < to) heard[Math.floor((at - from) / FIVE_MINUTES)] = 1;
    };
    for (const column of columns) if (column.key.startsWith(`${node}/`)) for (const at of column.ats) note(at);
    // What says the same again is left out of a column, so its series is asked as well.
    const all = others.all(`${node}/`, `${node}0`).slice(0, MAX_OTHERS);
    for (const { id } of all) {
      const open = quiet(heard, from, to, afterMs);
      const [first, last] = [open[0], open.at(-1)];
      if (!first || !last) break;
      const edge = Math.max(first.from, Math.min(last.to, fineEdge(db)));
      const take = (at: number, s: { count: number; lastAt: number }): void => {
        if (s.count === 0) return;
        note(Math.max(at, from));
        note(s.lastAt);
      };
      eachRollup(db, "rollup_1h", id, first.from - HOUR, edge, take);
      eachRollup(db, "rollup_5m", id, edge, last.to, take);
    }
    return { node, stretches: quiet(heard, from, to, afterMs) };
  });
}

/** Stretches that begin `afterMs` after the last word and end with the next. */
function quiet(heard: Uint8Array, from: number, to: number, afterMs: number): PastStretch[] {
  const found: PastStretch[] = [];
  let last = from;
  const close = (at: number): void => {
    if (at - last > afterMs) found.push({ from: last + afterMs, to: at });
  };
  for (let i = 0; i < heard.length; i++) {
    if (heard[i] === 0) continue;
    const at = from + i * FIVE_MINUTES;
    close(at);
    last = at + FIVE_MINUTES;
  }
  close(to);
  return found;
}
