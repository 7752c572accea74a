/** One node becomes two again: what each was comes back. */
import type { NodeState } from "../../model/home.ts";
import { pairKey } from "../../model/identity.ts";
import type { NodeId } from "../../model/path.ts";
import { dropPending } from "../commands.ts";
import { stillFits } from "../fit.ts";
import { deviceBehind } from "../places.ts";
import type { CoreState, Effect } from "../state.ts";
import { fuse, slotsOn } from "./fuse.ts";
import { dismiss, enrol, keepGroup } from "./keep.ts";
import { reachableOf } from "./live.ts";
import { settle } from "./routes.ts";
import { type Group, type Road, spotOf } from "./state.ts";
import { reindex } from "./tokens.ts";

/** A road leaves: its device is the node again that it was, with its settings, and is not put together again by the hub. */
export function split(state: CoreState, id: NodeId, device: NodeId, by: string, at: number): Effect[] {
  const node = state.home.nodes.get(id);
  const group = state.identity.groups.get(deviceBehind(state, id));
  const road = group?.roads.find((r) => r.device === device && r !== group.roads[0]);
  if (!node || !group || !road) return [];
  const values = valuesOf(state, group, road, node);
  dismiss(state, group);
  group.roads = group.roads.filter((r) => r !== road);
  for (const set of group.behind.values()) set.delete(road);
  const effects = group.roads.length > 1 ? stillOne(state, group, node, at) : oneRoad(group, node);
  const back = state.places.nodeOf.get(device) ?? device;
  const apart = group.roads.flatMap((r) => reject(state, r.device, device, by, at));
  for (const [key, held] of node.values) if (!stillFits(node.description, key, held.value)) node.values.delete(key);
  const arrived = road.gone ? awayAgain(state, back, road, values) : returned(state, back, road, values);
  reindex(state, id);
  reindex(state, back);
  const detail = `${road.description.name} over ${road.description.dialect} is a device of its own again`;
  return [
    ...dropPending(state, id, "its roads were parted", at),
    ...effects,
    ...arrived,
    ...apart,
    { kind: "tell", event: { type: "node", id } },
    { kind: "tell", event: { type: "node", id: back } },
    { kind: "audit", entry: { at, by, what: "nodes-split", subject: id, detail } },
  ];
}

function stillOne(state: CoreState, group: Group, node: NodeState, at: number): Effect[] {
  enrol(state, group);
  node.description = { ...fuse(group), id: node.description.id };
  node.reachable = reachableOf(group) ?? "unknown";
  return [keepGroup(group), { kind: "keepNode", node: node.description }, ...settle(state, group, at)];
}

function oneRoad(group: Group, node: NodeState): Effect[] {
  const [lead] = group.roads;
  if (lead) {
    node.description = { ...lead.description, id: node.description.id };
    node.reachable = lead.reachable ?? "unknown";
    node.heardAt = lead.heardAt || node.heardAt;
  }
  for (const [key, { cut, ...held }] of node.values) if (cut) node.values.set(key, { ...held, ageUnknown: true });
  return [
    { kind: "dropMerge", device: group.device },
    { kind: "keepNode", node: node.description },
  ];
}

/** What a road last said, under the endpoints of its own; what it did not say since the hub's start is taken from the whole. */
function valuesOf(state: CoreState, group: Group, road: Road, node: NodeState): NodeState["values"] {
  const id = state.places.nodeOf.get(road.device) ?? road.device;
  const values: NodeState["values"] = new Map();
  for (const { number, own, capability, instance } of slotsOn(road))
    for (const attribute of Object.keys(instance.attributes)) {
      const spot = spotOf(number, capability, attribute);
      const held = node.values.get(`${node.description.id}/${spot}`);
      const said = road.values.get(spot)?.held ?? (held && group.routes.get(spot) === road ? held : undefined);
      const { cut: _, ...last } = said ?? { value: 0, at: 0, source: "", ageUnknown: true };
      if (said) values.set(`${id}/${spotOf(own.number, capability, attribute)}`, last);
    }
  return values;
}

function returned(state: CoreState, id: NodeId, road: Road, values: NodeState["values"]): Effect[] {
  const description = { ...road.description, id };
  const { settings, reachable, heardAt } = road;
  state.home.nodes.set(id, { description, settings, reachable: reachable ?? "unknown", heardAt, values });
  return [
    { kind: "keepNode", node: description },
    { kind: "keepSettings", node: id, settings },
  ];
}

function awayAgain(state: CoreState, id: NodeId, road: Road, values: NodeState["values"]): Effect[] {
  if (state.away.size >= state.limits.maxNodes) return [];
  state.away.set(id, { settings: road.settings, values, heardAt: road.heardAt });
  return [
    { kind: "keepAway", node: id },
    { kind: "keepSettings", node: id, settings: road.settings },
  ];
}

/** Two devices are two: that is remembered, and not asked again. */
export function reject(state: CoreState, a: NodeId, b: NodeId, by: string, at: number): Effect[] {
  const { proposals } = state.identity;
  const key = pairKey(a, b);
  const before = proposals.get(key);
  const devices: readonly [NodeId, NodeId] = [a, b];
  const proposal = { key, devices, evidence: before?.evidence ?? [], state: "rejected" as const, at, by };
  proposals.delete(key);
  proposals.set(key, proposal);
  return [{ kind: "keepProposal", key, proposal }];
}
