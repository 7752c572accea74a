/** Whether some state of the home makes a tree of facts true: by narrowing what each thing may be, with branches tried in turn. */
import { meet, type Range } from "./range.ts";

/** What must be so: one thing within a range, all of some, any of some, or a constant. */
export type Tree =
  | boolean
  | { readonly thing: string; readonly within: Range }
  | { readonly all: readonly Tree[] }
  | { readonly any: readonly Tree[] };

/** A state of the home: what each thing that matters may be. */
export type World = ReadonlyMap<string, Range>;

/** Branches that are looked at; beyond it nothing is claimed. */
const MAX_BRANCHES = 2000;

/** A state in which it is true, `none` if there is none at all, `unclear` if that would take too long to find out. */
export type Answer = World | "none" | "unclear";

/** `limits`: what a thing can be at all. */
export function solve(trees: readonly Tree[], limits: (thing: string) => Range | undefined): Answer {
  const left = { branches: MAX_BRANCHES };
  const found = branch(trees, [], new Map(), limits, left);
  if (found) return found;
  return left.branches > 0 ? "none" : "unclear";
}

type Choice = readonly Tree[];
type Limits = (thing: string) => Range | undefined;

function branch(
  trees: readonly Tree[],
  choices: readonly Choice[],
  before: World,
  limits: Limits,
  left: { branches: number },
): World | undefined {
  if (left.branches <= 0) return undefined;
  left.branches -= 1;
  const world = new Map(before);
  const open = [...choices];
  const todo = [...trees];
  for (let tree = todo.pop(); tree !== undefined; tree = todo.pop()) {
    if (tree === true) continue;
    if (tree === false) return undefined;
    if ("all" in tree) todo.push(...tree.all);
    else if ("any" in tree) open.push(tree.any);
    else if (!narrow(world, tree, limits)) return undefined;
  }
  return choose(open, world, limits, left);
}

/** Takes the choice with the fewest ways that are still open. */
function choose(open: readonly Choice[], world: World, limits: Limits, left: { branches: number }): World | undefined {
  let least: Choice | undefined;
  const rest: Choice[] = [];
  for (const choice of open) {
    const ways = choice.filter((tree) => mayBe(tree, world, limits));
    if (ways.length === 0) return undefined;
    if (ways.some((tree) => tree === true || isSo(tree, world))) continue;
    if (!least) least = ways;
    else if (ways.length < least.length) {
      rest.push(least);
      least = ways;
    } else rest.push(ways);
  }
  if (!least) return world;
  for (const way of least) {
    const found = branch([way], rest, world, limits, left);
    if (found) return found;
  }
  return undefined;
}

function narrow(
  world: Map<string, Range>,
  { thing, within }: { thing: string; within: Range },
  limits: Limits,
): boolean {
  const now = world.get(thing) ?? limits(thing);
  const both = now ? meet(now, within) : within;
  if (!both) return false;
  world.set(thing, both);
  return true;
}

function mayBe(tree: Tree, world: World, limits: Limits): boolean {
  if (typeof tree === "boolean") return tree;
  if (!("thing" in tree)) return true;
  const now = world.get(tree.thing) ?? limits(tree.thing);
  return !now || meet(now, tree.within) !== undefined;
}

/** Whether it is so already in the one state that is left of it. */
function isSo(tree: Tree, world: World): boolean {
  if (typeof tree === "boolean" || !("thing" in tree)) return false;
  const now = world.get(tree.thing);
  if (now?.kind !== "values" || now.except || tree.within.kind !== "values") return false;
  const { values, except } = tree.within;
  return [...now.values].every((v) => values.has(v) !== except);
}
