import { knownOf } from "../model/home.ts";
import { pathKey } from "../model/path.ts";
import type { AdapterInput } from "../ports.ts";
import type { CoreState, Effect } from "./state.ts";

/**
 * A device has no value where it had one, as a charger without a car has no state of charge: the old one is forgotten, so
 * that nobody takes it for true. Its history stays.
 */
export function valuesUnset(
  state: CoreState,
  { node: id, attributes }: Extract<AdapterInput, { readonly kind: "unset" }>,
  now: number,
): Effect[] {
  const node = state.home.nodes.get(id);
  if (!node) return [];
  return attributes.flatMap((attribute): Effect[] => {
    const key = pathKey({ node: id, ...attribute });
    if (!node.values.delete(key)) return [];
    return [{ kind: "tell", event: { type: "value", key, known: knownOf(node, key, now) } }];
  });
}
