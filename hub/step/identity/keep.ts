/** Merged devices and proposals as they are kept. */
import type { Merge, Proposal } from "../../model/identity.ts";
import type { CoreState, Effect } from "../state.ts";
import { place } from "./fuse.ts";
import { type Group, MAX_OPEN, MAX_REJECTED, MAX_ROADS, type Road } from "./state.ts";
import { reindex } from "./tokens.ts";

export const mergeOf = ({ roads, evidence, by, at }: Group): Merge => ({
  roads: roads.map(({ device, description, node, settings, at: places, gone }) => ({
    ...{ device, description, node, settings, at: Object.fromEntries(places) },
    ...(gone ? { gone: true as const } : {}),
  })),
  ...{ evidence, by, at },
});

export const keepGroup = (group: Group): Effect => ({ kind: "keepMerge", device: group.device, merge: mergeOf(group) });

export const newRoad = (road: Pick<Road, "device" | "node" | "settings" | "description"> & Partial<Road>): Road => ({
  at: new Map(),
  ...{ gone: false, present: false, reachable: undefined, heardAt: 0 },
  values: new Map(),
  paths: new Map(),
  ...road,
});

export const newGroup = (roads: Road[], facts: Pick<Group, "evidence" | "by" | "at">): Group => ({
  device: roads[0]?.device ?? "",
  ...facts,
  roads,
  routes: new Map(),
  behind: new Map(),
  late: new Map(),
  echoes: new Map(),
  said: new Map(),
  lookedAt: 0,
});

/** Makes a group known by its roads and by the nodes that they were. */
export function enrol({ identity }: CoreState, group: Group): void {
  identity.groups.set(group.device, group);
  for (const road of group.roads) {
    identity.groupOf.set(road.device, group);
    if (road.device !== group.device) identity.formerly.set(road.node, group);
  }
}

export function dismiss({ identity }: CoreState, group: Group): void {
  identity.groups.delete(group.device);
  for (const road of group.roads) {
    identity.groupOf.delete(road.device);
    identity.formerly.delete(road.node);
  }
}

/** Takes in what was kept. Nodes that are part of another are no nodes of the home. */
export function restoreIdentity(state: CoreState, merges: readonly Merge[], proposals: readonly Proposal[]): void {
  for (const { roads: kept, evidence, by, at } of merges) {
    const roads = kept
      .slice(0, MAX_ROADS)
      .map(({ at: places, gone, ...road }) =>
        newRoad({ ...road, at: new Map(Object.entries(places)), gone: gone === true }),
      );
    if (roads.length < 2 || roads.some((r) => state.identity.groupOf.has(r.device))) continue;
    const group = newGroup(roads, { evidence, by, at });
    for (const road of roads) place(group, road);
    enrol(state, group);
    for (const road of roads.slice(1)) state.home.nodes.delete(road.node);
  }
  for (const id of state.home.nodes.keys()) reindex(state, id);
  const rejected = proposals.filter((p) => p.state === "rejected").slice(-MAX_REJECTED);
  for (const p of [...rejected, ...proposals.filter((p) => p.state === "open").slice(-MAX_OPEN)])
    state.identity.proposals.set(p.key, p);
}
