import { isKeptHere } from "../model/house-switch.ts";
import type { NodeId } from "../model/path.ts";
import type { Clock, Hub, Store } from "../ports.ts";
import { placesOf } from "../step/places.ts";
import type { CoreState, Input } from "../step.ts";

interface ReplaceParts {
  readonly state: CoreState;
  readonly store: Store;
  readonly clock: Clock;
  readonly put: (input: Input) => boolean;
}

const isKept = ({ home }: CoreState, id: NodeId): boolean => {
  const node = home.nodes.get(id);
  return node !== undefined && isKeptHere(node.description);
};

/** A person puts one device in the place of another. Written before that person is answered. */
export function createReplace({ state, store, clock, put }: ReplaceParts): Hub["replaceNode"] {
  return (node, by, who) => {
    if (!state.home.nodes.has(node)) throw new RangeError(`node: there is no device ${node}`);
    if (node === by || !state.home.nodes.has(by)) throw new RangeError("by: must be another device of this home");
    if ([node, by].some((id) => isKept(state, id)))
      throw new RangeError("by: a switch or number of the house stands for no device, so none can take its place");
    put({ kind: "replaced", node, by, who, at: clock.now() });
    store.put("places", "places", placesOf(state));
    store.put("nodeSettings", node, state.home.nodes.get(node)?.settings ?? {});
    store.remove("nodeSettings", by);
  };
}
