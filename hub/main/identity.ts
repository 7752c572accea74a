import { capabilities } from "../model/capabilities/index.ts";
import { type NodeState, nameOf } from "../model/home.ts";
import type { Proposal } from "../model/identity.ts";
import type { NodeId } from "../model/path.ts";
import type { Clock, Identity, MergedView, PathView, ProposalView, ProposedNode, RoadView, Store } from "../ports.ts";
import { openRoads, slotsOn } from "../step/identity/fuse.ts";
import { mergeOf } from "../step/identity/keep.ts";
import { isLive } from "../step/identity/live.ts";
import { inOrderOfWorth } from "../step/identity/look.ts";
import { whyNot } from "../step/identity/merge.ts";
import { homeOf } from "../step/identity/routes.ts";
import { type Group, type Road, slotOf, slotOfSpot } from "../step/identity/state.ts";
import { deviceBehind } from "../step/places.ts";
import type { CoreState, Input } from "../step.ts";

interface IdentityParts {
  readonly state: CoreState;
  readonly store: Store;
  readonly clock: Clock;
  readonly put: (input: Input) => boolean;
}

/** What people see of devices with several roads and say to it. What they said is written before they are answered. */
export function createIdentity({ state, store, clock, put }: IdentityParts): Identity {
  const { identity } = state;
  const here = (device: NodeId): NodeId => state.places.nodeOf.get(device) ?? device;
  const merge = (keep: NodeId, other: NodeId, proposal: Proposal | undefined, by: string) => {
    const words = `${by} says so.`;
    const evidence = [...(proposal?.evidence ?? []), { kind: "person" as const, words }];
    put({ kind: "merged", keep, other, evidence, by, at: clock.now() });
    const group = identity.groups.get(deviceBehind(state, keep));
    if (!group) return;
    for (const old of group.roads) if (old.device !== group.device) store.remove("merge", old.device);
    store.put("merge", group.device, mergeOf(group));
    writeNode(keep);
    store.remove("node", other);
    if (proposal) store.remove("identityProposal", proposal.key);
  };
  const writeNode = (id: NodeId) => {
    const node = state.home.nodes.get(id);
    if (!node) return;
    store.put("node", id, node.description);
    store.put("nodeSettings", id, node.settings);
  };
  const writeProposals = (about: NodeId) => {
    for (const p of identity.proposals.values())
      if (p.state === "rejected" && p.devices.includes(about)) store.put("identityProposal", p.key, p);
  };
  return {
    proposals: () =>
      [...identity.proposals.values()]
        .filter((p) => p.state === "open")
        .flatMap((p) => proposalView(state, p, here))
        .reverse(),
    merges: () => [...identity.groups.values()].flatMap((g) => mergedView(state, g, clock.now())),
    own: () => [...identity.own.values()],
    accept(key, by) {
      const proposal = identity.proposals.get(key);
      const view = proposal?.state === "open" ? proposalView(state, proposal, here)[0] : undefined;
      if (!view || whyNot(state, view.keep.node, view.other.node)) return undefined;
      merge(view.keep.node, view.other.node, proposal, by);
      return view.keep.node;
    },
    reject(key, by) {
      const proposal = identity.proposals.get(key);
      if (proposal?.state !== "open") return false;
      put({ kind: "proposalRejected", key, by, at: clock.now() });
      writeProposals(proposal.devices[0]);
      return true;
    },
    merge(keep, other, by) {
      if (!state.home.nodes.has(keep)) throw new RangeError(`keep: there is no device ${keep}`);
      const why = whyNot(state, keep, other);
      if (why) throw new RangeError(`other: ${why}`);
      merge(keep, other, undefined, by);
    },
    split(node, device, by) {
      const group = identity.groups.get(deviceBehind(state, node));
      if (!group || !state.home.nodes.has(node)) throw new RangeError(`node: ${node} has no other roads`);
      if (!group.roads.slice(1).some((r) => r.device === device))
        throw new RangeError("device: must be a road of this device that does not lead");
      put({ kind: "split", node, device, by, at: clock.now() });
      const left = identity.groups.get(group.device);
      if (left) store.put("merge", group.device, mergeOf(left));
      else store.remove("merge", group.device);
      writeProposals(device);
      writeNode(node);
      writeNode(here(device));
      return here(device);
    },
  };
}

function proposalView(
  state: CoreState,
  { key, devices, evidence, at }: Proposal,
  here: (d: NodeId) => NodeId,
): ProposalView[] {
  const [a, b] = inOrderOfWorth(state, here(devices[0]), here(devices[1]));
  const [keep, other] = [state.home.nodes.get(a), state.home.nodes.get(b)];
  return keep && other ? [{ key, keep: proposed(keep), other: proposed(other), evidence, at }] : [];
}

function proposed(node: NodeState): ProposedNode {
  const { id, adapter, dialect, vendor, model } = node.description;
  const { room } = node.settings;
  return {
    ...{ node: id, name: nameOf(node), adapter, dialect },
    ...(room === undefined ? {} : { room }),
    ...(vendor === undefined ? {} : { vendor }),
    ...(model === undefined ? {} : { model }),
  };
}

function mergedView(state: CoreState, group: Group, now: number): MergedView[] {
  const node = state.home.nodes.get(homeOf(state, group));
  if (!node) return [];
  const { evidence, by, at } = group;
  const roads = group.roads.map((r) => roadView(r, r === group.roads[0], now));
  return [{ node: node.description.id, name: nameOf(node), roads, paths: pathsOf(group), evidence, by, at }];
}

function roadView(road: Road, leads: boolean, now: number): RoadView {
  const { adapter, dialect, name, addresses, vendor, model, serial } = road.description;
  return {
    ...{ device: road.device, name, adapter, dialect, addresses, live: isLive(road, now), leads },
    reachable: road.gone ? false : (road.reachable ?? "unknown"),
    ...(vendor === undefined ? {} : { vendor }),
    ...(model === undefined ? {} : { model }),
    ...(serial === undefined ? {} : { serial }),
    ...(road.heardAt === 0 ? {} : { heardAt: road.heardAt }),
  };
}

/** Each capability with those that tell of it now: more than one where one road lacks an attribute. */
function pathsOf(group: Group): PathView[] {
  const now = new Map<string, Set<NodeId>>();
  for (const [spot, road] of group.routes) {
    const slot = slotOfSpot(spot);
    now.set(slot, (now.get(slot) ?? new Set()).add(road.device));
  }
  const roads = openRoads(group).flatMap((road) => slotsOn(road).map((s) => ({ ...s, road })));
  return [...now].map(([slot, telling]) => {
    const [endpoint = "", capability = ""] = slot.split("/");
    const able = roads.filter((r) => slotOf(r.number, r.capability) === slot).map((r) => r.road.device);
    const label = capabilities[capability]?.label ?? "From the maker";
    const others = able.filter((d) => !telling.has(d));
    return { endpoint: Number(endpoint), capability, label, now: [...telling], others };
  });
}
