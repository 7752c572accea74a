import type { PastColumn, PastStretch } from "../model/past.ts";
import type { NodeId } from "../model/path.ts";
import type { Past, PastQuery } from "../ports.ts";
import { decodeBlock } from "./block.ts";
import { type Connection, prepared } from "./connect.ts";
import { DIRTY, firstBlock, type Hours, SEALED_DIRTY } from "./hours.ts";
import { eachRollup, fineEdge } from "./rollups.ts";
import { emptySummary, FIVE_MINUTES, HOUR } from "./summary.ts";

/** So many further attributes of a device are asked whether something was heard of it. */
const MAX_OTHERS = 8;

/** What was heard of one device, by five minutes from the beginning of the question on. */
interface Ear {
  readonly node: NodeId;
  readonly afterMs: number;
  readonly heard: Uint8Array;
  readonly series: readonly number[];
}

type Span = Pick<PastQuery, "from" | "to">;

/**
 * When devices were silent: nothing was heard of any of their attributes. What says the same again is left out of a column, so that rollups
 * are asked as well, and of hours that are not rolled up yet the readings themselves.
 */
export function silencesOf(
  db: Connection,
  query: PastQuery,
  columns: readonly PastColumn[],
  hours: Hours,
): Past["silences"] {
  const { from, to } = query;
  const others = db
    .prepare<[string, string], number>("SELECT id FROM series WHERE key > ? AND key < ? ORDER BY last DESC, id")
    .pluck();
  const ears = query.silent.map(({ node, afterMs }): Ear => {
    const heard = new Uint8Array(Math.ceil((to - from) / FIVE_MINUTES) + 1);
    const ear = { node, afterMs, heard, series: others.all(`${node}/`, `${node}0`) };
    for (const { key, ats } of columns)
      if (key.startsWith(`${node}/`)) for (let i = 0; i < ats.length; i++) note(ear, query, ats[i] ?? 0);
    askRollups(db, ear, query);
    return ear;
  });
  askReadings(db, ears, query, hours);
  return ears.map((ear) => ({ node: ear.node, stretches: quiet(ear, query) }));
}

function note({ heard }: Ear, { from, to }: Span, at: number): void {
  if (at >= from && at < to) heard[Math.floor((at - from) / FIVE_MINUTES)] = 1;
}

function askRollups(db: Connection, ear: Ear, span: Span): void {
  const one = emptySummary();
  for (const id of ear.series.slice(0, MAX_OTHERS)) {
    const open = quiet(ear, span);
    const [first, last] = [open[0], open.at(-1)];
    if (!first || !last) return;
    const edge = Math.max(first.from, Math.min(last.to, fineEdge(db)));
    const take = (at: number, s: { count: number; lastAt: number }): void => {
      if (s.count === 0) return;
      note(ear, span, Math.max(at, span.from));
      note(ear, span, s.lastAt);
    };
    eachRollup(db, "rollup_1h", id, first.from - HOUR, edge, take, one);
    eachRollup(db, "rollup_5m", id, edge, last.to, take, one);
  }
}

/** Hours whose rollups are missing or behind, as far as something still seems to have been silent in them: of a hub that runs the newest, up to twelve. */
function askReadings(db: Connection, ears: readonly Ear[], span: Span, hours: Hours): void {
  const open = ears.flatMap((ear) => quiet(ear, span).map(({ from, to }) => ({ ear, from: from - ear.afterMs, to })));
  const blocks = prepared(db, "SELECT data FROM raw WHERE id >= ? AND id < ?", "pluck");
  for (const [hour, state] of hours) {
    if (state !== DIRTY && state !== SEALED_DIRTY) continue;
    const [start, end] = [hour * HOUR, (hour + 1) * HOUR];
    const here = new Map(
      open.flatMap(({ ear, from, to }) => (from < end && to > start ? ear.series.map((id) => [id, ear] as const) : [])),
    );
    if (here.size === 0) continue;
    const wanted = new Set(here.keys());
    for (const data of blocks.all(firstBlock(hour), firstBlock(hour + 1)) as Buffer[])
      decodeBlock(data, start, wanted, ({ series, ats }) => {
        const ear = here.get(series);
        if (ear) for (const at of ats) note(ear, span, at);
      });
  }
}

/** Stretches that begin `afterMs` after the last word and end with the next. */
function quiet({ heard, afterMs }: Ear, { from, to }: Span): PastStretch[] {
  const found: PastStretch[] = [];
  const close = (last: number, at: number): void => {
    if (at - last > afterMs) found.push({ from: last + afterMs, to: at });
  };
  // Up to which of the five minutes something was heard: in whole numbers, for there are 100,000 of them in a year.
  let last = 0;
  for (let i = heard.indexOf(1); i >= 0; i = heard.indexOf(1, last)) {
    if (i > last) close(from + last * FIVE_MINUTES, from + i * FIVE_MINUTES);
    const next = heard.indexOf(0, i);
    last = next < 0 ? heard.length : next;
  }
  close(from + last * FIVE_MINUTES, to);
  return found;
}
