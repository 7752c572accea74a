/** Which rules look at a thing. */
import { parsePath } from "../../../model/path.ts";
import type { Condition } from "../../../model/rule/condition.ts";
import type { Trigger } from "../../../model/rule/trigger.ts";
import type { Spot } from "../../picture.ts";
import { type Ruled, startThing } from "../asks.ts";
import { type Desk, splitName } from "../desk.ts";
import type { Tree } from "../space/solve.ts";
import { MODE, pathOfThing, valueThing } from "../space/things.ts";

/** Rules that look at a thing, and at most a few that don't. */
export type Readers = (thing: string) => readonly Ruled[];

/** A trigger that looks at more devices is kept by the attribute's name alone: there are few such rules. */
const MANY = 8;

/** Which rules look at what. `things`: those that a condition speaks of. Yields where it may be interrupted. */
export function* readersOf(
  rules: readonly Ruled[],
  desk: Desk,
  things: (c: Condition) => ReadonlySet<string>,
): Generator<number, Readers> {
  const byKey = new Map<string, Ruled[]>();
  for (const [k, rule] of rules.entries()) {
    yield k / rules.length;
    for (const key of keysOf(rule, desk, things)) {
      const found = byKey.get(key);
      if (found) found.push(rule);
      else byKey.set(key, [rule]);
    }
  }
  return (thing) => {
    const path = pathOfThing(thing);
    const at = path === undefined ? undefined : parsePath(path);
    const wide = at && byKey.get(`${at.capability}.${at.attribute}`);
    return [...(byKey.get(thing) ?? []), ...(wide ?? [])];
  };
}

/** Things that a rule looks at, and names of attributes of which it looks at many. */
function keysOf({ id, draft }: Ruled, desk: Desk, things: (c: Condition) => ReadonlySet<string>): ReadonlySet<string> {
  const found = new Set([startThing(id)]);
  const add = (keys: Iterable<string>): void => {
    for (const key of keys) found.add(key);
  };
  if (draft.form === "while") add(things(draft.while));
  else
    for (const t of draft.on) {
      if (t.kind === "mode") found.add(MODE);
      if (t.kind === "holds") add(things(t.condition));
      if (t.kind === "becomes" || t.kind === "crosses") add(watched(desk, t));
    }
  return found;
}

function watched({ spots }: Desk, { target, of }: Extract<Trigger, { of: string }>): readonly string[] {
  const found = spots(target, splitName(of)[0]);
  return found.length > MANY ? [of] : found.map(({ node, endpoint }) => valueThing(`${node}/${endpoint}/${of}`));
}

const places = new WeakMap<readonly Spot[], ReadonlySet<string>>();

/** Where spots are, as paths begin; looked up once for each target of a desk. */
function placesOf(spots: readonly Spot[]): ReadonlySet<string> {
  const known = places.get(spots);
  if (known) return known;
  const found = new Set(spots.map(({ node, endpoint }) => `${node}/${endpoint}`));
  places.set(spots, found);
  return found;
}

/** Whether a trigger looks at a thing. */
export function watches({ spots }: Desk, t: Extract<Trigger, { of: string }>, thing: string): boolean {
  const path = pathOfThing(thing);
  if (!path?.endsWith(`/${t.of}`)) return false;
  const [capability] = splitName(t.of);
  return placesOf(spots(t.target, capability)).has(path.slice(0, -t.of.length - 1));
}

/** The things that a tree speaks of. */
export function thingsIn(tree: Tree): ReadonlySet<string> {
  const found = new Set<string>();
  const walk = (part: Tree): void => {
    if (typeof part === "boolean") return;
    if ("thing" in part) found.add(part.thing);
    else for (const one of "all" in part ? part.all : part.any) walk(one);
  };
  walk(tree);
  return found;
}
