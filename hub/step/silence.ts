import { isForgotten, isSilent, knownOf, type NodeState, presenceOf } from "../model/home.ts";
import type { CoreState, Effect } from "./state.ts";

/** Silence is looked for once a minute: no device counts as silent after less. */
const LOOK_MS = 60_000;
/** Values told in one look; devices beyond it are told at the next. */
const MAX_TOLD = 2000;

/**
 * A value goes stale by time alone, and no message says so: tells the values of devices that have fallen silent, once for
 * each silence, and the devices that have fallen asleep. A device that is known to be out of reach has been told already,
 * until after a day its values are unknown.
 */
export function tellSilent(state: CoreState, at: number): Effect[] {
  if (at - state.silence.lookedAt < LOOK_MS) return [];
  state.silence.lookedAt = at;
  const { nodes, asleep, forgotten } = state.silence;
  const effects: Effect[] = [];
  for (const [id, node] of state.home.nodes) {
    const isNewlyForgotten = isForgotten(node, at) && !forgotten.has(id);
    if (!isForgotten(node, at)) forgotten.delete(id);
    const isNewlySilent = !nodes.has(id) && node.reachable !== false && isSilent(node, at);
    if ((isNewlySilent || isNewlyForgotten) && effects.length > 0 && effects.length + node.values.size > MAX_TOLD)
      break;
    if (isNewlyForgotten) {
      forgotten.add(id);
      effects.push(...tellAll(node, at));
    } else if (isNewlySilent) {
      nodes.add(id);
      asleep.delete(id);
      effects.push(tellNode(node), ...tellAll(node, at));
    } else if (!asleep.has(id) && presenceOf(node, at) === "asleep") {
      asleep.add(id);
      effects.push(tellNode(node));
    }
  }
  return effects;
}

/** A device that was silent or asleep has spoken: its other values count again. Nothing when it only spoke of the past. */
export function tellBack(state: CoreState, node: NodeState, at: number): Effect[] {
  const { id } = node.description;
  const { nodes, asleep } = state.silence;
  const woke: Effect[] = asleep.has(id) && presenceOf(node, at) !== "asleep" ? [tellNode(node)] : [];
  if (woke.length > 0) asleep.delete(id);
  if (!nodes.has(id) || isSilent(node, at)) return woke;
  nodes.delete(id);
  return [tellNode(node), ...tellAll(node, at)];
}

const tellNode = ({ description }: NodeState): Effect => ({
  kind: "tell",
  event: { type: "node", id: description.id },
});

const tellAll = (node: NodeState, at: number): Effect[] =>
  [...node.values.keys()].map((key) => ({
    kind: "tell",
    event: { type: "value", key, known: knownOf(node, key, at) },
  }));
