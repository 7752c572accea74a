import { type Held, nameOf } from "../model/home.ts";
import type { NodeDescription } from "../model/node.ts";
import type { NodeId } from "../model/path.ts";
import { dropPending } from "./commands.ts";
import { overWith } from "./findings.ts";
import { stillFits } from "./fit.ts";
import { forgetSwitching } from "./identity/switching.ts";
import { reindex } from "./identity/tokens.ts";
import { swap } from "./places.ts";
import type { CoreState, Effect } from "./state.ts";

/**
 * A person says that the device `by` does from now on what the node `id` did. The node stays, with its name, room, history
 * and every rule that names it, and becomes the other device; the old device, should it speak again, is a node of its own
 * under the id that came free. So nothing has to be rewritten, and a second replacement takes the first one back.
 */
export function replaced(state: CoreState, id: NodeId, by: NodeId, who: string, at: number): Effect[] {
  const node = state.home.nodes.get(id);
  const other = state.home.nodes.get(by);
  if (!node || !other || id === by) return [];
  swap(state, id, by);
  const [before, after] = [node.description.name, other.description.name];
  node.description = { ...other.description, id };
  node.settings = { ...other.settings, ...node.settings };
  node.reachable = other.reachable;
  node.heardAt = other.heardAt;
  const last = [...node.values];
  node.values.clear();
  for (const [key, held] of other.values) node.values.set(`${id}${key.slice(by.length)}`, held);
  for (const [key, held] of last) keepLast(node.values, node.description, key, held);
  state.home.nodes.delete(by);
  for (const which of [id, by]) {
    state.silence.nodes.delete(which);
    state.silence.asleep.delete(which);
  }
  for (const which of [id, by]) {
    forgetSwitching(state, which);
    reindex(state, which);
  }
  const why = "another device took its place";
  const detail = `${before} gave its place as ${nameOf(node)} to ${after}`;
  return [
    { kind: "keepNode", node: node.description },
    { kind: "forgetNode", node: by },
    ...[id, by].flatMap((which) => [...dropPending(state, which, why, at), ...overWith(state, which, why, at)]),
    { kind: "tell", event: { type: "node", id } },
    { kind: "tell", event: { type: "node", id: by } },
    { kind: "audit", entry: { at, by: who, what: "node-replaced", subject: id, detail } },
  ];
}

// What the old device last said stands as old until the new one says it.
function keepLast(values: Map<string, Held>, description: NodeDescription, key: string, held: Held): void {
  if (!values.has(key) && stillFits(description, key, held.value)) values.set(key, { ...held, ageUnknown: true });
}
