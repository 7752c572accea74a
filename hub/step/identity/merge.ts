/** Two nodes become one, or one becomes two again. Nothing is lost: what a node was stays with its road. */
import type { NodeState } from "../../model/home.ts";
import { type Evidence, pairKey } from "../../model/identity.ts";
import type { NodeSettings } from "../../model/node.ts";
import type { NodeId } from "../../model/path.ts";
import { dropPending } from "../commands.ts";
import { overWith } from "../findings.ts";
import { deviceBehind } from "../places.ts";
import type { CoreState, Effect } from "../state.ts";
import { fuse, place, slotsOn } from "./fuse.ts";
import { dismiss, enrol, keepGroup, newGroup, newRoad } from "./keep.ts";
import { reachableOf } from "./live.ts";
import { settle } from "./routes.ts";
import { type Group, MAX_ROADS, partsOfSpot, type Road, slotOf, spotOf } from "./state.ts";
import { forgetSwitching } from "./switching.ts";
import { reindex } from "./tokens.ts";

export interface Why {
  readonly evidence: readonly Evidence[];
  /** A person's name, or `hub`. */
  readonly by: string;
  readonly at: number;
}

/** Why two nodes can't be made one; undefined when they can. */
export function whyNot(state: CoreState, keep: NodeId, other: NodeId): string | undefined {
  const { nodes } = state.home;
  if (!nodes.has(keep) || !nodes.has(other) || keep === other) return "must be two devices of this home";
  const roads = [keep, other].map((id) => state.identity.groups.get(deviceBehind(state, id))?.roads.length ?? 1);
  return roads.reduce((a, b) => a + b, 0) > MAX_ROADS ? `a device has at most ${MAX_ROADS} roads` : undefined;
}

/** `other` becomes part of `keep`, which keeps its id, name, room, history, rules and plans. */
export function merged(state: CoreState, keep: NodeId, other: NodeId, why: Why): Effect[] {
  const [node, part] = [state.home.nodes.get(keep), state.home.nodes.get(other)];
  if (!node || !part || whyNot(state, keep, other)) return [];
  const { at, by } = why;
  const [lead, rest] = [roadsOf(state, node), roadsOf(state, part)];
  const dropped = rest.length > 1 ? [{ kind: "dropMerge" as const, device: rest[0]?.device ?? "" }] : [];
  for (const roads of [lead, rest]) {
    const before = state.identity.groups.get(roads[0]?.device ?? "");
    if (before) dismiss(state, before);
  }
  const group = newGroup(lead, { evidence: why.evidence, by, at });
  for (const road of lead) place(group, road);
  if (lead.length === 1) for (const road of lead) takeValues(road, node);
  for (const road of rest) join(group, road, rest.length === 1 ? part : undefined);
  enrol(state, group);
  const held = { held: other, was: part };
  const effects = becomeOne(state, group, node, held, at);
  const detail = `${part.description.name} over ${part.description.dialect} is ${node.description.name}: ${wordsOf(why.evidence)}`;
  return [
    ...dropped,
    ...effects,
    ...settled(state, pairKey(group.device, rest[0]?.device ?? "")),
    { kind: "audit", entry: { at, by, what: "nodes-merged", subject: keep, detail } },
  ];
}

const wordsOf = (evidence: readonly Evidence[]): string =>
  evidence.map((e) => e.words).join(" ") || "a person says so.";

/** The roads of a node: those it has already, or the one that it is. */
function roadsOf(state: CoreState, node: NodeState): Road[] {
  const { id } = node.description;
  const device = deviceBehind(state, id);
  const group = state.identity.groups.get(device);
  // What was set while it led is what it comes back with, should it lead no longer.
  if (group) return group.roads.map((r, i) => (i === 0 ? { ...r, node: id, settings: node.settings } : r));
  const { description, settings, reachable, heardAt } = node;
  const isPresent = state.identity.looked.has(id);
  const road = newRoad({ device, node: id, settings, description: { ...description, id: device } });
  road.present = isPresent;
  road.reachable = reachable === "unknown" ? undefined : reachable;
  // Before the hub's start is no sign of life now.
  road.heardAt = isPresent && [...node.values.values()].some((v) => !v.ageUnknown) ? heardAt : 0;
  return [road];
}

/** What a node with one road holds is what that road said. */
function takeValues(road: Road, { description, values }: NodeState): void {
  const prefix = `${description.id}/`.length;
  for (const [key, { cut: _, ...held }] of values) {
    const { endpoint, capability, attribute } = partsOfSpot(key.slice(prefix));
    const number = road.at.get(slotOf(endpoint, capability));
    if (number !== undefined)
      road.values.set(spotOf(number, capability, attribute), { held, before: undefined, isKept: true });
  }
}

/** A road of another device joins: what it said stands from now on where its capabilities stand here. */
function join(group: Group, road: Road, alone: NodeState | undefined): void {
  const before = [...road.values];
  const own = new Map(slotsOn(road).map((s) => [slotOf(s.number, s.capability), s.own.number]));
  group.roads.push(road);
  road.at.clear();
  road.paths.clear();
  road.values.clear();
  place(group, road);
  if (alone) {
    takeValues(road, alone);
    return;
  }
  for (const [spot, told] of before) {
    const { endpoint, capability, attribute } = partsOfSpot(spot);
    const number = road.at.get(slotOf(own.get(slotOf(endpoint, capability)) ?? -1, capability));
    if (number !== undefined) road.values.set(spotOf(number, capability, attribute), told);
  }
}

function becomeOne(
  state: CoreState,
  group: Group,
  node: NodeState,
  { held: other, was }: { held: NodeId; was: NodeState },
  at: number,
): Effect[] {
  const { id, name } = node.description;
  node.description = { ...fuse(group), id };
  node.settings = settingsOfBoth(group, node, was);
  node.reachable = reachableOf(group) ?? "unknown";
  state.home.nodes.delete(other);
  keepHold(state, other, id);
  for (const which of [id, other]) {
    state.silence.nodes.delete(which);
    state.silence.asleep.delete(which);
    forgetSwitching(state, which);
    reindex(state, which);
  }
  const why = `it is one with ${name}`;
  return [
    keepGroup(group),
    { kind: "keepNode", node: node.description },
    { kind: "keepSettings", node: id, settings: node.settings },
    { kind: "forgetNode", node: other },
    ...dropPending(state, other, why, at),
    ...overWith(state, other, why, at),
    ...settle(state, group, at),
    { kind: "tell", event: { type: "node", id } },
    { kind: "tell", event: { type: "node", id: other } },
  ];
}

/** What a person set for the one that stays counts; what only the other had is added. */
function settingsOfBoth(group: Group, node: NodeState, was: NodeState): NodeSettings {
  const road = group.roads.find((r) => r.node === was.description.id);
  const moved = <T>(set: Readonly<Record<string, T>> | undefined): [string, T][] =>
    Object.entries(set ?? {}).flatMap(([endpoint, said]) => {
      const slot = road && [...road.at].find(([s]) => s.startsWith(`${endpoint}/`));
      return slot ? [[String(slot[1]), said]] : [];
    });
  const { roles: _, meters: __, ...rest } = { ...was.settings, ...node.settings };
  const roles = { ...Object.fromEntries(moved(was.settings.roles)), ...node.settings.roles };
  const meters = { ...Object.fromEntries(moved(was.settings.meters)), ...node.settings.meters };
  const some = (set: object) => Object.keys(set).length > 0;
  return { ...rest, ...(some(roles) ? { roles } : {}), ...(some(meters) ? { meters } : {}) };
}

/** A person's hand on the one holds on the other. */
function keepHold({ holds }: CoreState, from: NodeId, to: NodeId): void {
  for (const [target, hold] of holds)
    if (target.startsWith(`${from}/`)) {
      holds.delete(target);
      holds.set(`${to}${target.slice(from.length)}`, hold);
    }
}

/** A question that is answered is no longer asked. */
function settled(state: CoreState, key: string): Effect[] {
  return state.identity.proposals.delete(key) ? [{ kind: "dropProposal", key }] : [];
}
