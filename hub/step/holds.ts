/** Hands of people on devices, which rules and plans leave alone for a time. */
import { isKeptHere } from "../model/house-switch.ts";
import type { NodeDescription } from "../model/node.ts";
import type { NodeId } from "../model/path.ts";
import type { CoreState, Effect } from "./state.ts";

/** A person's hand is on a target, which rules and plans leave alone for a time. A switch of the house is a word and no device: rules may change it at once. */
export function handOn(
  { holds, limits }: CoreState,
  node: NodeDescription,
  target: string,
  by: string,
  at: number,
): Effect[] {
  if (isKeptHere(node)) return [];
  const hold = { by, until: at + limits.holdMs };
  holds.set(target, hold);
  return [{ kind: "keepHold", target, hold }];
}

/** The hands on a device are off it: rules and plans have it again, with the next tick. */
export function holdsEnded(state: CoreState, node: NodeId, by: string, at: number): Effect[] {
  const own = [...state.holds.keys()].filter((target) => target.startsWith(`${node}/`));
  for (const target of own) {
    state.holds.delete(target);
    // What a rule asked for before the hand came was no try of what is wanted now: it need not wait to repeat it.
    state.tries.delete(target);
  }
  if (own.length === 0) return [];
  const entry = { at, by, what: "hold-ended", subject: node, detail: "rules and plans have it again" };
  return [
    ...own.map((target): Effect => ({ kind: "dropHold", target })),
    { kind: "audit", entry },
    { kind: "tell", event: { type: "rules" } },
  ];
}

/** Hands whose time is over. */
export function holdsOver({ holds }: CoreState, at: number): Effect[] {
  if (holds.size === 0) return [];
  const over = [...holds].filter(([, held]) => held.until <= at).map(([target]) => target);
  for (const target of over) holds.delete(target);
  return over.map((target) => ({ kind: "dropHold", target }));
}
