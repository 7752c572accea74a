/** Devices that switch together: watched in time, in bounded memory. What switches many at once speaks for none of them. */
import { isKeptHere } from "../../model/house-switch.ts";
import { pairKey } from "../../model/identity.ts";
import type { AttributePath, NodeId } from "../../model/path.ts";
import type { CoreState } from "../state.ts";

/** Two roads tell one switching within this time. */
const WINDOW_MS = 5000;
/** So many are taken in within the window; a house that switches more at once has a common cause. */
const MAX_RECENT = 256;
/** Pairs under watch; the one that showed nothing for the longest is forgotten. */
const MAX_PAIRS = 200;
/** Moments closer to the last one belong to it: a lamp that flickers is one moment. */
const APART_MS = 30_000;
/** What it takes: a moment counts once, or twice when the hub had asked only one of the two. */
const ENOUGH = 6;
const LEAST_MOMENTS = 3;
/** A pair of which one switched alone so often is two devices. */
const MAX_ALONE = 2;

/** What is switched and stays: a value that wanders says nothing. */
const watched = new Map([
  ["onOff", "onOff"],
  ["doorLock", "lockState"],
  ["booleanState", "stateValue"],
]);

interface Change {
  readonly node: NodeId;
  readonly what: string;
  readonly value: string;
  readonly at: number;
}

export interface Pair {
  readonly nodes: readonly [NodeId, NodeId];
  moments: number;
  weight: number;
  alone: number;
  lastAt: number;
}

export interface Switching {
  recent: Change[];
  readonly pairs: Map<string, Pair>;
  /** When the hub last asked a node for anything, epoch ms; as many as the window's commands. */
  readonly asked: Map<NodeId, number>;
}

/** Notes that the hub itself asks a node for something: two that were both asked have a common cause. */
export function noteAsked({ identity: { switching } }: CoreState, node: NodeId, at: number): void {
  switching.asked.delete(node);
  switching.asked.set(node, at);
  for (const [other, when] of switching.asked)
    if (at - when > 4 * WINDOW_MS || switching.asked.size > MAX_RECENT) switching.asked.delete(other);
}

/** Notes a live value of a watched attribute that is not the live one before. `at` is the loop's time. */
export function noteChange({ identity }: CoreState, path: AttributePath, value: unknown, at: number): void {
  const { recent } = identity.switching;
  if (recent.length < MAX_RECENT) recent.push({ node: path.node, what: path.capability, value: String(value), at });
}

/** Whether a change of this attribute is worth a note: asked for with every reading. */
export const isWatched = ({ capability, attribute }: AttributePath): boolean => watched.get(capability) === attribute;

/** Times that two switched together, once that is enough to ask a person; undefined before. */
export function togetherOf({ identity }: CoreState, a: NodeId, b: NodeId): number | undefined {
  const pair = identity.switching.pairs.get(pairKey(a, b));
  return pair && pair.weight >= ENOUGH && pair.moments >= LEAST_MOMENTS && pair.alone === 0 ? pair.moments : undefined;
}

/** Judges changes whose window is over. Returns the pairs that have just shown enough. */
export function judgeChanges(state: CoreState, now: number): Pair[] {
  const { switching } = state.identity;
  if (switching.recent.length === 0) return [];
  const isCrowd = switching.recent.length >= MAX_RECENT;
  const shown: Pair[] = [];
  for (let first = switching.recent[0]; first && now - first.at > WINDOW_MS; first = switching.recent[0]) {
    const { what, value, at } = first;
    const moment = switching.recent.filter((c) => c.what === what && c.value === value && c.at - at <= WINDOW_MS);
    const nodes = [...new Set(moment.map((c) => c.node))];
    switching.recent = switching.recent.filter((c) => !moment.includes(c));
    if (isCrowd) continue;
    const pair =
      nodes.length === 1 ? alone(state, first.node, now) : nodes.length === 2 ? both(state, nodes, at) : undefined;
    if (pair) shown.push(pair);
  }
  return shown;
}

/** One switched and the other, which could have told of it, did not. */
function alone(state: CoreState, node: NodeId, now: number): undefined {
  const { pairs } = state.identity.switching;
  for (const pair of pairs.values()) {
    if (!pair.nodes.includes(node)) continue;
    const other = state.home.nodes.get(pair.nodes[0] === node ? pair.nodes[1] : pair.nodes[0]);
    if (!other || other.reachable === false) continue;
    pair.alone += 1;
    pair.moments = 0;
    pair.weight = 0;
    pair.lastAt = now;
  }
}

function both(state: CoreState, [a = "", b = ""]: readonly NodeId[], at: number): Pair | undefined {
  const { pairs, asked } = state.identity.switching;
  const key = pairKey(a, b);
  const before = pairs.get(key);
  if (before && (before.alone >= MAX_ALONE || at - before.lastAt < APART_MS)) return undefined;
  if (!before && !mayBeOne(state, a, b)) return undefined;
  const askedOf = [a, b].filter((id) => at - (asked.get(id) ?? Number.NEGATIVE_INFINITY) <= 2 * WINDOW_MS).length;
  if (askedOf === 2) return undefined;
  const pair: Pair = before ?? { nodes: [a, b], moments: 0, weight: 0, alone: 0, lastAt: at };
  pair.alone = 0;
  pair.moments += 1;
  pair.weight += askedOf === 1 ? 2 : 1;
  pair.lastAt = at;
  pairs.delete(key);
  pairs.set(key, pair);
  if (pairs.size > MAX_PAIRS) pairs.delete(pairs.keys().next().value ?? "");
  return togetherOf(state, a, b) === undefined ? undefined : pair;
}

/** Only two roads can tell of one device: two nodes of one road are never watched. */
function mayBeOne({ home }: CoreState, a: NodeId, b: NodeId): boolean {
  const [one, other] = [home.nodes.get(a)?.description, home.nodes.get(b)?.description];
  return (
    one !== undefined &&
    other !== undefined &&
    !isKeptHere(one) &&
    !isKeptHere(other) &&
    (one.adapter !== other.adapter || (one.adapter === "mqtt" && one.dialect !== other.dialect))
  );
}

/** A node left the home or became another device: what it did before is no evidence any more. */
export function forgetSwitching({ identity: { switching } }: CoreState, node: NodeId): void {
  for (const [key, pair] of switching.pairs) if (pair.nodes.includes(node)) switching.pairs.delete(key);
  switching.asked.delete(node);
}
