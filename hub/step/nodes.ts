import { knownOf, type NodeState } from "../model/home.ts";
import type { NodeDescription, NodeSettings } from "../model/node.ts";
import { NODE_ID, type NodeId } from "../model/path.ts";
import { found as problemFound } from "./findings.ts";
import type { CoreState, Effect } from "./state.ts";

/** A device said what it is. A known node keeps its settings and values over any new description. */
export function nodeFound(state: CoreState, node: NodeDescription, at: number): Effect[] {
  const known = state.home.nodes.get(node.id);
  if (!NODE_ID.test(node.id))
    return problemFound(
      state,
      { code: "node-id-unusable", message: "An adapter named a device in a form that can't be kept." },
      at,
    );
  if (known) {
    if (same(known.description, node)) return [];
    known.description = node;
    dropForeignValues(known);
  } else if (state.home.nodes.size >= state.limits.maxNodes) {
    const message = `More than ${state.limits.maxNodes} devices: ${node.name} was left out.`;
    return problemFound(state, { code: "too-many-nodes", message, fix: "Remove devices that no longer exist." }, at);
  } else {
    state.home.nodes.set(node.id, {
      description: node,
      settings: state.away.get(node.id) ?? {},
      reachable: "unknown",
      heardAt: 0,
      values: new Map(),
    });
  }
  const told: Effect[] = [
    { kind: "keepNode", node },
    { kind: "tell", event: { type: "node", id: node.id } },
  ];
  if (known) return told;
  return [
    ...told,
    {
      kind: "audit",
      entry: { at, by: "hub", what: "node-found", subject: node.id, detail: `${node.name} over ${node.dialect}` },
    },
  ];
}

const same = (a: NodeDescription, b: NodeDescription): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Values of attributes that the new description no longer has would be shown for ever. */
function dropForeignValues(node: NodeState): void {
  const keys = new Set<string>();
  for (const e of node.description.endpoints)
    for (const [capability, instance] of Object.entries(e.capabilities))
      for (const attribute of Object.keys(instance.attributes))
        keys.add(`${node.description.id}/${e.number}/${capability}.${attribute}`);
  for (const key of node.values.keys()) if (!keys.has(key)) node.values.delete(key);
}

/** A device was removed by its maker or bridge. Its history stays in storage. */
export function nodeGone(state: CoreState, id: NodeId, at: number): Effect[] {
  const node = state.home.nodes.get(id);
  if (!node) return [];
  state.home.nodes.delete(id);
  if (state.away.size < state.limits.maxNodes) state.away.set(id, node.settings);
  state.silence.nodes.delete(id);
  return [
    { kind: "forgetNode", node: id },
    { kind: "tell", event: { type: "node", id } },
    { kind: "audit", entry: { at, by: "hub", what: "node-gone", subject: id, detail: node.description.name } },
  ];
}

/** A device, or the bridge it hangs on, came or went. Its values turn stale or known with it. */
export function reachable(state: CoreState, id: NodeId, isReachable: boolean, at: number): Effect[] {
  const node = state.home.nodes.get(id);
  if (!node || node.reachable === isReachable) return [];
  const before = node.reachable;
  node.reachable = isReachable;
  const effects: Effect[] = [{ kind: "tell", event: { type: "node", id } }];
  for (const key of node.values.keys())
    effects.push({ kind: "tell", event: { type: "value", key, known: knownOf(node, key, at) } });
  if (before !== "unknown") {
    const what = isReachable ? "node-back" : "node-lost";
    effects.push({ kind: "audit", entry: { at, by: "hub", what, subject: id, detail: node.description.name } });
  }
  return effects;
}

/** A person named a node, placed it or said what it is. */
export function configured(state: CoreState, id: NodeId, settings: NodeSettings): Effect[] {
  const node = state.home.nodes.get(id);
  if (!node) return [];
  node.settings = settings;
  return [{ kind: "tell", event: { type: "node", id } }];
}
