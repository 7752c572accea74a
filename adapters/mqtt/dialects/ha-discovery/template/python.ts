/** Values as templates know them: Python's rules for text, truth, equality and numbers. */
import { spend, TemplateError } from "./meter.ts";

export { TemplateError };

/** What `namespace()` makes: the one thing that a template may change from within a loop. */
export class Namespace {
  readonly values = new Map<string, unknown>();
}

/** A moment; always UTC, because templates have no access to the home's zone. */
export class Moment {
  readonly ms: number;
  constructor(ms: number) {
    this.ms = ms;
  }
}

/** A function that a template may call. */
export class Callable {
  readonly call: (args: readonly unknown[], named: ReadonlyMap<string, unknown>) => unknown;
  readonly members: ReadonlyMap<string, unknown>;
  constructor(call: Callable["call"], members: ReadonlyMap<string, unknown> = new Map()) {
    this.call = call;
    this.members = members;
  }
}

export const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

/** JSON objects from payloads and dictionaries made by templates. */
export const isDict = (value: unknown): value is Map<unknown, unknown> | Record<string, unknown> =>
  typeof value === "object" &&
  value !== null &&
  !isList(value) &&
  !(value instanceof Namespace) &&
  !(value instanceof Moment) &&
  !(value instanceof Callable);

export function entries(dict: Map<unknown, unknown> | Record<string, unknown>): (readonly [unknown, unknown])[] {
  return dict instanceof Map ? [...dict] : Object.entries(dict);
}

/** An own entry; undefined when there is none. */
export function item(dict: Map<unknown, unknown> | Record<string, unknown>, key: unknown): unknown {
  if (dict instanceof Map) return dict.get(key);
  if (typeof key !== "string" && typeof key !== "number") return undefined;
  return Object.hasOwn(dict, key) ? dict[key] : undefined;
}

export const has = (dict: Map<unknown, unknown> | Record<string, unknown>, key: unknown): boolean =>
  dict instanceof Map
    ? dict.has(key)
    : (typeof key === "string" || typeof key === "number") && Object.hasOwn(dict, key);

/** Deepest structure that is written or compared. */
const MAX_DEPTH = 20;

/** What writing or walking through a list or a dictionary costs, its inner ones aside. */
export function sizeOf(value: unknown): number {
  const parts = isList(value)
    ? value
    : isDict(value)
      ? [...(value instanceof Map ? value.values() : Object.values(value))]
      : [];
  return parts.reduce((sum: number, v) => sum + (typeof v === "string" ? 1 + (v.length >> 4) : 1), 0);
}

/** Python's str(); `inside` is its repr(). */
export function text(value: unknown, inside = false, depth = 0): string {
  if (value === undefined) return "";
  if (value === null) return "None";
  if (value === true) return "True";
  if (value === false) return "False";
  if (typeof value === "string") return inside ? `'${value}'` : value;
  if (typeof value === "number") return String(value);
  if (value instanceof Moment) return new Date(value.ms).toISOString();
  if (depth > MAX_DEPTH) throw new TemplateError("is nested too deep");
  spend(2 + 2 * sizeOf(value));
  if (isList(value)) return `[${value.map((v) => text(v, true, depth + 1)).join(", ")}]`;
  if (isDict(value))
    return `{${entries(value)
      .map(([k, v]) => `${text(k, true, depth + 1)}: ${text(v, true, depth + 1)}`)
      .join(", ")}}`;
  return "";
}

export function truth(value: unknown): boolean {
  if (isList(value)) return value.length > 0;
  if (isDict(value)) return value instanceof Map ? value.size > 0 : Object.keys(value).length > 0;
  return Boolean(value);
}

const asNumeric = (value: unknown): unknown => (typeof value === "boolean" ? Number(value) : value);

/** Most parts that one comparison looks at. */
const MAX_COMPARED = 2_000;

export function equal(a: unknown, b: unknown, depth = 0, budget = { left: MAX_COMPARED }): boolean {
  const [x, y] = [asNumeric(a), asNumeric(b)];
  if (x === y) return true;
  budget.left -= 1;
  spend(1);
  if (budget.left < 0) throw new TemplateError("compares too much");
  if (depth > MAX_DEPTH) return false;
  if (isList(x) && isList(y)) return x.length === y.length && x.every((v, i) => equal(v, y[i], depth + 1, budget));
  if (isDict(x) && isDict(y)) {
    const mine = entries(x);
    return (
      mine.length === entries(y).length && mine.every(([k, v]) => has(y, k) && equal(v, item(y, k), depth + 1, budget))
    );
  }
  return x instanceof Moment && y instanceof Moment && x.ms === y.ms;
}

const NUMERIC = /^\s*[-+]?(\d[\d_]*\.?\d*|\.\d+)(e[-+]?\d+)?\s*$/i;

/** float(): a finite number, or undefined. */
export function float(value: unknown): number | undefined {
  if (typeof value === "number") return Number.isFinite(value) ? value : undefined;
  if (typeof value === "boolean") return Number(value);
  if (typeof value !== "string" || value.length > 64 || !NUMERIC.test(value)) return undefined;
  const number = Number(value.replaceAll("_", ""));
  return Number.isFinite(number) ? number : undefined;
}

/** A number for arithmetic: text is none here, as in Python. */
export function number(value: unknown): number {
  const plain = asNumeric(value);
  if (typeof plain === "number") return plain;
  throw new TemplateError(`reckons with ${value === undefined ? "something that is not there" : "what is no number"}`);
}

/** Negative, zero or positive, as the two stand to each other. */
export function compare(a: unknown, b: unknown): number {
  const [x, y] = [asNumeric(a), asNumeric(b)];
  if (typeof x === "number" && typeof y === "number") return x - y;
  if (typeof x === "string" && typeof y === "string") return x < y ? -1 : x > y ? 1 : 0;
  if (x instanceof Moment && y instanceof Moment) return x.ms - y.ms;
  if (isList(x) && isList(y)) {
    for (let i = 0; i < Math.min(x.length, y.length); i += 1) {
      const order = compare(x[i], y[i]);
      if (order !== 0) return order;
    }
    return x.length - y.length;
  }
  throw new TemplateError("compares things of different kinds");
}

export function contains(container: unknown, wanted: unknown): boolean {
  if (typeof container === "string") return container.includes(text(wanted));
  if (isList(container)) return container.some((v) => equal(v, wanted));
  return isDict(container) && has(container, wanted);
}

/** Round half to even like Python, at `digits` decimals. */
export function round(value: number, digits: number): number {
  const factor = 10 ** Math.max(-12, Math.min(12, Math.trunc(digits)));
  const scaled = Number((value * factor).toPrecision(15));
  const floor = Math.floor(scaled);
  const half = scaled - floor === 0.5;
  const whole = half ? floor + (Math.abs(floor % 2) === 1 ? 1 : 0) : Math.round(scaled);
  return whole / factor;
}

/** As {@link text}, outside of a run: undefined for what is too large or nested too deep to be written. */
export function shown(value: unknown): string | undefined {
  try {
    return text(value);
  } catch {
    return undefined;
  }
}
