/**
 * Conditions as trees of facts. Where a condition can't be looked into, more is allowed than it allows, never less: if nothing
 * makes the tree true, the condition is never true.
 */

import { parseClock } from "../../../energy/clock.ts";
import { parsePath } from "../../../model/path.ts";
import type { Condition } from "../../../model/rule/condition.ts";
import type { Desk } from "../desk.ts";
import { claim, fact, numberFact, presenceTree, surplusFact, valueFact, valueTrees } from "./facts.ts";
import { formulaTree } from "./formula.ts";
import { numbers, oneOf, rangeOf } from "./range.ts";
import type { Tree } from "./solve.ts";
import { DAY, entryThing, MINUTE, MODE, SUN, triggerThing } from "./things.ts";
import { bandRange, datesRange, sunBetweenMinutes, sunMinutes } from "./week.ts";

/** Half the sun's width, degrees: as the condition itself has it. */
const HALF = 0.267;

/** A condition as it is (`so`), or its contrary. `scope` tells one rule's variables and triggers from another's. */
export function treeOf(c: Condition, so: boolean, desk: Desk, scope: string): Tree {
  switch (c.kind) {
    case "all":
    case "any": {
      const parts = c.of.map((part) => treeOf(part, so, desk, scope));
      return (c.kind === "all") === so ? { all: parts } : { any: parts };
    }
    case "not":
      return treeOf(c.of, !so, desk, scope);
    case "between":
      return c.from === c.to && !c.weekdays ? so : fact(MINUTE, bandRange(c), so);
    case "date":
      return fact(DAY, datesRange(c.from, c.to), so);
    case "cheapest":
      return cheapestTree(c, so);
    case "priceBelow":
      return numberFact("price", "<", c.perKwh, so);
    case "surplusAbove":
      return surplusFact(desk, ">", c.watts, so);
    case "compare":
      return compareTree(c, so, desk);
    case "state":
      return stateTree(c, so, desk);
    case "formula":
      return formulaTree(c.is, so, desk, scope);
    case "mode":
      return fact(MODE, oneOf(...c.in), so);
    case "presence":
      return presenceTree(c.who, c.home === so, desk);
    case "sun":
      return sunTree((c.is === "up") === so, desk);
    case "sunBetween":
      return sunBetweenTree(c, so, desk);
    case "calendar":
      return fact(entryThing(c.entry), oneOf(true), so);
    case "trigger":
      return fact(triggerThing(scope), oneOf(c.id), so);
  }
}

function cheapestTree(c: Extract<Condition, { kind: "cheapest" }>, so: boolean): Tree {
  const band = fact(MINUTE, bandRange(c), so);
  const length = (parseClock(c.to) - parseClock(c.from) + 1440) % 1440 || 1440;
  if (c.hours * 60 >= length) return band;
  return so ? { all: [band, claim(c, true)] } : { any: [band, claim(c, false)] };
}

function compareTree(c: Extract<Condition, { kind: "compare" }>, so: boolean, desk: Desk): Tree {
  const at = parsePath(c.path);
  const node = at && desk.context.find(at.node)?.description.id;
  if (!at || node === undefined) return true;
  const one = valueFact(desk, { ...at, node }, c.op, c.value, so);
  return lasting(c, one, so);
}

function stateTree(c: Extract<Condition, { kind: "state" }>, so: boolean, desk: Desk): Tree {
  const parts = valueTrees(desk, c.target, c.of, c.op, c.value, so);
  if (parts.length === 0) return true;
  const found: Tree = (c.every === true) === so ? { all: parts } : { any: parts };
  return lasting(c, found, so);
}

/** It is so for some minutes only if it is so now; how long it has been is a claim of its own. */
function lasting(c: { readonly forMinutes?: number | undefined }, now: Tree, so: boolean): Tree {
  if (!c.forMinutes) return now;
  return so ? { all: [now, claim(c, true)] } : claim(c, false);
}

/** The sun, and the times of day at which it can be so here. */
function sunTree(up: boolean, desk: Desk): Tree {
  const height = fact(SUN, rangeOf(">", -HALF) ?? numbers(), up);
  const minutes = sunMinutes(desk.place, up ? "up" : "down");
  return minutes ? { all: [height, fact(MINUTE, minutes, true)] } : height;
}

/** Between moments of the sun: the times of day at which it can be so on some day, and what it says of the sun itself. */
function sunBetweenTree(c: Extract<Condition, { kind: "sunBetween" }>, so: boolean, desk: Desk): Tree {
  const minutes = sunBetweenMinutes(c, desk.place, so);
  const up = so ? impliedSun(c, minutes !== undefined) : undefined;
  return {
    all: [
      claim(c, so),
      ...(minutes ? [fact(MINUTE, minutes, true)] : []),
      ...(up === undefined ? [] : [fact(SUN, rangeOf(">", up ? -HALF - EDGE : -HALF + EDGE) ?? numbers(), up)]),
    ],
  };
}

/** At its own moment the sun's height is worked out in two ways that differ by less than this, degrees. */
const EDGE = 0.3;

/** Whether the sun is up or down all the while: from sunset or later until midnight, from sunrise or later to sunset or earlier. */
function impliedSun(
  { from, to }: Extract<Condition, { kind: "sunBetween" }>,
  risesDaily: boolean,
): boolean | undefined {
  if (!risesDaily) return undefined;
  const [after, before] = [from?.offsetMinutes ?? 0, to?.offsetMinutes ?? 0];
  const fromEvening = from !== undefined && EVENING.has(from.event) && after >= 0;
  const toMorning = to !== undefined && MORNING.has(to.event) && before <= 0;
  if ((fromEvening || !from) && (toMorning || !to)) return false;
  return from?.event === "sunrise" && after >= 0 && to?.event === "sunset" && before <= 0 ? true : undefined;
}

const EVENING: ReadonlySet<string> = new Set(["sunset", "dusk"]);
const MORNING: ReadonlySet<string> = new Set(["dawn", "sunrise"]);
