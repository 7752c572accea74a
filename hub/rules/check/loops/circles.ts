/** Circles among the links of rules: each begins and ends with something that one rule asks for. */
import type { Ask, Ruled } from "../asks.ts";
import { isOpen, type Link, type Links } from "./links.ts";

/** Rules in one circle at most; more do not start one another either. */
const MAX_HOPS = 8;
/** Links that are followed to see what leads where, and steps of the search for circles; beyond them nothing is claimed. */
const MAX_LINKS = 60_000;
const MAX_STEPS = 10_000;
/** Steps between two places at which the search may be interrupted. */
const PIECE = 50;

type Circle = readonly Link[];

/** What can be reached from a rule, as far as it was looked at. */
interface Reached {
  readonly links: ReadonlyMap<Ask, readonly Link[]>;
  /** By what each may be asked for. */
  readonly before: ReadonlyMap<Ask, readonly Ask[]>;
}

/** All circles through what a rule asks for, the shortest first; "none yet" where the search may be interrupted. */
export function* circlesOf(links: Links, own: Ruled): Generator<Circle | "none yet", void> {
  const asks = links.usable(own);
  const reached = yield* reach(links, asks);
  const steps = { left: MAX_STEPS };
  const homeward = asks.map((ask) => ({ ask, hops: hopsTo(ask, reached) }));
  for (let length = 1; length <= MAX_HOPS; length++)
    for (const { ask, hops } of homeward) {
      yield "none yet";
      yield* ofLength({ reached, hops, length, first: ask, steps }, []);
    }
}

/** Follows all links outwards, each ask once. */
function* reach({ after }: Links, from: readonly Ask[]): Generator<"none yet", Reached> {
  const found = new Map<Ask, readonly Link[]>();
  const before = new Map<Ask, Ask[]>();
  let left = MAX_LINKS;
  let edge = from;
  for (let hop = 0; hop < MAX_HOPS && edge.length > 0; hop++) {
    const next: Ask[] = [];
    for (const ask of edge) {
      if (found.has(ask)) continue;
      const follow = after(ask);
      yield "none yet";
      left -= follow.length;
      if (left < 0) return { links: found, before };
      found.set(ask, follow);
      for (const { ask: then } of follow) {
        const known = before.get(then);
        if (known) known.push(ask);
        else before.set(then, [ask]);
        next.push(then);
      }
    }
    edge = next;
  }
  return { links: found, before };
}

/** How many links lead from each ask to this one, where it is not too many. */
function hopsTo(ask: Ask, { before }: Reached): ReadonlyMap<Ask, number> {
  const hops = new Map<Ask, number>();
  let edge: readonly Ask[] = [ask];
  for (let hop = 1; hop <= MAX_HOPS && edge.length > 0; hop++) {
    const next: Ask[] = [];
    for (const then of edge)
      for (const first of before.get(then) ?? [])
        if (!hops.has(first)) {
          hops.set(first, hop);
          next.push(first);
        }
    edge = next;
  }
  return hops;
}

interface Search {
  readonly reached: Reached;
  readonly hops: ReadonlyMap<Ask, number>;
  readonly length: number;
  readonly first: Ask;
  readonly steps: { left: number };
}

/** All ways of just so many links from the last of `way` back to the first ask; only what leads there is followed. */
function* ofLength(search: Search, way: readonly Link[]): Generator<Circle | "none yet", void> {
  const { reached, hops, length, first, steps } = search;
  const last = way.at(-1)?.ask ?? first;
  const left = length - way.length;
  if (unpaired([first, ...way.map((w) => w.ask)]) > left - 1) return;
  for (const link of reached.links.get(last) ?? []) {
    if (steps.left <= 0) return;
    if (left === 1) {
      // The circle begins with what closes it.
      if (link.ask === first) yield [link, ...way];
      continue;
    }
    if ((hops.get(link.ask) ?? MAX_HOPS) > left - 1) continue;
    if (link.ask === first || way.some((w) => w.ask === link.ask)) continue;
    steps.left -= 1;
    if (steps.left % PIECE === 0) yield "none yet";
    yield* ofLength(search, [...way, link]);
  }
}

/** Things that have only one value so far: each has to get another one on the way round, or nothing is set off anew. */
function unpaired(asks: readonly Ask[]): number {
  const single = new Map<string, Ask | "paired">();
  for (const ask of asks) {
    const known = single.get(ask.thing);
    if (isOpen(ask) || (known !== undefined && known !== "paired" && known.value !== ask.value))
      single.set(ask.thing, "paired");
    else if (known === undefined) single.set(ask.thing, ask);
  }
  return [...single.values()].filter((ask) => ask !== "paired").length;
}
