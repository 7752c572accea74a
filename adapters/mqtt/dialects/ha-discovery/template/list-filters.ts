/** Filters over lists: choosing, changing and putting together. */
import type { Filter, Filtering } from "./filter.ts";
import type { Run } from "./frame.ts";
import {
  compare,
  contains,
  entries,
  equal,
  isDict,
  isList,
  item,
  number,
  TemplateError,
  text,
  truth,
} from "./python.ts";
import { testOf } from "./tests.ts";

function items(run: Run, value: unknown): readonly unknown[] {
  run.through(value);
  if (isList(value)) return value;
  if (isDict(value)) return entries(value).map(([key]) => key);
  if (typeof value === "string") return [...value];
  return [];
}

/** A field of an item by name, dotted path or number. */
function field(value: unknown, name: unknown): unknown {
  const parts: readonly unknown[] = typeof name === "string" ? name.split(".").slice(0, 8) : [name];
  return parts.reduce((at: unknown, part) => {
    if (isDict(at)) return item(at, part);
    return isList(at) ? at[Number(part)] : undefined;
  }, value);
}

/** select, reject and their forms by attribute. */
const choose =
  (byField: boolean, wanted: boolean): Filter =>
  ({ run, value, args }) => {
    const [name, given] = byField ? [args[1], args.slice(2)] : [args[0], args.slice(1)];
    const test = name === undefined ? undefined : testOf(text(name));
    return items(run, value).filter((v) => {
      run.spend(2);
      const subject = byField ? field(v, args[0]) : v;
      return (test ? test(run, subject, ...given) : truth(subject)) === wanted;
    });
  };

function mapped(f: Filtering, apply: (name: string) => Filter | undefined): unknown {
  const attribute = f.named.get("attribute");
  const name = text(f.args[0]);
  const filter = attribute === undefined ? apply(name) : undefined;
  if (attribute === undefined && !filter)
    throw new TemplateError(`uses the filter ${name.slice(0, 40)}, which there is not`);
  return items(f.run, f.value).map((value) => {
    f.run.spend(2);
    if (!filter) return field(value, attribute) ?? f.named.get("default");
    return filter({ run: f.run, value, args: f.args.slice(1), named: new Map() });
  });
}

/** Filters that `map` may apply by name; those over lists are left out, so that nothing nests. */
const mappable: Readonly<Record<string, Filter>> = {
  string: ({ value }) => text(value),
  lower: ({ value }) => text(value).toLowerCase(),
  upper: ({ value }) => text(value).toUpperCase(),
  trim: ({ value }) => text(value).trim(),
  float: ({ value }) => number(typeof value === "string" ? Number(value) : value),
  int: ({ value }) => Math.trunc(number(typeof value === "string" ? Number(value) : value)),
  abs: ({ value }) => Math.abs(number(value)),
};

function sorted({ run, value, args, named }: Filtering): unknown {
  const attribute = named.get("attribute");
  const list = [...items(run, value)];
  run.spend(list.length * 8);
  const key = (v: unknown): unknown => (attribute === undefined ? v : field(v, attribute));
  list.sort((a, b) => compare(key(a), key(b)));
  return truth(named.get("reverse") ?? args[0]) ? list.reverse() : list;
}

function unique({ run, value }: Filtering): unknown {
  const kept: unknown[] = [];
  for (const one of items(run, value)) {
    run.spend(1 + (kept.length >> 2));
    if (!contains(kept, one)) kept.push(one);
  }
  return kept;
}

const length: Filter = ({ run, value }) => items(run, value).length;

export const listFilters: Readonly<Record<string, Filter>> = {
  list: ({ run, value }) => [...items(run, value)],
  first: ({ run, value }) => items(run, value)[0],
  last: ({ run, value }) => items(run, value).at(-1),
  ...{ length, count: length },
  sum: ({ run, value }) =>
    items(run, value).reduce((sum: number, v) => {
      run.spend(1);
      return sum + number(v);
    }, 0),
  average: ({ run, value }) => {
    const list = items(run, value);
    run.spend(list.length);
    if (list.length === 0) throw new TemplateError("averages nothing");
    return list.reduce((sum: number, v) => sum + number(v), 0) / list.length;
  },
  join: ({ run, value, args }) => {
    const parts = items(run, value).map((v) => text(v));
    run.spend(parts.length);
    if (parts.reduce((sum, p) => sum + p.length, parts.length * text(args[0]).length) > 32_768)
      throw new TemplateError("makes too long a text");
    return parts.join(text(args[0]));
  },
  reverse: ({ run, value }) =>
    typeof value === "string" ? [...value].reverse().join("") : [...items(run, value)].reverse(),
  sort: sorted,
  unique,
  items: ({ value }) => (isDict(value) ? entries(value).map(([k, v]) => [k, v]) : []),
  dictsort: ({ value }) =>
    isDict(value)
      ? entries(value)
          .map(([k, v]) => [k, v])
          .sort((a, b) => compare(text(a[0]), text(b[0])))
      : [],
  ...{ select: choose(false, true), reject: choose(false, false) },
  ...{ selectattr: choose(true, true), rejectattr: choose(true, false) },
  map: (f) => mapped(f, (name) => (Object.hasOwn(mappable, name) ? mappable[name] : undefined)),
  contains: ({ value, args }) => contains(value, args[0]),
  attr: ({ value, args }) => field(value, args[0]),
  indexof: ({ run, value, args }) => items(run, value).findIndex((v) => equal(v, args[0])),
};
