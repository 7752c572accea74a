/** Fetches what miners read: the twin's past, and beside it what only they look at. */
import { loadsOf, type Parts } from "../../energy/parts.ts";
import type { Home } from "../../model/home.ts";
import { parsePath } from "../../model/path.ts";
import { coldBoxesOf, contactsOf } from "../../planner/miners/beside.ts";
import type { HistoryBucket, Store } from "../../ports.ts";
import { type History, layOut } from "../../twin/history.ts";
import { pastFrom, pastOf } from "../past.ts";

interface Asking {
  readonly store: Store;
  readonly yieldNow: () => Promise<void>;
  /** Told the share done; throws where the search was cancelled. */
  readonly step: (done: number) => void;
}

/** Loads, contacts and sensors that are looked at beside the twin's; further ones are left out. */
const MOST_BESIDE = 150;

/** What an attribute that tells only changes was before the first of them: what is held now, where it has not changed since. */
function heldBefore(home: Home, key: string, from: number): number {
  const path = parsePath(key);
  const held = path && home.nodes.get(path.node)?.values.get(key);
  const value = typeof held?.value === "boolean" ? Number(held.value) : held?.value;
  return typeof value === "number" && held && held.at <= from ? value : Number.NaN;
}

/** A state that holds until it changes; `seen`: 1 where it was so at any time within the step, as motion is. */
function stateOf(h: History, found: readonly HistoryBucket[], before: number, seen: boolean): Float64Array {
  const values = new Float64Array(h.steps).fill(Number.NaN);
  let next = 0;
  let stands = before;
  for (let i = 0; i < h.steps; i++) {
    const bucket = found[next];
    const here = bucket && Math.floor((bucket.at - h.from) / h.stepMs) <= i ? bucket : undefined;
    if (here) next++;
    const within = here ? Math.max(here.max, Number.isFinite(stands) ? stands : 0) : stands;
    if (here) stands = here.last;
    values[i] = seen ? within : stands;
  }
  return values;
}

/** The stored past of the last two months in quarter hours. Queries go one after another. */
export async function minersPast(
  { store, yieldNow, step }: Asking,
  home: Home,
  parts: Parts,
  now: number,
): Promise<History> {
  const h = await pastOf({ store, yieldNow }, home, parts, pastFrom(now), now);
  const series = new Map(h.series);
  const span = { from: h.from, to: h.from + h.steps * h.stepMs, bucketMs: h.stepMs };
  const ask = (key: string) => (h.steps > 0 ? store.history({ key, ...span }) : Promise.resolve([]));
  const plain = new Set([
    ...loadsOf(parts).flatMap((p) => [p.power, p.meter.estimate?.on]),
    ...coldBoxesOf(home, parts).map((b) => b.temperature),
  ]);
  const states = new Map([
    ...contactsOf(home).map((c) => [c.path, false] as const),
    ...parts.occupancy.map((o) => [o.path, true] as const),
  ]);
  const beside = [...plain].filter((key) => key !== undefined && !series.has(key)).slice(0, MOST_BESIDE);
  const all = beside.length + states.size;
  for (const [k, key] of beside.entries()) {
    await yieldNow();
    step(k / all);
    if (key === undefined) continue;
    const laid = layOut(new Map([[key, await ask(key)]]), h);
    for (const [path, values] of laid.series) series.set(path, values);
  }
  for (const [key, seen] of [...states].slice(0, MOST_BESIDE)) {
    await yieldNow();
    step(1);
    series.set(key, stateOf(h, await ask(key), heldBefore(home, key, h.from), seen));
  }
  return { ...h, series };
}
