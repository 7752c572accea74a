/** Fetches the home's stored past onto the twin's grid. */
import { type Parts, reversedPowers } from "../energy/parts.ts";
import type { Home } from "../model/home.ts";
import { parsePath } from "../model/path.ts";
import type { Store } from "../ports.ts";
import { pathsOf } from "../twin/fit.ts";
import { type Bucket, type History, layOut } from "../twin/history.ts";

const STEP_MS = 15 * 60_000;
const DAY_MS = 86_400_000;
/** What the twin learns from, days. */
export const PAST_DAYS = 60;

/** A state that has not changed in the whole period was never reported in it: what is held now stood all the time. */
function standing(home: Home, key: string, at: number): Bucket[] {
  const path = parsePath(key);
  const held = path && home.nodes.get(path.node)?.values.get(key);
  const value = typeof held?.value === "boolean" ? Number(held.value) : held?.value;
  return typeof value === "number" && held && held.at <= at ? [{ at, mean: value, last: value }] : [];
}

/**
 * The stored past from `from` to `to` (epoch ms) in steps of a quarter hour, beginning with the first thing known. Queries go one after another: a
 * person's own questions about the past must not wait behind thirty of ours.
 */
export async function pastOf(
  { store, yieldNow }: { readonly store: Pick<Store, "history" | "energy">; readonly yieldNow: () => Promise<void> },
  home: Home,
  parts: Parts,
  from: number,
  to: number,
): Promise<History> {
  const start = Math.floor(from / STEP_MS) * STEP_MS;
  const end = Math.floor(to / STEP_MS) * STEP_MS;
  const buckets = new Map<string, readonly Bucket[]>();
  const reversed = reversedPowers(parts);
  let first = end;
  for (const key of end > start ? pathsOf(parts) : []) {
    await yieldNow();
    const found = await store.history({ key, from: start, to: end, bucketMs: STEP_MS });
    first = Math.min(first, found[0]?.at ?? first);
    const stands = found.length > 0 ? found : standing(home, key, start);
    buckets.set(key, reversed.has(key) ? stands.map((b) => ({ ...b, mean: -b.mean, last: -b.last })) : stands);
  }
  const begin = Math.max(start, Math.floor(first / STEP_MS) * STEP_MS);
  const grid = { from: begin, stepMs: STEP_MS, steps: Math.max(0, (end - begin) / STEP_MS) };
  const series = new Map<string, Float64Array>();
  // One series at a time: two months of thirty series at once would hold the loop for too long.
  for (const one of withStart(buckets, begin)) {
    await yieldNow();
    for (const [key, values] of layOut(new Map([one]), { ...grid, timeZone: "" }).series) series.set(key, values);
  }
  await countGrid(store, parts, grid, series);
  const { timeZone, latitude, longitude } = home.settings;
  return { ...grid, timeZone, series, place: { latitude, longitude } };
}

/** A quarter hour of which less is known keeps its power. */
const WELL_KNOWN = 0.9;

/**
 * Puts the house meter's counted energy, from which bills are summed, in the place of its mean power: what a plan saved and what the bill says
 * rest on the same figures. Where the counters say nothing, or only of one direction in a home that gives, the power stands.
 */
async function countGrid(
  store: Pick<Store, "energy">,
  parts: Parts,
  grid: Pick<History, "from" | "stepMs" | "steps">,
  series: Map<string, Float64Array>,
): Promise<void> {
  const { power, meter } = parts.grid ?? {};
  const watts = power === undefined ? undefined : series.get(power);
  const oneWay = meter?.imported !== undefined && (meter.exported !== undefined || parts.solar.length === 0);
  const both = meter?.net !== undefined || oneWay;
  if (!power || !watts || !meter || !both || grid.steps === 0) return;
  const [slots] = await store.energy([meter], grid.from, grid.from + grid.steps * grid.stepMs, grid.stepMs);
  if (slots?.basis !== "counter") return;
  const perKwh = 3_600_000_000 / grid.stepMs;
  series.set(
    power,
    watts.map((mean, i) => {
      const kwh = (slots.importedKwh[i] ?? Number.NaN) - (slots.exportedKwh[i] || 0);
      return Number.isFinite(kwh) && (slots.coverage[i] ?? 0) >= WELL_KNOWN ? kwh * perKwh : mean;
    }),
  );
}

/** Moves what stood before the first step onto it. */
function withStart(buckets: ReadonlyMap<string, readonly Bucket[]>, begin: number): Map<string, readonly Bucket[]> {
  return new Map([...buckets].map(([key, list]) => [key, list.map((b) => (b.at < begin ? { ...b, at: begin } : b))]));
}

/** Where the past that a twin may learn from begins, seen from `to`. */
export const pastFrom = (to: number): number => to - PAST_DAYS * DAY_MS;
