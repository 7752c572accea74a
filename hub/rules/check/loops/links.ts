/** What rules ask for because something was asked for before: the links of which circles are made, each looked up once. */
import type { Value } from "../../../model/capability.ts";
import type { Condition } from "../../../model/rule/condition.ts";
import type { Trigger } from "../../../model/rule/trigger.ts";
import { type Ask, type Ruled, startThing } from "../asks.ts";
import { treeOf } from "../space/compile.ts";
import { exactly } from "../space/settled.ts";
import { solve, type Tree } from "../space/solve.ts";
import { MODE } from "../space/things.ts";
import { triggerTree } from "../space/trigger.ts";
import type { Space } from "../truths.ts";
import { readersOf, thingsIn, watches } from "./readers.ts";

/** One thing that is asked for by a rule, and why. */
export interface Link {
  readonly rule: Ruled;
  readonly ask: Ask;
  /** What must be so for the ask; compiled once. */
  readonly guards: readonly Tree[];
  /** What is so at the moment at which it starts the rule. */
  readonly moment: Tree;
  /** Whether another value of the thing that started it lets it come again. */
  readonly resets: (value: Ask["value"]) => boolean;
}

export interface Links {
  /** What a rule asks for with a known value; of a toggle both that it may come to, and that it comes to another one. */
  readonly usable: (rule: Ruled) => readonly Ask[];
  /** All that follows from what was asked for, by any rule. */
  readonly after: (event: Ask) => readonly Link[];
}

/** It is another value each time, and nobody knows which. */
export const isOpen = ({ turns, value }: Ask): boolean => turns && value === undefined;

interface Net {
  readonly space: Space;
  readonly usable: Links["usable"];
  readonly guards: (ask: Ask) => readonly Tree[];
  /** The things that a condition looks at. */
  readonly things: (c: Condition) => ReadonlySet<string>;
}

/** The links between rules of one home. Yields where it may be interrupted. */
export function* linksOf(
  space: Space,
  rules: readonly Ruled[],
  asks: (rule: Ruled) => readonly Ask[],
): Generator<number, Links> {
  const usable = once(asksWithValue(asks), ({ id }: Ruled) => id);
  const net: Net = {
    ...{ space, usable },
    guards: once(
      (ask: Ask) => ask.guards.map((guard) => guard()),
      (ask) => ask,
    ),
    things: once(
      (c: Condition) => thingsIn(treeOf(c, true, space.desk, "")),
      (c) => c,
    ),
  };
  const readers = yield* readersOf(rules, space.desk, net.things);
  const after = once(
    (event: Ask) => readers(event.thing).flatMap((rule) => reactions(net, rule, event)),
    // What follows does not ask who it was.
    (event) => `${event.thing} ${isOpen(event) ? "another" : `${typeof event.value} ${event.value}`}`,
  );
  return { usable, after };
}

function once<A, T>(make: (given: A) => T, keyOf: (given: A) => unknown): (given: A) => T {
  const known = new Map<unknown, T>();
  return (given) => {
    const key = keyOf(given);
    const found = known.get(key);
    if (found !== undefined) return found;
    const made = make(given);
    known.set(key, made);
    return made;
  };
}

const asksWithValue = (asks: (rule: Ruled) => readonly Ask[]) => (rule: Ruled) =>
  asks(rule).flatMap((a): Ask[] => {
    if (a.command === "toggle") return [{ ...a, value: true }, { ...a, value: false }, a];
    return a.value !== undefined || a.turns ? [a] : [];
  });

/** What a rule asks for because a thing has become what `event` asked for. */
function reactions(net: Net, rule: Ruled, event: Ask): readonly Link[] {
  const { draft, id } = rule;
  if (draft.form === "while") return steadyReactions(net, rule, draft.while, event);
  if (event.thing === startThing(id)) return links(net, rule, event, net.usable(rule), () => true);
  return draft.on.flatMap((t) => {
    const resets = firedBy(net, rule, t, event);
    return resets ? links(net, rule, event, net.usable(rule), resets, t) : [];
  });
}

/** Those of its asks that can come while the thing is what it has become. */
function links(
  { space, guards }: Net,
  rule: Ruled,
  event: Ask,
  asks: readonly Ask[],
  resets: Link["resets"],
  t?: Trigger,
): readonly Link[] {
  const started = t ? triggerTree(t, space.desk, rule.id) : true;
  const so = isOpen(event) || event.value === undefined ? true : exactly(event.thing, event.value);
  return asks.flatMap((ask): Link[] => {
    const moment = ask.atOnce ? started : true;
    const link: Link = { rule, ask, guards: guards(ask), moment, resets };
    return solve([...link.guards, moment, so], space.limits) === "none" ? [] : [link];
  });
}

function steadyReactions(net: Net, rule: Ruled, condition: Condition, event: Ask): readonly Link[] {
  if (isOpen(event) || !net.things(condition).has(event.thing)) return [];
  return [true, false].flatMap((so) => {
    const mayBe = (is: boolean, value: Ask["value"]) => isSo(net.space, condition, is, event.thing, value, rule.id);
    if (!mayBe(so, event.value)) return [];
    const asks = net.usable(rule).filter((a) => (a.way === "keep") === so);
    return links(net, rule, event, asks, (value) => mayBe(!so, value));
  });
}

/** Whether an event starts a rule by a trigger: then, which other values let it do so again. */
function firedBy({ space, things }: Net, rule: Ruled, t: Trigger, event: Ask): Link["resets"] | undefined {
  if (t.kind === "mode")
    return event.thing === MODE && t.to.some((m) => m === event.value) ? (v) => v !== event.value : undefined;
  if (t.kind === "holds") {
    if (isOpen(event) || !things(t.condition).has(event.thing)) return undefined;
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
  if (isOpen(event)) return t.to === undefined && t.from === undefined ? () => true : undefined;
  if (t.to !== undefined && t.to !== event.value) return undefined;
  return t.from === undefined ? (v) => v !== event.value : (v) => v === t.from;
}

function isSo(
  { desk, limits }: Space,
  c: Condition,
  so: boolean,
  thing: string,
  value: Value | undefined,
  scope: string,
): boolean {
  if (value === undefined) return false;
  return typeof solve([exactly(thing, value), treeOf(c, so, desk, scope)], limits) !== "string";
}
