/** Cycles that are alike, put together: the programmes of a machine, each with its energy, length and shape. */
import { type History, hoursOf, valueAt } from "../history.ts";
import { deviation, mean, median } from "../numbers.ts";
import type { Cycle } from "./cycles.ts";

export interface Programme {
  readonly count: number;
  readonly kwh: number;
  readonly steps: number;
  /** W above nothing by step from its start: the middle of those that were seen. */
  readonly shape: readonly number[];
}

/** Two cycles are alike where energy and length differ by less than this share, or by next to nothing. */
const ALIKE = 0.25;
const ALIKE_KWH = 0.01;
const ALIKE_STEPS = 2;
/** A programme was seen at least so often; what a person is told of is the most usual ones. */
const LEAST_SEEN = 3;
const MOST_PROGRAMMES = 3;

/** What draws evenly is a machine's only where its cycles are as good as the same: a lamp burns evenly for as long as people like. */
const SAME = 0.08;
/** Phases of a programme differ at least by this share of its mean power. */
const UNEVEN = 0.5;

const near = (a: number, b: number, least: number, share: number): boolean =>
  Math.abs(a - b) <= Math.max(least, share * Math.max(a, b));

const alike = (a: Cycle, b: Cycle, share = ALIKE): boolean =>
  near(a.kwh, b.kwh, ALIKE_KWH, share) && near(a.to - a.from, b.to - b.from, ALIKE_STEPS, share);

/** The cycle that has the most others like it, with those. */
function fullest(cycles: readonly Cycle[]): readonly Cycle[] {
  let best: readonly Cycle[] = [];
  for (const one of cycles) {
    const like = cycles.filter((other) => alike(one, other));
    if (like.length > best.length) best = like;
  }
  return best;
}

function programmeOf(power: Float64Array, cycles: readonly Cycle[]): Programme {
  const steps = Math.round(median(cycles.map((c) => c.to - c.from)));
  const shape = Array.from({ length: steps }, (_, k) =>
    Math.round(median(cycles.map((c) => (c.from + k < c.to ? valueAt(power, c.from + k) : Number.NaN))) || 0),
  );
  return { count: cycles.length, kwh: median(cycles.map((c) => c.kwh)), steps, shape };
}

function isMachines(p: Programme, cycles: readonly Cycle[]): boolean {
  // What one step holds has no phases to tell.
  const inner = p.shape.slice(1, -1);
  if (inner.length > 2 && deviation(inner) >= UNEVEN * mean(inner)) return true;
  return cycles.filter((c) => alike(c, { ...c, kwh: p.kwh, to: c.from + p.steps }, SAME)).length >= 0.8 * cycles.length;
}

/** So many cycles are compared with one another, the newest. */
const MOST_COMPARED = 300;

/** The programmes seen among whole cycles, the most usual first, and the share of the cycles that are one of them. */
export function programmesOf(
  power: Float64Array,
  cycles: readonly Cycle[],
): { readonly programmes: readonly Programme[]; readonly share: number } {
  const compared = cycles.filter((c) => c.whole).slice(-MOST_COMPARED);
  const programmes: Programme[] = [];
  let left: readonly Cycle[] = compared;
  while (programmes.length < MOST_PROGRAMMES) {
    const like = fullest(left);
    if (like.length < LEAST_SEEN) break;
    const made = programmeOf(power, like);
    if (!isMachines(made, like)) break;
    programmes.push(made);
    left = left.filter((c) => !like.includes(c));
  }
  const seen = programmes.reduce((sum, p) => sum + p.count, 0);
  return { programmes, share: compared.length === 0 ? 0 : seen / compared.length };
}

/** Which programme a cycle of so many steps is likely to be. */
export const nearestTo = (programmes: readonly Programme[], steps: number): Programme | undefined =>
  [...programmes].sort((a, b) => Math.abs(a.steps - steps) - Math.abs(b.steps - steps))[0];

/** Hours a programme takes. */
export const hoursTaken = (h: History, p: Pick<Programme, "steps">): number => p.steps * hoursOf(h);
