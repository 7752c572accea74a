/** Which model a machine should use, and why. */
import type { BenchResult } from "../../ports.ts";
import { type CatalogueModel, memoryOf } from "./model.ts";

/** A model and what is known of it on this machine. */
export interface Known {
  readonly model: CatalogueModel;
  readonly memoryBytes: number;
  readonly bench: BenchResult | undefined;
}

/** A model may take half of the memory: the rest is the home's, its history and its devices. */
const SHARE = 0.5;
/** A family does not wait longer for a proposal, ms. */
const PATIENCE_MS = 60_000;

export const fits = (memoryBytes: number, machineBytes: number): boolean => memoryBytes <= machineBytes * SHARE;

/** Memory that a model takes here: as measured, else as reckoned. */
export const memoryHere = (model: CatalogueModel, bench: BenchResult | undefined, sizeBytes?: number): number =>
  bench?.rssBytes ?? memoryOf(model, sizeBytes ?? model.sizeBytes);

/**
 * The largest model tried with the hub's own questions that this much memory carries; one that was measured here to read
 * more wishes right, in time, goes before it. No id: plan without a model.
 */
export function recommend(all: readonly Known[], machineBytes: number): { readonly id?: string; readonly why: string } {
  const fitting = all.filter((k) => fits(k.memoryBytes, machineBytes));
  const tried = fitting.filter((k) => k.model.purpose === "planning").sort((a, b) => b.memoryBytes - a.memoryBytes)[0];
  const machine = `${(machineBytes / 1e9).toFixed(1)} GB`;
  if (!tried)
    return {
      why: `no model of use fits into half of this machine's ${machine}: the built-in planner plans without one`,
    };
  const reads = (k: Known): number => (k.bench ? k.bench.house.right / Math.max(1, k.bench.house.of) : 0);
  const best = fitting
    .filter((k) => k.bench && k.bench.proposalMs <= PATIENCE_MS)
    .sort((a, b) => reads(b) - reads(a))[0];
  if (tried.bench && best?.bench && reads(best) > reads(tried))
    return {
      id: best.model.id,
      why: `measured here, it reads ${best.bench.house.right} of ${best.bench.house.of} wishes right, more than ${tried.model.name}, and fits into half of this machine's ${machine}`,
    };
  return {
    id: tried.model.id,
    why: `the largest of those tried with this hub's own questions that fit into half of this machine's ${machine}`,
  };
}
