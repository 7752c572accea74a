import { knownOf, type NodeState } from "../model/home.ts";
import type { NodeDescription, NodeSettings } from "../model/node.ts";
import { NODE_ID, type NodeId } from "../model/path.ts";
import { dropPending } from "./commands.ts";
import { overWith, found as problemFound } from "./findings.ts";
import { stillFits } from "./fit.ts";
import type { Away, CoreState, Effect } from "./state.ts";

/**
 * A device said what it is. A known node keeps its settings and values over any new description; one that was away comes
 * back under its settings, with its last values as such.
 */
export function nodeFound(state: CoreState, node: NodeDescription, at: number): Effect[] {
  if (!NODE_ID.test(node.id))
    return problemFound(
      state,
      { code: "node-id-unusable", message: "An adapter named a device in a form that can't be kept." },
      at,
    );
  const known = state.home.nodes.get(node.id);
  if (known) return described(known, node, at);
  if (state.home.nodes.size >= state.limits.maxNodes) {
    const message = `More than ${state.limits.maxNodes} devices: ${node.name} was left out.`;
    return problemFound(state, { code: "too-many-nodes", message, fix: "Remove devices that no longer exist." }, at);
  }
  const away = state.away.get(node.id);
  state.away.delete(node.id);
  state.home.nodes.set(node.id, arrived(node, away));
  return [
    ...(away ? [{ kind: "forgetAway" as const, node: node.id }] : []),
    ...tellAndKeep(node),
    {
      kind: "audit",
      entry: { at, by: "hub", what: "node-found", subject: node.id, detail: `${node.name} over ${node.dialect}` },
    },
  ];
}

const tellAndKeep = (node: NodeDescription): Effect[] => [
  { kind: "keepNode", node },
  { kind: "tell", event: { type: "node", id: node.id } },
];

/** A node as it enters the home. What it said before it went away is of the past until it says it again. */
function arrived(description: NodeDescription, away: Away | undefined): NodeState {
  const settings = away?.settings ?? {};
  const state: NodeState = {
    description,
    settings,
    reachable: "unknown",
    heardAt: away?.heardAt ?? 0,
    values: new Map(),
  };
  for (const [key, held] of away?.values ?? [])
    if (stillFits(description, key, held.value)) state.values.set(key, { ...held, ageUnknown: true });
  return state;
}

/** The same node in new words: a name, firmware, topics or attributes. */
function described(known: NodeState, node: NodeDescription, at: number): Effect[] {
  const before = known.description;
  if (same(before, node)) return [];
  known.description = node;
  // Values of attributes that the device no longer has, or has in another form, would be shown for ever.
  for (const [key, held] of known.values) if (!stillFits(node, key, held.value)) known.values.delete(key);
  const changes = [
    changeWords("name", before.name, node.name),
    changeWords("firmware", before.firmware, node.firmware),
  ];
  const detail = changes.filter(Boolean).join("; ");
  if (!detail) return tellAndKeep(node);
  return [
    ...tellAndKeep(node),
    { kind: "audit", entry: { at, by: "hub", what: "node-changed", subject: node.id, detail } },
  ];
}

const same = (a: NodeDescription, b: NodeDescription): boolean => JSON.stringify(a) === JSON.stringify(b);

const changeWords = (what: string, before: string | undefined, after: string | undefined): string =>
  before === after ? "" : `${what} ${before ?? "unknown"}, now ${after ?? "unknown"}`;

const LEFT = "the device left the home";

/** A device was removed by its maker or bridge. Its settings, last values and history stay, so that it can come back. */
export function nodeGone(state: CoreState, id: NodeId, at: number): Effect[] {
  const node = state.home.nodes.get(id);
  if (!node) return [];
  state.home.nodes.delete(id);
  state.silence.nodes.delete(id);
  state.silence.asleep.delete(id);
  const { settings, values, heardAt } = node;
  const isKept = state.away.size < state.limits.maxNodes;
  if (isKept) state.away.set(id, { settings, values, heardAt });
  return [
    { kind: "forgetNode", node: id },
    ...(isKept ? [{ kind: "keepAway" as const, node: id }] : []),
    { kind: "tell", event: { type: "node", id } },
    ...dropPending(state, id, LEFT, at),
    ...overWith(state, id, LEFT, at),
    { kind: "audit", entry: { at, by: "hub", what: "node-gone", subject: id, detail: node.description.name } },
  ];
}

/** A device, or the bridge it hangs on, came or went. Its values turn stale or known with it. */
export function reachable(state: CoreState, id: NodeId, isReachable: boolean, at: number): Effect[] {
  const node = state.home.nodes.get(id);
  if (!node || node.reachable === isReachable) return [];
  const before = node.reachable;
  node.reachable = isReachable;
  node.lostAt = isReachable ? undefined : at;
  if (isReachable) node.backAt = at;
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
