/** What each plug and meter does, worked out from its stored power alone when somebody asks, and kept for a while. */
import { loadsOf, type Part, partsOf, reversedPowers } from "../energy/parts.ts";
import type { LearnedLoad, LearnedLoads } from "../model/learned.ts";
import { daysOf, type History, layOut } from "../twin/history.ts";
import { studying } from "../twin/loads/study.ts";
import { loadInWords } from "../twin/loads/words.ts";
import { drive, type Pace } from "./drive.ts";
import { keptFor, type LearnParts } from "./learning.ts";
import { PAST_DAYS } from "./past.ts";

/** A refrigerator rests for half an hour: its cycles are lost in anything coarser. */
const STEP_MS = 5 * 60_000;
const DAY_MS = 86_400_000;
/** So much is asked of the store at once: an answer is taken over in one go, and the loop waits meanwhile. */
const PIECE_MS = 10 * DAY_MS;
/** Loads that are looked at; those beyond, in the order in which they were found, are left out and counted. */
const MOST_LOADS = 150;
const HELD_OUT = 0.25;

/** The power of one load since `from`, W, on a grid of five minutes that begins with the first thing known. */
async function powerOf(parts: LearnParts, key: string, timeZone: string, from: number, to: number): Promise<History> {
  const found = [];
  for (let at = from; at < to; at += PIECE_MS) {
    await parts.yieldNow();
    found.push(...(await parts.store.history({ key, from: at, to: Math.min(to, at + PIECE_MS), bucketMs: STEP_MS })));
  }
  const begin = found[0]?.at ?? to;
  const grid = { from: begin, stepMs: STEP_MS, steps: Math.max(0, Math.round((to - begin) / STEP_MS)), timeZone };
  return layOut(new Map([[key, found]]), grid);
}

async function study(
  parts: LearnParts,
  part: Part,
  key: string,
  turned: boolean,
  span: readonly [number, number],
): Promise<LearnedLoad> {
  const stored = await powerOf(parts, key, parts.home().settings.timeZone, ...span);
  const series = new Map([...stored.series].map(([path, watts]) => [path, turned ? watts.map((w) => -w) : watts]));
  const history: History = { ...stored, series };
  const days = daysOf(history);
  const heldOutFrom = days[Math.floor(days.length * (1 - HELD_OUT))]?.from ?? history.steps;
  const pace: Pace = { now: parts.now, yieldNow: parts.yieldNow };
  return loadInWords(history, part, await drive(studying(history, key, heldOutFrom), pace));
}

async function learn(parts: LearnParts): Promise<LearnedLoads> {
  const at = parts.now();
  const to = Math.floor(at / STEP_MS) * STEP_MS;
  const from = to - PAST_DAYS * DAY_MS;
  const energy = partsOf(parts.home());
  const reversed = reversedPowers(energy);
  const metered = loadsOf(energy).flatMap((part) => (part.power === undefined ? [] : [{ part, key: part.power }]));
  const loads: LearnedLoad[] = [];
  for (const { part, key } of metered.slice(0, MOST_LOADS))
    loads.push(await study(parts, part, key, reversed.has(key), [from, to]));
  return { at, from, to, loads, leftOut: Math.max(0, metered.length - MOST_LOADS) };
}

/** What each plug and meter does, kept for six hours. */
export const createLoadLearning = (parts: LearnParts): (() => Promise<LearnedLoads>) =>
  keptFor(parts.now, () => learn(parts));
