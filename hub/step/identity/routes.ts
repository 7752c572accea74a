/** Who tells which attribute of a device with several roads: the better one, and another while that is lost. */
import { capabilities, VENDOR } from "../../model/capabilities/index.ts";
import { type Held, knownOf, type NodeState } from "../../model/home.ts";
import type { NodeId } from "../../model/path.ts";
import type { Reading } from "../../model/reading.ts";
import type { CoreState, Effect } from "../state.ts";
import { openRoads, slotsOn } from "./fuse.ts";
import { inOrder, isLive } from "./live.ts";
import { type Group, partsOfSpot, type Road, slotOf, spotOf } from "./state.ts";

/** The node of the home that a merged device is. */
export const homeOf = ({ places }: CoreState, group: Group): NodeId => places.nodeOf.get(group.device) ?? group.device;

const kindOf = (capability: string, attribute: string): string | undefined =>
  capabilities[capability]?.attributes[attribute]?.kind;

/** Roads to each attribute of the merged device, in the group's order. */
function roadsTo(group: Group): Map<string, Road[]> {
  const found = new Map<string, Road[]>();
  for (const road of openRoads(group))
    for (const { number, capability, instance } of slotsOn(road))
      for (const attribute of Object.keys(instance.attributes)) {
        const spot = spotOf(number, capability, attribute);
        const before = found.get(spot);
        if (!before) found.set(spot, [road]);
        // A maker's own value is one road's: the same word may mean something else on another.
        else if (capability !== VENDOR) before.push(road);
      }
  return found;
}

/**
 * Chooses anew who tells what. What a road said that takes over counts from now on if it is newer, and is recorded once if it
 * is news; what only a lost road tells is marked as cut off, or known again.
 */
export function settle(state: CoreState, group: Group, now: number): Effect[] {
  const node = state.home.nodes.get(homeOf(state, group));
  const routes = new Map<string, Road>();
  const orders = new Map<string, readonly Road[]>();
  const effects: Effect[] = [];
  const record: Reading[] = [];
  const isHeard = group.roads.some((r) => isLive(r, now));
  for (const [spot, roads] of roadsTo(group)) {
    const { endpoint, capability, attribute } = partsOfSpot(spot);
    const slot = slotOf(endpoint, capability);
    const order = orders.get(slot) ?? inOrder(group, slot, openRoads(group), now);
    orders.set(slot, order);
    const before = group.routes.get(spot);
    const best = order.find((r) => roads.includes(r)) ?? roads[0];
    if (!best) continue;
    const chosen =
      before && roads.includes(before) && mustStay(spot, before, best, kindOf(capability, attribute)) ? before : best;
    routes.set(spot, chosen);
    if (!node) continue;
    const key = `${node.description.id}/${spot}`;
    if (chosen !== before) group.late.delete(spot);
    const news = chosen === before ? undefined : takeOver(node, key, chosen, spot);
    if (news) {
      record.push(news);
      group.echoes.set(spot, { road: chosen, value: news.value, at: now });
    }
    if (cut(node, key, isHeard && !isLive(chosen, now)) || news) effects.push(tellValue(node, key, now));
  }
  const isOther = [...routes].some(([spot, road]) => group.routes.size > 0 && group.routes.get(spot) !== road);
  if (node && isOther) effects.push({ kind: "tell", event: { type: "node", id: node.description.id } });
  group.routes = routes;
  return record.length > 0 ? [{ kind: "record", readings: record }, ...effects] : effects;
}

/** Two roads may count from different starts: a counter stays with its road unless both agree. */
function mustStay(spot: string, before: Road, best: Road, kind: string | undefined): boolean {
  if (kind !== "counter" || before === best) return false;
  const [was, is] = [before.values.get(spot)?.held.value, best.values.get(spot)?.held.value];
  if (typeof was !== "number" || typeof is !== "number") return true;
  return Math.abs(is - was) > Math.max(0.1, Math.abs(was) * 0.005);
}

/** What the new road last said, if it is newer than what is held: that, as a reading if it is news. */
function takeOver(node: NodeState, key: string, road: Road, spot: string): Reading | undefined {
  const told = road.values.get(spot);
  const said = told?.held;
  const held = node.values.get(key);
  if (!told || !said || said.ageUnknown || (held && !held.ageUnknown && held.at >= said.at)) return undefined;
  node.values.set(key, { ...said });
  node.heardAt = Math.max(node.heardAt, said.at);
  if (told.isKept || held?.value === said.value) return undefined;
  told.isKept = true;
  const { endpoint, capability, attribute } = partsOfSpot(spot);
  const path = { node: node.description.id, endpoint, capability, attribute };
  return { path, value: said.value, at: said.at, source: said.source };
}

/** Marks a value whose only road is lost while the device is reached on another; whether that is a change. */
function cut(node: NodeState, key: string, isCut: boolean): boolean {
  const held: Held | undefined = node.values.get(key);
  if (!held || (held.cut === true) === isCut) return false;
  const { cut: _, ...rest } = held;
  node.values.set(key, isCut ? { ...rest, cut: true } : rest);
  return true;
}

const tellValue = (node: NodeState, key: string, now: number): Effect => ({
  kind: "tell",
  event: { type: "value", key, known: knownOf(node, key, now) },
});
