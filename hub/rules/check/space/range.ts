/** Sets of values: intervals of numbers, or some of the words, or all but some. */
import type { Value } from "../../../model/capability.ts";
import type { Comparison } from "../../../model/rule/condition.ts";

export interface Interval {
  readonly lo: number;
  readonly hi: number;
  readonly loOpen: boolean;
  readonly hiOpen: boolean;
}

export type Range =
  | { readonly kind: "numbers"; readonly parts: readonly Interval[] }
  | { readonly kind: "values"; readonly values: ReadonlySet<Value>; readonly except: boolean };

/** From `lo` to `hi`, the latter not included. */
export const span = (lo: number, hi: number): Interval => ({ lo, hi, loOpen: false, hiOpen: true });
export const closed = (lo: number, hi: number): Interval => ({ lo, hi, loOpen: false, hiOpen: false });
export const numbers = (...parts: readonly Interval[]): Range => ({ kind: "numbers", parts: merged(parts) });
export const oneOf = (...values: readonly Value[]): Range => ({
  kind: "values",
  values: new Set(values),
  except: false,
});
const LEAST = Number.NEGATIVE_INFINITY;
const MOST = Number.POSITIVE_INFINITY;

/** All values that compare so with another; undefined: none does. */
export function rangeOf(op: Comparison, value: Value): Range | undefined {
  if (typeof value !== "number") {
    if (op !== "=" && op !== "!=") return undefined;
    return { kind: "values", values: new Set([value]), except: op === "!=" };
  }
  const below = (hiOpen: boolean): Interval => ({ lo: LEAST, hi: value, loOpen: true, hiOpen });
  const above = (loOpen: boolean): Interval => ({ lo: value, hi: MOST, loOpen, hiOpen: true });
  switch (op) {
    case "<":
      return numbers(below(true));
    case "<=":
      return numbers(below(false));
    case ">":
      return numbers(above(true));
    case ">=":
      return numbers(above(false));
    case "=":
      return numbers(closed(value, value));
    case "!=":
      return { kind: "numbers", parts: [below(true), above(true)] };
  }
}

const isEmpty = ({ lo, hi, loOpen, hiOpen }: Interval): boolean => lo > hi || (lo === hi && (loOpen || hiOpen));

const byStart = (a: Interval, b: Interval): number => a.lo - b.lo || Number(a.loOpen) - Number(b.loOpen);

function merged(parts: readonly Interval[]): readonly Interval[] {
  const list = parts.filter((p) => !isEmpty(p)).sort(byStart);
  const found: Interval[] = [];
  for (const part of list) {
    const last = found.at(-1);
    const touches = last && (part.lo < last.hi || (part.lo === last.hi && !(part.loOpen && last.hiOpen)));
    if (!last || !touches) found.push(part);
    else if (part.hi > last.hi || (part.hi === last.hi && !part.hiOpen))
      found[found.length - 1] = { ...last, hi: part.hi, hiOpen: part.hiOpen };
  }
  return found;
}

/** Everything that is not in a range. */
export function complement(range: Range): Range {
  if (range.kind === "values") return { ...range, except: !range.except };
  const parts: Interval[] = [];
  let lo = LEAST;
  let loOpen = true;
  for (const part of range.parts) {
    parts.push({ lo, loOpen, hi: part.lo, hiOpen: !part.loOpen });
    lo = part.hi;
    loOpen = !part.hiOpen;
  }
  parts.push({ lo, loOpen, hi: MOST, hiOpen: true });
  return { kind: "numbers", parts: parts.filter((p) => !isEmpty(p)) };
}

/** What is in both; undefined: nothing is. */
export function meet(a: Range, b: Range): Range | undefined {
  if (a.kind === "numbers" && b.kind === "numbers") return meetNumbers(a.parts, b.parts);
  if (a.kind === "values" && b.kind === "values") return meetValues(a, b);
  // A number held against a word is a fault of its own; here it narrows nothing.
  return a;
}

function meetNumbers(a: readonly Interval[], b: readonly Interval[]): Range | undefined {
  const parts: Interval[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const [p, q] = [a[i], b[j]];
    if (!p || !q) break;
    const low = p.lo > q.lo || (p.lo === q.lo && p.loOpen) ? p : q;
    const pEndsFirst = p.hi < q.hi || (p.hi === q.hi && p.hiOpen);
    const high = pEndsFirst ? p : q;
    const both = { lo: low.lo, loOpen: low.loOpen, hi: high.hi, hiOpen: high.hiOpen };
    if (!isEmpty(both)) parts.push(both);
    if (pEndsFirst) i += 1;
    else j += 1;
  }
  return parts.length > 0 ? { kind: "numbers", parts } : undefined;
}

type Values = Extract<Range, { kind: "values" }>;

function meetValues(a: Values, b: Values): Range | undefined {
  if (a.except && b.except) return { kind: "values", values: new Set([...a.values, ...b.values]), except: true };
  const [some, other] = a.except ? [b, a] : [a, b];
  const values = new Set([...some.values].filter((v) => other.values.has(v) !== other.except));
  return values.size > 0 ? { kind: "values", values, except: false } : undefined;
}
