/** What time alone brings about: roads that fell silent or behind, pairs that switched together often enough. */
import type { CoreState, Effect } from "../state.ts";
import { isState, overtake } from "./door.ts";
import { isLive } from "./live.ts";
import { judge } from "./look.ts";
import { settle } from "./routes.ts";
import { type Group, type Road, slotOfSpot } from "./state.ts";
import { judgeChanges } from "./switching.ts";

/** Roads are compared by how much they told in this time. */
const PACE_MS = 60_000;
/** A road that tells so many times less than another of the same measurement has been overtaken. */
const SLOWER = 3;

export function identityTick(state: CoreState, now: number): Effect[] {
  const effects: Effect[] = [];
  for (const group of state.identity.groups.values()) {
    const isLate = overtake(group, now);
    const isDue = now - group.lookedAt >= PACE_MS;
    if (isDue) {
      group.lookedAt = now;
      pace(group, now);
    }
    if (isLate || isDue) effects.push(...settle(state, group, now));
  }
  for (const { nodes } of judgeChanges(state, now)) effects.push(...judge(state, ...nodes, now));
  return effects;
}

/** Measurements go over to the road that tells them much more often, and back once the other does again. */
function pace(group: Group, now: number): void {
  const leaders = new Map<string, Road>();
  for (const [spot, road] of group.routes) if (!isState(spot)) leaders.set(slotOfSpot(spot), road);
  for (const [slot, leader] of leaders) {
    const said = group.said.get(slot);
    const count = (road: Road): number => said?.get(road) ?? 0;
    const behind = group.behind.get(slot) ?? new Set<Road>();
    for (const road of behind) if (count(road) > 0 && count(road) * 2 >= count(leader)) behind.delete(road);
    const isSlow = group.roads.some(
      (r) =>
        r !== leader && isLive(r, now) && count(r) >= SLOWER && count(r) >= SLOWER * count(leader) && !behind.has(r),
    );
    if (isSlow) behind.add(leader);
    if (behind.size > 0) group.behind.set(slot, behind);
    else group.behind.delete(slot);
  }
  group.said.clear();
}
