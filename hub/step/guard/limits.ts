/**
 * How far the house is from what it may take. A window's mean counts as the meter counts it: what it has imported so far, and what would come
 * of it if it went on like this. The fuse counts the moment, on the phase that carries most.
 */
import { gridNow } from "../../energy/flow.ts";
import type { PowerGuard } from "../../model/guard.ts";
import { knownOf } from "../../model/home.ts";
import type { CoreState } from "../state.ts";
import type { Watch } from "./state.ts";

export const MAINS_V = 230;
/** Aimed at, as a share of what is allowed; and up to which something is let go on again. */
const AIM = 0.97;
const AGAIN = 0.92;
/** A fuse bears a little more for an hour (IEC 60898: 1.13 times), but nobody plans with it. */
const FUSE_AIM = 0.95;
const FUSE_AGAIN = 0.85;
/** Towards the end of a window little can be mended: it is not tried with all might. */
const LEAST_LEFT_MS = 60_000;
/** A look that comes later than this says nothing of the time between. */
const GAP_MS = 150_000;
/** Too much for so long before anything is done: a kettle's first seconds are none. */
const MEAN_PATIENCE_MS = 30_000;
const FUSE_PATIENCE_MS = 3_000;

/** One thing that must hold. W are of a device on so many phases. */
export interface Bound {
  /** To be spared, W; 0 or less: nothing. */
  readonly over: (phases: number) => number;
  /** W by which something may rise again. */
  readonly room: (phases: number) => number;
  readonly patienceMs: number;
  readonly why: string;
}

const kw = (watts: number): string => (watts / 1000).toFixed(1);

/** What the house takes now, W; undefined where the meter does not tell. Counts it to the window that runs. */
export function lookAt(state: CoreState, guard: PowerGuard, watch: Watch, at: number): number | undefined {
  const { mean } = guard;
  const watts = gridNow(state.home, at);
  if (mean) {
    const length = mean.minutes * 60_000;
    const window = Math.floor(at / length) * length;
    const from = Math.max(watch.at, window);
    if (window !== watch.window) {
      watch.window = window;
      watch.seenMs = 0;
      watch.wh = 0;
    }
    if (at > from && at - watch.at <= GAP_MS) {
      watch.seenMs += at - from;
      watch.wh += (Math.max(0, watch.watts) * (at - from)) / 3_600_000;
    }
  }
  watch.at = at;
  if (watts !== undefined) watch.watts = watts;
  return watts;
}

/** The window that runs: W that it would come to, and W that may flow for the rest of it. */
function meanBound({ minutes, kw: allowed }: NonNullable<PowerGuard["mean"]>, watch: Watch, watts: number): Bound {
  const length = minutes * 60_000;
  const left = Math.max(LEAST_LEFT_MS, watch.window + length - watch.at);
  const gone = length - left;
  const soFar = watch.seenMs > 0 ? (watch.wh * 3_600_000) / watch.seenMs : Math.max(0, watts);
  const comesTo = (rest: number) => (soFar * gone + Math.max(0, rest) * left) / length;
  const rest = (AIM * allowed * 1000 * length - soFar * gone) / left;
  const target = Math.max(0, Math.min(rest, AIM * allowed * 1000));
  const name = minutes === 15 ? "the quarter hour" : minutes === 60 ? "the hour" : `these ${minutes} minutes`;
  return {
    over: () => (watts > rest ? watts - target : 0),
    room: () => Math.min(rest, AGAIN * allowed * 1000) - watts,
    patienceMs: MEAN_PATIENCE_MS,
    why: `${name} would come to ${kw(comesTo(watts))} kW, allowed are ${allowed.toFixed(1)}`,
  };
}

/** W on the phase that carries most; undefined where one of them is not known. */
function worstPhase(state: CoreState, paths: readonly string[], at: number): number | undefined {
  let most = Number.NEGATIVE_INFINITY;
  for (const path of paths) {
    const node = state.home.nodes.get(path.slice(0, Math.max(0, path.indexOf("/"))));
    const known = node && knownOf(node, path, at);
    if (known?.status !== "known" || typeof known.value !== "number") return undefined;
    most = Math.max(most, known.value);
  }
  return most;
}

function fuseBound(
  state: CoreState,
  { amps, phases }: NonNullable<PowerGuard["fuse"]>,
  at: number,
  watts: number,
): Bound {
  const phase = phases.length > 0 ? worstPhase(state, phases, at) : watts;
  const flows = phase ?? watts / Math.max(1, phases.length);
  const carries = amps * MAINS_V;
  return {
    over: (own) => (flows > carries ? (flows - FUSE_AIM * carries) * own : 0),
    room: (own) => (FUSE_AGAIN * carries - flows) * own,
    patienceMs: FUSE_PATIENCE_MS,
    why: `${Math.round(flows / MAINS_V)} A flow ${phases.length > 0 ? "on one phase" : "into the house"}, the main fuse carries ${amps}`,
  };
}

/** All that must hold now. */
export function boundsOf(state: CoreState, guard: PowerGuard, watch: Watch, at: number, watts: number): Bound[] {
  const { mean, fuse } = guard;
  return [...(fuse ? [fuseBound(state, fuse, at, watts)] : []), ...(mean ? [meanBound(mean, watch, watts)] : [])];
}
