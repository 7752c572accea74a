import type { Value } from "../../../hub/model/capability.ts";
import { deviceTypesOf, knownOf, type NodeState, nameOf, presenceOf } from "../../../hub/model/home.ts";
import { pathKey } from "../../../hub/model/path.ts";
import { markOf, serialMarkOf } from "../own-mark.ts";
import type { OutDevice, Told } from "./protocol.ts";

/** The device as a bridge shows it. The marks tell this hub's own when they come back to it. */
export function outOf(node: NodeState, hubId: string): OutDevice {
  const { id, vendor, model, firmware, endpoints, addresses } = node.description;
  return {
    node: id,
    name: nameOf(node),
    ...(vendor ? { vendor } : {}),
    ...(model ? { model } : {}),
    ...(firmware ? { firmware } : {}),
    uniqueId: markOf(hubId, id),
    // Matter wants another text than the unique id here (11.1.5.19).
    serial: serialMarkOf(hubId, id, addresses),
    endpoints,
    kinds: Object.fromEntries(endpoints.map((e) => [String(e.number), deviceTypesOf(node, e)])),
  };
}

/** Out of reach, silent or never heard since the start of the hub: nothing of it is told as true. */
export const isHere = (node: NodeState, now: number): boolean => {
  const presence = presenceOf(node, now);
  return presence === "here" || presence === "asleep";
};

/** What is known now of these attributes (text paths), or of all; what is stale counts as not known. */
export function toldOf(node: NodeState, now: number, keys: Iterable<string> = keysOf(node)): Told {
  const { id } = node.description;
  const values: Record<string, Value | null> = {};
  for (const key of keys) {
    const known = knownOf(node, key, now);
    values[key.slice(id.length + 1)] = known.status === "known" ? known.value : null;
  }
  return { node: id, reachable: isHere(node, now), values };
}

function* keysOf({ description }: NodeState): Iterable<string> {
  for (const e of description.endpoints)
    for (const [capability, { attributes }] of Object.entries(e.capabilities))
      if (capability !== "vendor")
        for (const attribute of Object.keys(attributes))
          yield pathKey({ node: description.id, endpoint: e.number, capability, attribute });
}
