/** What a template may call by name. Nothing here reaches out of the message: no states, no files, no requests. */
import type { Run } from "./frame.ts";
import {
  Callable,
  compare,
  entries,
  float,
  isDict,
  isList,
  Moment,
  Namespace,
  number,
  TemplateError,
  truth,
} from "./python.ts";
import { momentOf } from "./time.ts";

type Make = (run: Run) => unknown;

const fn =
  (call: (args: readonly unknown[], named: ReadonlyMap<string, unknown>, run: Run) => unknown): Make =>
  (run) =>
    new Callable((args, named) => call(args, named, run));

/** A number, the default that was given, or an error. */
export function numberOr(value: unknown, fallback: unknown, given: boolean, whole: boolean): unknown {
  const plain = float(value);
  if (plain === undefined) {
    if (given) return fallback;
    throw new TemplateError("needs a number where there is none");
  }
  return whole ? Math.trunc(plain) : plain;
}

const MAX_RANGE = 1_000;

function range(args: readonly unknown[]): unknown {
  const [from, to, step] =
    args.length > 1 ? [number(args[0]), number(args[1]), number(args[2] ?? 1)] : [0, number(args[0]), 1];
  const length = step === 0 ? Number.POSITIVE_INFINITY : Math.max(0, Math.ceil((to - from) / step));
  if (!(length <= MAX_RANGE)) throw new TemplateError("makes too long a list");
  return Array.from({ length }, (_, i) => from + i * step);
}

/** The largest (1) or smallest (-1) of a list, or of the arguments. */
export function extreme(args: readonly unknown[], sign: 1 | -1): unknown {
  const list = args.length === 1 && isList(args[0]) ? args[0] : args;
  return list.reduce((best, value) => (compare(value, best) * sign > 0 ? value : best), list[0]);
}

export const iif = (value: unknown, args: readonly unknown[]): unknown => {
  const [yes = true, no = false, none] = args;
  if (value === null && args.length > 2) return none;
  return truth(value) ? yes : no;
};

function dict(args: readonly unknown[], named: ReadonlyMap<string, unknown>): Map<unknown, unknown> {
  const [from] = args;
  const pairs = isDict(from) ? entries(from) : isList(from) ? from.filter(isList).map(([k, v]) => [k, v] as const) : [];
  return new Map<unknown, unknown>([...pairs, ...named]);
}

function zip(args: readonly unknown[]): unknown[] {
  const lists = args.map((a) => (isList(a) ? a : []));
  const length = lists.length === 0 ? 0 : Math.min(...lists.map((l) => l.length));
  return Array.from({ length }, (_, i) => lists.map((l) => l[i]));
}

const reckon = (what: (x: number) => number): Make =>
  fn(([value, fallback], _, run) => {
    run.spend(1);
    const result = what(float(value) ?? Number.NaN);
    if (Number.isFinite(result)) return result;
    if (fallback !== undefined) return fallback;
    throw new TemplateError("needs a number where there is none");
  });

export const globals: Readonly<Record<string, Make>> = {
  float: fn((a, n) => numberOr(a[0], a[1] ?? n.get("default"), a.length > 1 || n.has("default"), false)),
  int: fn((a, n) => numberOr(a[0], a[1] ?? n.get("default"), a.length > 1 || n.has("default"), true)),
  bool: fn(([value]) => (typeof value === "string" ? /^(true|on|yes|1|enable)$/i.test(value) : truth(value))),
  is_number: fn(([value]) => typeof value !== "boolean" && float(value) !== undefined),
  iif: fn(([value, ...rest]) => iif(value, rest)),
  min: fn((args) => extreme(args, -1)),
  max: fn((args) => extreme(args, 1)),
  range: fn(range),
  zip: fn(zip),
  namespace: fn((args, named) => {
    const made = new Namespace();
    for (const [key, value] of dict(args, named)) made.values.set(String(key), value);
    return made;
  }),
  dict: () => {
    const fromKeys = new Callable(([pairs]) => dict([pairs], new Map()));
    return new Callable(dict, new Map([["from_keys", fromKeys]]));
  },
  now: fn((_, __, run) => new Moment(run.at)),
  utcnow: fn((_, __, run) => new Moment(run.at)),
  as_datetime: fn(([value, fallback]) => momentOf(value) ?? fallback ?? null),
  as_timestamp: fn(([value, fallback]) => {
    const moment = momentOf(value);
    return moment ? moment.ms / 1000 : (fallback ?? null);
  }),
  sqrt: reckon(Math.sqrt),
  log: fn(([value, base]) => Math.log(number(value)) / (base === undefined ? 1 : Math.log(number(base)))),
  sin: reckon(Math.sin),
  cos: reckon(Math.cos),
  tan: reckon(Math.tan),
  pi: () => Math.PI,
  e: () => Math.E,
};
