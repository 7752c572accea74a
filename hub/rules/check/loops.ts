/**
 * Rules that set one another off for ever through the home: by values of devices, the mode of the house, or starts. A circle that
 * asks for the same value each time calms down by itself and is none.
 */

import { parsePath, pathKey } from "../../model/path.ts";
import type { Condition } from "../../model/rule/condition.ts";
import type { Trigger } from "../../model/rule/trigger.ts";
import { askInWords } from "./ask-words.ts";
import { type Ask, type Ruled, startThing } from "./asks.ts";
import { type Desk, splitName } from "./desk.ts";
import { type Found, warn } from "./found.ts";
import { treeOf } from "./space/compile.ts";
import { exactly, settled } from "./space/settled.ts";
import { solve, type Tree } from "./space/solve.ts";
import { DAY, MINUTE, MODE, pathOfThing, SUN } from "./space/things.ts";
import { triggerTree } from "./space/trigger.ts";
import type { Space } from "./truths.ts";

/** Rules in one circle at most; more do not start one another either. */
const MAX_HOPS = 8;
/** Steps of the search; beyond it nothing is claimed. */
const MAX_STEPS = 4000;

interface Circle {
  readonly space: Space;
  readonly rules: readonly Ruled[];
  readonly asks: (rule: Ruled) => readonly Ask[];
  /** What conditions look at; looked up once. */
  readonly things: WeakMap<Condition, ReadonlySet<string>>;
  /** What is asked for with a known value; of a toggle both that it may come to, and that it comes to another one. */
  readonly usable: (rule: Ruled) => readonly Ask[];
}

function usableOnce(asks: (rule: Ruled) => readonly Ask[]): Circle["usable"] {
  const known = new Map<string, readonly Ask[]>();
  return (rule) => {
    const found =
      known.get(rule.id) ??
      asks(rule).flatMap((a) => {
        if (a.command === "toggle") return [{ ...a, value: true }, { ...a, value: false }, a];
        return a.value !== undefined || a.turns ? [a] : [];
      });
    known.set(rule.id, found);
    return found;
  };
}

/** It is another value each time, and nobody knows which. */
const isOpen = ({ turns, value }: Ask): boolean => turns && value === undefined;

/** One thing that is asked for by a rule, and what must be so for it. */
interface Link {
  readonly rule: Ruled;
  readonly ask: Ask;
  /** Undefined for what a person or the world sets going. */
  readonly cause?: Cause;
}

interface Cause {
  /** What is so at the moment at which it starts the rule; worked out when it is needed. */
  readonly moment: () => Tree;
  /** Whether another value of the thing lets it come again. */
  readonly resets: (value: Ask["value"]) => boolean;
}

/** A circle through a rule; at most one is told. */
export function loopOf(given: Omit<Circle, "things" | "usable">, own: Ruled): Found | undefined {
  const circle: Circle = { ...given, things: new WeakMap(), usable: usableOnce(given.asks) };
  const readers = readersOf(circle);
  const left = { steps: MAX_STEPS };
  for (const ask of circle.usable(own)) {
    const found = follow(circle, readers, [{ rule: own, ask }], left);
    if (found) return loopFound(circle.space.desk, own, found);
  }
  return undefined;
}

function follow(
  circle: Circle,
  readers: Readers,
  path: readonly Link[],
  left: { steps: number },
): readonly Link[] | undefined {
  const last = path.at(-1);
  const first = path[0];
  if (!last || !first || path.length > MAX_HOPS) return undefined;
  for (const rule of readers(last.ask.thing)) {
    for (const link of reactions(circle, rule, last.ask)) {
      left.steps -= 1;
      if (left.steps < 0) return undefined;
      if (link.ask === first.ask) {
        const closed = [link, ...path.slice(1)];
        if (isEndless(circle.space, closed)) return closed;
        continue;
      }
      if (path.some((p) => p.ask === link.ask)) continue;
      const found = follow(circle, readers, [...path, link], left);
      if (found) return found;
    }
  }
  return undefined;
}

/** What a rule asks for because a thing has become what `event` asked for. */
function reactions(circle: Circle, rule: Ruled, event: Ask): readonly Link[] {
  const { space, usable } = circle;
  const { draft, id } = rule;
  if (draft.form === "while") return steadyReactions(circle, rule, draft.while, event);
  const started: Cause = { moment: () => true, resets: () => true };
  if (event.thing === startThing(id)) return usable(rule).map((ask): Link => ({ rule, ask, cause: started }));
  return draft.on.flatMap((t) => {
    const resets = firedBy(circle, rule, t, event);
    if (!resets) return [];
    const moment = () => triggerTree(t, space.desk, id);
    return usable(rule).map(
      (ask): Link => ({ rule, ask, cause: { moment: ask.atOnce ? moment : () => true, resets } }),
    );
  });
}

function steadyReactions(circle: Circle, rule: Ruled, condition: Condition, event: Ask): readonly Link[] {
  if (isOpen(event) || !thingsOf(circle, condition).has(event.thing)) return [];
  return [true, false].flatMap((so) => {
    const mayBe = (is: boolean, value: Ask["value"]) => isSo(circle.space, condition, is, event.thing, value, rule.id);
    if (!mayBe(so, event.value)) return [];
    const cause: Cause = { moment: () => true, resets: (value) => mayBe(!so, value) };
    const asks = circle.usable(rule).filter((a) => (a.way === "keep") === so);
    return asks.map((ask): Link => ({ rule, ask, cause }));
  });
}

/** Whether an event starts a rule by a trigger: then, which other values let it do so again. */
function firedBy(circle: Circle, rule: Ruled, t: Trigger, event: Ask): Cause["resets"] | undefined {
  const { space } = circle;
  const always = () => true;
  if (t.kind === "mode")
    return event.thing === MODE && t.to.some((m) => m === event.value) ? (v) => v !== event.value : undefined;
  if (t.kind === "holds") {
    if (isOpen(event) || !thingsOf(circle, t.condition).has(event.thing)) return undefined;
    const so = (is: boolean, value: Ask["value"]) => isSo(space, t.condition, is, event.thing, value, rule.id);
    return so(true, event.value) ? (value) => so(false, value) : undefined;
  }
  if (t.kind !== "becomes" && t.kind !== "crosses") return undefined;
  if (!watches(space.desk, t, event.thing)) return undefined;
  if (t.kind === "crosses") {
    const beyond = (v: Ask["value"]) =>
      typeof v === "number" && ((t.above !== undefined && v > t.above) || (t.below !== undefined && v < t.below));
    return beyond(event.value) ? (v) => !beyond(v) : undefined;
  }
  if (isOpen(event)) return t.to === undefined && t.from === undefined ? always : undefined;
  if (t.to !== undefined && t.to !== event.value) return undefined;
  return t.from === undefined ? (v) => v !== event.value : (v) => v === t.from;
}

function watches({ spots }: Desk, t: Extract<Trigger, { of: string }>, thing: string): boolean {
  const [capability, attribute] = splitName(t.of);
  const path = pathOfThing(thing);
  if (!path?.endsWith(`/${t.of}`)) return false;
  return spots(t.target, capability).some((spot) => pathKey({ ...spot, capability, attribute }) === path);
}

function isSo(
  { desk, limits }: Space,
  c: Condition,
  so: boolean,
  thing: string,
  value: Ask["value"],
  scope: string,
): boolean {
  if (value === undefined) return false;
  return typeof solve([exactly(thing, value), treeOf(c, so, desk, scope)], limits) !== "string";
}

/** The things that a condition looks at. */
function thingsOf({ things, space }: Circle, c: Condition): ReadonlySet<string> {
  const known = things.get(c);
  if (known) return known;
  const found = new Set<string>();
  const walk = (tree: Tree): void => {
    if (typeof tree === "boolean") return;
    if ("thing" in tree) found.add(tree.thing);
    else for (const part of "all" in tree ? tree.all : tree.any) walk(part);
  };
  walk(treeOf(c, true, space.desk, ""));
  things.set(c, found);
  return found;
}

/** Whether a closed circle really goes round: each thing changes on the way, and all conditions can be met together. */
function isEndless(space: Space, links: readonly Link[]): boolean {
  const things = new Set(links.map((l) => l.ask.thing));
  const waits = links.some((l) => !l.ask.atOnce);
  const changes = links.every((link, i) => {
    const { ask } = links[(i + links.length - 1) % links.length] ?? link;
    // Starting a rule is no value: it counts each time.
    if (isOpen(ask)) return true;
    return links.some(
      (other) =>
        other.ask.thing === ask.thing &&
        (isOpen(other.ask) || (other.ask.value !== ask.value && link.cause?.resets(other.ask.value) === true)),
    );
  });
  // A toggle comes to on only from off.
  const turned = links.every(({ ask }, i) => !ask.turns || isOpen(ask) || lastValue(links, i, ask.thing) !== ask.value);
  if (!changes || !turned) return false;
  const trees = links.map((link, i) => [
    ...link.ask.guards.map((g) => g()),
    link.cause?.moment() ?? true,
    ...stateAt(links, i, things),
  ]);
  if (trees.some((t) => typeof solve(t, space.limits) === "string")) return false;
  const left = new Set([...things, ...(waits ? [MINUTE, DAY, SUN] : [])]);
  // What the circle itself sets is at each link what it was set to before; all else has to be the same all the way round.
  const rest = links.flatMap((link, i) =>
    link.ask.guards.map((g) =>
      without(
        settled(g(), (thing) => (things.has(thing) ? lastValue(links, i, thing) : undefined), space.limits),
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

type Readers = (thing: string) => readonly Ruled[];

/** Which rules look at a thing, by the attribute's name: few enough to look closer. */
function readersOf({ rules }: Circle): Readers {
  const byName = new Map<string, Ruled[]>();
  for (const rule of rules) for (const name of readNames(rule)) byName.set(name, [...(byName.get(name) ?? []), rule]);
  return (thing) => {
    const path = pathOfThing(thing);
    const at = path === undefined ? undefined : parsePath(path);
    return byName.get(at ? `${at.capability}.${at.attribute}` : thing) ?? [];
  };
}

function readNames({ id, draft }: Ruled): ReadonlySet<string> {
  const found = new Set([startThing(id)]);
  const condition = (c: Condition): void => {
    if (c.kind === "state") found.add(c.of);
    if (c.kind === "mode") found.add(MODE);
    if (c.kind === "compare") {
      const at = parsePath(c.path);
      if (at) found.add(`${at.capability}.${at.attribute}`);
    }
    if (c.kind === "formula")
      for (const [, name] of JSON.stringify(c.is).matchAll(/"read":"([^"]+)"/g)) if (name) found.add(name);
    if (c.kind === "not") condition(c.of);
    if (c.kind === "all" || c.kind === "any") for (const part of c.of) condition(part);
  };
  if (draft.form === "while") condition(draft.while);
  else
    for (const t of draft.on) {
      if (t.kind === "becomes" || t.kind === "crosses") found.add(t.of);
      if (t.kind === "mode") found.add(MODE);
      if (t.kind === "holds") condition(t.condition);
    }
  return found;
}

function loopFound(desk: Desk, own: Ruled, links: readonly Link[]): Found {
  const [back, ...others] = links;
  const titles = [...new Set(others.map((l) => l.rule).filter((r) => r.id !== own.id))];
  const who =
    titles.length === 0
      ? "This rule sets itself off again and again"
      : `This rule and ${titles.map((r) => `"${r.title}"`).join(", ")} set each other off again and again`;
  const way = [...new Set(links.map((l) => askInWords(desk, l.ask)))].slice(0, 4).join(", then ");
  return warn("loop", back?.ask.field ?? "do", `${who}: ${way}, and so on without an end.`, {
    about: titles.map((r) => r.id),
  });
}
