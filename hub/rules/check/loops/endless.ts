/** Whether rules that lead to one another in a circle really go round for ever. */
import type { Ask } from "../asks.ts";
import { exactly, settled } from "../space/settled.ts";
import { solve, type Tree } from "../space/solve.ts";
import { DAY, MINUTE, SUN } from "../space/things.ts";
import type { Space } from "../truths.ts";
import { isOpen, type Link } from "./links.ts";

/** Whether each thing changes on the way round, so that it sets off the next rule each time. */
export function isMoving(links: readonly Link[]): boolean {
  const changes = links.every((link, i) => {
    const { ask } = links[(i + links.length - 1) % links.length] ?? link;
    // Starting a rule is no value: it counts each time.
    if (isOpen(ask)) return true;
    return links.some(
      (other) =>
        other.ask.thing === ask.thing &&
        (isOpen(other.ask) || (other.ask.value !== ask.value && link.resets(other.ask.value))),
    );
  });
  // A toggle comes to on only from off.
  const turned = links.every(({ ask }, i) => !ask.turns || isOpen(ask) || lastValue(links, i, ask.thing) !== ask.value);
  return changes && turned;
}

/** Whether all conditions of a circle can be met together, each at its place. */
export function canGoRound(space: Space, links: readonly Link[]): boolean {
  const things = new Set(links.map((l) => l.ask.thing));
  const waits = links.some((l) => !l.ask.atOnce);
  const trees = links.map((link, i) => [...link.guards, link.moment, ...stateAt(links, i, things)]);
  if (trees.some((t) => typeof solve(t, space.limits) === "string")) return false;
  const left = new Set([...things, ...(waits ? [MINUTE, DAY, SUN] : [])]);
  // What the circle itself sets is at each link what it was set to before; all else has to be the same all the way round.
  const rest = links.flatMap((link, i) =>
    link.guards.map((guard) =>
      without(
        settled(guard, (thing) => (things.has(thing) ? lastValue(links, i, thing) : undefined), space.limits),
        left,
      ),
    ),
  );
  return typeof solve(rest, space.limits) !== "string";
}

/** What the things of the circle were last set to, before its i-th link. */
const stateAt = (links: readonly Link[], i: number, things: ReadonlySet<string>): readonly Tree[] =>
  [...things].flatMap((thing) => {
    const value = lastValue(links, i, thing);
    return value === undefined ? [] : [exactly(thing, value)];
  });

function lastValue(links: readonly Link[], i: number, thing: string): Ask["value"] {
  for (let back = 1; back <= links.length; back++) {
    const ask = links[(i - back + 2 * links.length) % links.length]?.ask;
    if (ask?.thing === thing) return ask.value;
  }
  return undefined;
}

function without(tree: Tree, things: ReadonlySet<string>): Tree {
  if (typeof tree === "boolean") return tree;
  // Each link has a trigger of its own.
  if ("thing" in tree) return things.has(tree.thing) || tree.thing.startsWith("t:") ? true : tree;
  if ("all" in tree) return { all: tree.all.map((part) => without(part, things)) };
  return { any: tree.any.map((part) => without(part, things)) };
}
