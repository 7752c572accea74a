/** Trees in which some things have a known value. */
import type { Value } from "../../../model/capability.ts";
import { fact } from "./facts.ts";
import { closed, numbers, oneOf, type Range } from "./range.ts";
import { solve, type Tree } from "./solve.ts";

/** A thing has exactly this value. */
export const exactly = (thing: string, value: Value): Tree =>
  fact(thing, typeof value === "number" ? numbers(closed(value, value)) : oneOf(value), true);

/** A tree in which what is said of things of a known value is plainly so or not so. */
export function settled(
  tree: Tree,
  known: (thing: string) => Value | undefined,
  limits: (thing: string) => Range | undefined,
): Tree {
  if (typeof tree === "boolean") return tree;
  if ("all" in tree) return { all: tree.all.map((part) => settled(part, known, limits)) };
  if ("any" in tree) return { any: tree.any.map((part) => settled(part, known, limits)) };
  const value = known(tree.thing);
  return value === undefined ? tree : typeof solve([exactly(tree.thing, value), tree], limits) !== "string";
}
