/** Devices of this hub's own that come back: through its bridge seen by its own controller, through another hub, or as its announcements. */
import type { NodeDescription } from "../../model/node.ts";
import { nodeGone } from "../nodes.ts";
import type { CoreState, Effect } from "../state.ts";
import { reindex } from "./tokens.ts";

/** What the announcing of the hub's devices on MQTT puts before their ids, as other programs hand it on. */
const ANNOUNCED = /inglenook[_/-](?:5[_/-])?([a-z0-9][a-z0-9._-]*)$/i;

const plain = (id: string): string => id.toLowerCase().replace(/[^a-z0-9]+/g, "-");

/** Whether one of the marks was made of an address of the device. */
const isMadeOf = ({ identity }: CoreState, marks: readonly string[], { addresses }: NodeDescription): boolean =>
  addresses.some((address) => marks.includes(identity.addressMark(address) ?? ""));

/**
 * Whether a device is one of this hub's own: its unique id, serial number or identifiers carry the hub's mark, or that by
 * which another hub's bridge shows a device that this hub reaches itself.
 */
function isOwn(state: CoreState, { id, serial, addresses }: NodeDescription): boolean {
  const texts = [id, serial ?? "", ...addresses];
  if (texts.some((text) => state.identity.isOwnMark(text))) return true;
  const marks = texts.flatMap((text) => state.identity.marksIn(text));
  if (marks.length > 0) {
    for (const { description: d } of state.home.nodes.values())
      if (d.id !== id && isMadeOf(state, marks, d)) return true;
    state.identity.marked.set(id, marks);
  }
  const said = addresses.flatMap((a) => ANNOUNCED.exec(a)?.[1] ?? []).map(plain);
  if (said.length === 0) return false;
  const { home, away, identity } = state;
  for (const known of [home.nodes, away, identity.formerly])
    for (const node of known.keys()) if (node !== id && said.includes(plain(node))) return true;
  return false;
}

/**
 * Leaves a device out that is the hub's own: it is not added again, not counted, not shown to others. Undefined for any other
 * device. One that was taken in before leaves the home.
 */
export function ownAgain(state: CoreState, node: NodeDescription, at: number): Effect[] | undefined {
  if (isOwn(state, node)) return leave(state, node, at);
  state.identity.own.delete(node.id);
  return undefined;
}

/** Takes out what another hub's bridge showed of a device that this hub now reaches itself. */
export function copiesGone(state: CoreState, node: NodeDescription, at: number): Effect[] {
  const effects: Effect[] = [];
  for (const [id, marks] of state.identity.marked) {
    if (id === node.id) continue;
    const copy = state.home.nodes.get(id)?.description;
    if (copy && !isMadeOf(state, marks, node)) continue;
    state.identity.marked.delete(id);
    if (copy) effects.push(...leave(state, copy, at));
  }
  return effects;
}

function leave(state: CoreState, node: NodeDescription, at: number): Effect[] {
  const { own } = state.identity;
  const here = state.places.nodeOf.get(node.id) ?? node.id;
  const left = state.home.nodes.has(here) && !state.identity.groupOf.has(node.id) ? nodeGone(state, here, at) : [];
  reindex(state, here);
  if (own.has(node.id)) return left;
  if (own.size < state.limits.maxNodes) own.set(node.id, { device: node.id, name: node.name, over: node.dialect, at });
  const detail = `${node.name} over ${node.dialect} is a device that this hub itself shows to others; it is not added again`;
  return [...left, { kind: "audit", entry: { at, by: "hub", what: "own-device-seen", subject: node.id, detail } }];
}
