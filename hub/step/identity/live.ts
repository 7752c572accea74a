/** Which roads can be heard, and which goes first. */
import { silentAfterS } from "../../model/sleep.ts";
import { openRoads } from "./fuse.ts";
import { type Group, type Road, slotOf } from "./state.ts";

/** Whether what a road last said counts as known: it is there, and not longer silent than it should be. `now` in epoch ms. */
export function isLive({ gone, present, reachable, heardAt, description }: Road, now: number): boolean {
  if (gone || !present || reachable === false) return false;
  const silent = silentAfterS(description);
  return silent === undefined || heardAt === 0 || now - heardAt <= silent * 1000;
}

/** There on one road is there; away is away on all that ever say so and were not heard since. Undefined while nobody can tell. */
export function reachableOf(group: Group): boolean | undefined {
  const open = openRoads(group);
  if (open.some((r) => r.reachable === true)) return true;
  return open.every((r) => r.reachable === false || (r.reachable === undefined && r.heardAt === 0)) &&
    open.some((r) => r.reachable === false)
    ? false
    : undefined;
}

/** Lower is better: heard or said to be there, then not contradicted, then not there. */
function rankOf(road: Road, now: number): number {
  if (!isLive(road, now)) return 2;
  return road.reachable === true || road.heardAt > 0 ? 0 : 1;
}

/** How much a road tells of a slot of the merged device. */
function finenessOf(road: Road, slot: string): number {
  for (const { number, capabilities } of road.description.endpoints)
    for (const [name, { attributes }] of Object.entries(capabilities))
      if (slotOf(road.at.get(slotOf(number, name)) ?? -1, name) === slot) return Object.keys(attributes).length;
  return 0;
}

/** The roads to a capability, the better first: heard, not overtaken, finer, then in the group's order. */
export function inOrder(group: Group, slot: string, roads: readonly Road[], now: number): readonly Road[] {
  const behind = group.behind.get(slot);
  const scored = roads.map(
    (road, at) => [rankOf(road, now), behind?.has(road) ? 1 : 0, -finenessOf(road, slot), at] as const,
  );
  return roads
    .map((road, at) => ({ road, score: scored[at] ?? [9, 9, 9, 9] }))
    .sort((a, b) => compare(a.score, b.score))
    .map(({ road }) => road);
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (const [i, x] of a.entries()) if (x !== b[i]) return x - (b[i] ?? 0);
  return 0;
}
