import { nameOf } from "../model/home.ts";
import { isKeptHere } from "../model/house-switch.ts";
import type { Clock, HouseSwitches, Hub, Pairing, Store } from "../ports.ts";
import { devicesBehind } from "../step/places.ts";
import type { CoreState, Input } from "../step.ts";

interface ForgetParts {
  readonly state: CoreState;
  readonly store: Store;
  readonly clock: Clock;
  readonly pairing: Pick<Pairing, "remove">;
  readonly switches: HouseSwitches;
  readonly put: (input: Input) => boolean;
}

/** Takes a node out of the home on all its roads; a Matter one leaves the fabric first, and where that fails all stays. */
export function createForget({ state, store, clock, pairing, switches, put }: ForgetParts): Hub["forgetNode"] {
  return async (id, by) => {
    const node = state.home.nodes.get(id);
    if (!node) return false;
    const name = nameOf(node);
    const roads = [...devicesBehind(state, id)];
    for (const { device, description } of roads) if (description.adapter === "matter") await pairing.remove(device);
    const at = clock.now();
    store.remove("nodeSettings", id);
    store.appendAudit({ at, by, what: "node-removed", subject: id, detail: name });
    put({ kind: "configured", node: id, settings: {}, at });
    for (const { device, description } of roads) if (isKeptHere(description)) switches.drop(device);
    for (const { device } of roads) put({ kind: "nodeGone", node: device, at });
    return true;
  };
}
