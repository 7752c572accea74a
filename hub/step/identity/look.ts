/** Looks for the device that a node is on another road: puts together what is certain, asks a person where it is likely. */
import { type NodeState, nameOf } from "../../model/home.ts";
import { type Evidence, type Proposal, pairKey } from "../../model/identity.ts";
import type { NodeId } from "../../model/path.ts";
import { deviceBehind } from "../places.ts";
import type { CoreState, Effect } from "../state.ts";
import { type Weighed, weigh } from "./evidence.ts";
import { merged, whyNot } from "./merge.ts";
import { rulesNaming } from "./names.ts";
import { reject } from "./split.ts";
import { MAX_OPEN, MAX_REJECTED } from "./state.ts";
import { togetherOf } from "./switching.ts";
import { akin, holdersOf, reindex } from "./tokens.ts";

/** Compares a node, as it describes itself now, with those that have something of it. */
export function look(state: CoreState, id: NodeId, at: number): Effect[] {
  if (!state.home.nodes.has(id)) return [];
  state.identity.looked.add(id);
  reindex(state, id);
  const others = [...akin(state, id)];
  const effects = [id, ...others].flatMap((node) => withdraw(state, node));
  for (const other of others) effects.push(...judge(state, other, id, at));
  return effects;
}

/** Weighs two nodes and does what follows. */
export function judge(state: CoreState, a: NodeId, b: NodeId, at: number): Effect[] {
  const weighed = weighHere(state, a, b);
  if (weighed.verdict === "none" || isApart(state, a, b) || whyNot(state, a, b)) return [];
  const [keep, other] = inOrderOfWorth(state, a, b);
  const { evidence } = weighed;
  // A plan that names the one which goes would be stopped: that is a person's to say.
  const isFree = !rulesNaming(state, other).some((r) => r.plan !== undefined);
  if (weighed.verdict === "certain" && isFree) return merged(state, keep, other, { evidence, by: "hub", at });
  return propose(state, keep, other, evidence, at);
}

function weighHere(state: CoreState, a: NodeId, b: NodeId): Weighed {
  const [one, two] = [state.home.nodes.get(a), state.home.nodes.get(b)];
  if (!one || !two) return { verdict: "none", evidence: [] };
  return weigh(one.description, two.description, {
    isTheirs: (token) => {
      const holders = holdersOf(state, token);
      return holders.size === 2 && holders.has(a) && holders.has(b);
    },
    together: togetherOf(state, a, b),
  });
}

/** All roads of a node: a no to one of them is a no to what it is part of. */
const devicesOf = (state: CoreState, id: NodeId): readonly NodeId[] => {
  const device = deviceBehind(state, id);
  return state.identity.groups.get(device)?.roads.map((r) => r.device) ?? [device];
};

const isApart = (state: CoreState, a: NodeId, b: NodeId): boolean =>
  devicesOf(state, a).some((x) =>
    devicesOf(state, b).some((y) => state.identity.proposals.get(pairKey(x, y))?.state === "rejected"),
  );

/** The one that a person set more for, that rules name, or that was there first stays. */
export function inOrderOfWorth(state: CoreState, a: NodeId, b: NodeId): readonly [NodeId, NodeId] {
  const worth = (id: NodeId): number => {
    const { name, room, roles } = state.home.nodes.get(id)?.settings ?? {};
    const set = [name, room, ...Object.keys(roles ?? {})].filter((x) => x !== undefined).length;
    const rules = rulesNaming(state, id);
    return set + 2 * rules.length + 10 * rules.filter((r) => r.plan).length;
  };
  const [ours, theirs] = [worth(a), worth(b)];
  if (ours !== theirs) return ours > theirs ? [a, b] : [b, a];
  for (const id of state.home.nodes.keys()) {
    if (id === a) return [a, b];
    if (id === b) return [b, a];
  }
  return [a, b];
}

function propose(state: CoreState, keep: NodeId, other: NodeId, evidence: readonly Evidence[], at: number): Effect[] {
  const { proposals } = state.identity;
  const devices = [deviceBehind(state, keep), deviceBehind(state, other)] as const;
  const key = pairKey(...devices);
  const before = proposals.get(key);
  if (before && JSON.stringify(before.evidence) === JSON.stringify(evidence)) return [];
  const proposal: Proposal = { key, devices, evidence, state: "open", at: before?.at ?? at };
  const dropped = before ? [] : makeRoom(state, "open", MAX_OPEN);
  proposals.set(key, proposal);
  const [one, two] = [keep, other].map((id) => state.home.nodes.get(id));
  const detail = `${label(one)} and ${label(two)} may be one device: ${evidence.map((e) => e.words).join(" ")}`;
  const entry = { at, by: "hub", what: "identity-proposed", subject: keep, detail };
  return [
    ...dropped,
    { kind: "keepProposal", key, proposal },
    { kind: "tell", event: { type: "node", id: keep } },
    ...(before ? [] : [{ kind: "audit" as const, entry }]),
  ];
}

const label = (node: NodeState | undefined): string => (node ? `${nameOf(node)} over ${node.description.dialect}` : "");

function makeRoom({ identity: { proposals } }: CoreState, kind: Proposal["state"], most: number): Effect[] {
  const all = [...proposals.values()].filter((p) => p.state === kind);
  const [oldest] = all;
  if (all.length < most || !oldest) return [];
  proposals.delete(oldest.key);
  return [{ kind: "dropProposal", key: oldest.key }];
}

/** What no longer speaks for itself is no longer asked: a third device turned up with the same number, or a text changed. */
function withdraw(state: CoreState, id: NodeId): Effect[] {
  const device = deviceBehind(state, id);
  const open = [...state.identity.proposals.values()].filter((p) => p.state === "open" && p.devices.includes(device));
  return open.flatMap((p): Effect[] => {
    const [a, b] = p.devices.map((d) => state.places.nodeOf.get(d) ?? d);
    const isBySwitching = p.evidence.some((e) => e.kind === "switching");
    if (!a || !b || !state.home.nodes.has(a) || !state.home.nodes.has(b) || isBySwitching) return [];
    if (weighHere(state, a, b).verdict !== "none") return [];
    state.identity.proposals.delete(p.key);
    return [{ kind: "dropProposal", key: p.key }];
  });
}

/** A person says that two devices are two. Nothing for a proposal that is not open. */
export function rejected(state: CoreState, key: string, by: string, at: number): Effect[] {
  const before = state.identity.proposals.get(key);
  if (before?.state !== "open") return [];
  const dropped = makeRoom(state, "rejected", MAX_REJECTED);
  const [a, b] = before.devices;
  const detail = `${a} and ${b} are two devices`;
  const node = state.places.nodeOf.get(a) ?? a;
  return [
    ...dropped,
    ...reject(state, a, b, by, at),
    { kind: "tell", event: { type: "node", id: node } },
    { kind: "audit", entry: { at, by, what: "identity-rejected", subject: node, detail } },
  ];
}
