/** Nodes by what could show that two are one, so that a new device is compared with few. */
import type { NodeId } from "../../model/path.ts";
import type { CoreState } from "../state.ts";
import { tokensOf } from "./evidence.ts";

/** Takes in what a node says of itself now, or that it is no node any more. */
export function reindex({ home, identity: { tokens, tokensOf: byNode } }: CoreState, id: NodeId): void {
  for (const token of byNode.get(id) ?? []) {
    const holders = tokens.get(token);
    holders?.delete(id);
    if (holders?.size === 0) tokens.delete(token);
  }
  byNode.delete(id);
  const node = home.nodes.get(id);
  if (!node) return;
  const own = tokensOf(node.description);
  byNode.set(id, own);
  for (const token of own) tokens.set(token, (tokens.get(token) ?? new Set()).add(id));
}

/** A MAC also stands as a serial number with some makers. */
const related = (token: string): readonly string[] =>
  token.startsWith("as-mac:") ? [token, token.slice(3)] : token.startsWith("mac:") ? [token, `as-${token}`] : [token];

export const holdersOf = ({ identity: { tokens } }: CoreState, token: string): ReadonlySet<NodeId> =>
  new Set(related(token).flatMap((t) => [...(tokens.get(t) ?? [])]));

/** Other nodes that have something of this one's. */
export function akin(state: CoreState, id: NodeId): ReadonlySet<NodeId> {
  const found = new Set((state.identity.tokensOf.get(id) ?? []).flatMap((t) => [...holdersOf(state, t)]));
  found.delete(id);
  return found;
}
