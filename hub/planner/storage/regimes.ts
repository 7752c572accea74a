/**
 * What will have been seen by each slot ahead. A planner that knew from the start which path comes would wait for nothing;
 * one that learned nothing on the way would fear too much. So at each slot the paths are put in a few groups by how far the hours
 * before it were above or below the usual, and from there on only the group is known (aggregated states of a stochastic
 * dynamic programme).
 */

export interface WeightedPath {
  readonly weight: number;
  /** kWh by slot, load less sun. */
  readonly netKwh: Float64Array;
}

/** How fast what was seen loses its meaning, an hour. */
const FADE = 0.8;
export const REGIMES = 3;

/** The group 0..REGIMES-1 of each path at the start of each slot, and after the last one. All are in group 0 at the first. */
export function regimesOf(paths: readonly WeightedPath[], hours: Float64Array): Uint8Array[] {
  const all = paths.reduce((sum, p) => sum + p.weight, 0);
  const seen = new Float64Array(paths.length);
  const order = paths.map((_, k) => k);
  const groups = [new Uint8Array(paths.length)];
  hours.forEach((length, t) => {
    const mean = paths.reduce((sum, p) => sum + p.weight * (p.netKwh[t] ?? 0), 0) / all;
    const fade = FADE ** length;
    paths.forEach((p, k) => {
      seen[k] = fade * (seen[k] ?? 0) + (p.netKwh[t] ?? 0) - mean;
    });
    order.sort((a, b) => (seen[a] ?? 0) - (seen[b] ?? 0) || a - b);
    const group = new Uint8Array(paths.length);
    let passed = 0;
    for (const k of order) {
      const weight = paths[k]?.weight ?? 0;
      group[k] = Math.min(REGIMES - 1, Math.floor(((passed + weight / 2) / all) * REGIMES));
      passed += weight;
    }
    groups.push(group);
  });
  return groups;
}
