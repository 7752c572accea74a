import { knownOf, type NodeState } from "../model/home.ts";
import type { CoreState, Effect } from "./state.ts";

/** Silence is looked for once a minute: no device counts as silent after less. */
const LOOK_MS = 60_000;
/** Values told in one look; devices beyond it are told at the next. */
const MAX_TOLD = 2000;

const isSilent = ({ description, heardAt }: NodeState, at: number): boolean =>
  description.silentAfterS !== undefined && heardAt > 0 && at - heardAt > description.silentAfterS * 1000;

/**
 * A value goes stale by time alone, and no message says so: tells the values of devices that have fallen silent, once for
 * each silence. A device that is known to be out of reach has been told already.
 */
export function tellSilent(state: CoreState, at: number): Effect[] {
  if (at - state.silence.lookedAt < LOOK_MS) return [];
  state.silence.lookedAt = at;
  const effects: Effect[] = [];
  for (const [id, node] of state.home.nodes) {
    if (node.reachable === false || state.silence.nodes.has(id) || !isSilent(node, at)) continue;
    if (effects.length > 0 && effects.length + node.values.size > MAX_TOLD) break;
    state.silence.nodes.add(id);
    effects.push(...tellAll(node, at));
  }
  return effects;
}

/** A device that was silent has spoken: its other values count again. Nothing when it only spoke of the past. */
export function tellBack(state: CoreState, node: NodeState, at: number): Effect[] {
  const { id } = node.description;
  if (!state.silence.nodes.has(id) || isSilent(node, at)) return [];
  state.silence.nodes.delete(id);
  return tellAll(node, at);
}

const tellAll = (node: NodeState, at: number): Effect[] =>
  [...node.values.keys()].map((key) => ({
    kind: "tell",
    event: { type: "value", key, known: knownOf(node, key, at) },
  }));
