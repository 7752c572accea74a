import type { Value } from "../../../model/capability.ts";
import { pathKey } from "../../../model/path.ts";
import type { Comparison } from "../../../model/rule/condition.ts";
import type { Expression } from "../../../model/rule/expression.ts";
import { compares } from "../../conditions/compares.ts";
import { worth } from "../../formula.ts";
import type { Picture } from "../../picture.ts";
import { type Desk, splitName, typeAt } from "../desk.ts";
import { claim, fact, numberFact, surplusFact, turned, valueTrees } from "./facts.ts";
import { type Interval, rangeOf, span } from "./range.ts";
import type { Tree } from "./solve.ts";
import { MINUTE, SUN, valueThing } from "./things.ts";
import { eachDay, weekdaysRange } from "./week.ts";

type Operation = Extract<Expression, { op: string }>;
type Read = Extract<Expression, { read: string }>;

/** A formula that comes to true (`so`), or to false. What can't be looked into is one claim as a whole. */
export function formulaTree(e: Expression, so: boolean, desk: Desk, scope: string): Tree {
  if (typeof e === "boolean") return e === so;
  if (typeof e !== "object") return true;
  if ("read" in e && e.take !== "count") return readTree(e, "=", true, so, desk) ?? whole(e, so, scope);
  if ("if" in e) {
    const way = (test: boolean, then: Expression): Tree => ({
      all: [formulaTree(e.if, test, desk, scope), formulaTree(then, so, desk, scope)],
    });
    return { any: [way(true, e.then), way(false, e.else)] };
  }
  if (!("op" in e)) return whole(e, so, scope);
  if (e.op === "not") return e.of[0] === undefined ? true : formulaTree(e.of[0], !so, desk, scope);
  if (e.op === "and" || e.op === "or") {
    const parts = e.of.map((part) => formulaTree(part, so, desk, scope));
    return (e.op === "and") === so ? { all: parts } : { any: parts };
  }
  return isComparison(e.op) ? comparisonTree(e, e.op, so, desk, scope) : whole(e, so, scope);
}

/** Variables and triggers of one rule are not those of another. */
function whole(e: Expression, so: boolean, scope: string): Tree {
  const isOwn = /"(variable|trigger)":/.test(JSON.stringify(e));
  return claim(isOwn ? { scope, e } : e, so);
}

const isComparison = (op: string): op is Comparison => ["<", "<=", "=", ">=", ">", "!="].includes(op);
function comparisonTree(e: Operation, op: Comparison, so: boolean, desk: Desk, scope: string): Tree {
  const [a, b] = e.of;
  if (a === undefined || b === undefined || e.of.length > 2) return true;
  const [left, right] = [constantOf(a), constantOf(b)];
  if (left !== undefined && right !== undefined) return compares(left, op, right) === so;
  if (right !== undefined) return termTree(a, op, right, so, desk) ?? whole(e, so, scope);
  if (left !== undefined) return termTree(b, turned[op], left, so, desk) ?? whole(e, so, scope);
  return whole(e, so, scope);
}

const nowhere: Picture = {
  now: 0,
  timeZone: "UTC",
  memory: new Map(),
  known: () => ({ status: "unknown", reason: "" }),
  price: () => Number.NaN,
  surplusW: () => undefined,
};

/** What a formula comes to whatever the home is like; undefined where it depends on it. */
export function constantOf(e: Expression): Value | undefined {
  if (typeof e !== "object") return e;
  if (/"(now|read|variable|trigger)":/.test(JSON.stringify(e))) return undefined;
  const found = worth(e, nowhere);
  return "value" in found ? found.value : undefined;
}

function termTree(e: Expression, op: Comparison, value: Value, so: boolean, desk: Desk): Tree | undefined {
  if (typeof e !== "object") return undefined;
  if ("read" in e) return readTree(e, op, value, so, desk);
  if (!("now" in e) || typeof value !== "number") return undefined;
  switch (e.now) {
    case "hour":
      return fact(MINUTE, eachDay(hours(op, value)), so);
    case "weekday":
      return fact(MINUTE, weekdaysRange([1, 2, 3, 4, 5, 6, 7].filter((d) => compares(d, op, value))), so);
    case "sunElevation":
      return numberFact(SUN, op, value, so);
    case "surplus":
      return surplusFact(desk, op, value, so);
    default:
      return numberFact(e.now, op, value, so);
  }
}

/** Minutes of the day whose hour compares so. */
function hours(op: Comparison, value: number): readonly Interval[] {
  const range = rangeOf(op, value * 60);
  const day = span(0, 1440);
  if (range?.kind !== "numbers") return [day];
  return range.parts.map((p) => ({
    ...p,
    lo: Math.max(0, p.lo),
    loOpen: p.lo >= 0 && p.loOpen,
    hi: Math.min(1440, p.hi),
    hiOpen: p.hi >= 1440 || p.hiOpen,
  }));
}

/** What devices report, held against a value: for one device, or for the least, the most, any or all of several. */
function readTree(e: Read, op: Comparison, value: Value, so: boolean, desk: Desk): Tree | undefined {
  const [capability, attribute] = splitName(e.read);
  const spots = desk.spots(e.target, capability).filter((s) => typeAt(desk, s, capability, attribute) !== undefined);
  const [first] = spots;
  if (!first) return undefined;
  const type = typeAt(desk, first, capability, attribute);
  if (!type || (type.type === "number") !== (typeof value === "number")) return undefined;
  const isOne = e.take === undefined || (spots.length === 1 && e.take !== "count");
  if (isOne) return numberFact(valueThing(pathKey({ ...first, capability, attribute })), op, value, so);
  const each = valueTrees(desk, e.target, e.read, op, value, so);
  const down = op === "<" || op === "<=";
  const up = op === ">" || op === ">=";
  if ((e.take === "any" || e.take === "all") && typeof value === "boolean" && (op === "=" || op === "!=")) {
    const wanted = (op === "=") === value;
    const yes = valueTrees(desk, e.target, e.read, "=", true, wanted === so);
    return (e.take === "any") === (wanted === so) ? { any: yes } : { all: yes };
  }
  if ((e.take === "min" && down) || (e.take === "max" && up)) return so ? { any: each } : { all: each };
  if ((e.take === "min" && up) || (e.take === "max" && down)) return so ? { all: each } : { any: each };
  return undefined;
}
