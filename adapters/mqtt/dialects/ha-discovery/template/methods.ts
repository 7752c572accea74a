/** Methods of text, lists, dictionaries and moments that templates call with a dot. */
import type { Run } from "./frame.ts";
import { Callable, contains, entries, equal, isDict, isList, item, Moment, TemplateError, text } from "./python.ts";
import { formatted } from "./time.ts";

type Method<T> = (self: T, args: readonly unknown[], run: Run) => unknown;

/** Python's strip: white space, or the given letters. */
function strip(self: string, chars: unknown, left: boolean, right: boolean): string {
  if (typeof chars !== "string" || chars.length > 64) {
    const cut = left ? self.trimStart() : self;
    return right ? cut.trimEnd() : cut;
  }
  const gone = (letter: string | undefined): boolean => letter !== undefined && chars.includes(letter);
  let [from, to] = [0, self.length];
  while (left && from < to && gone(self[from])) from += 1;
  while (right && to > from && gone(self[to - 1])) to -= 1;
  return self.slice(from, to);
}

function countOf(self: string, part: string): number {
  let [count, at] = [0, part ? self.indexOf(part) : -1];
  for (; at >= 0; at = self.indexOf(part, at + part.length)) count += 1;
  return count;
}

function split(self: string, args: readonly unknown[], run: Run): unknown {
  const most = typeof args[1] === "number" && args[1] >= 0 ? args[1] : 1_000;
  const by = args[0] === undefined || args[0] === null ? undefined : text(args[0]);
  if (by === "") throw new TemplateError("splits by nothing");
  const parts = by === undefined ? self.trim().split(/\s+/).filter(Boolean) : self.split(by);
  const kept = parts.slice(0, most);
  if (parts.length > most) kept.push(parts.slice(most).join(by ?? " "));
  return run.made(kept);
}

const title = (self: string): string =>
  self
    .toLowerCase()
    .replace(/(^|[^a-z\u00df-\u00ff])([a-z\u00df-\u00ff])/g, (_, a: string, b: string) => a + b.toUpperCase());

/** Only `{}` and `{0}`: forms with attributes would reach into what they are given. */
const format: Method<string> = (self, args, run) => {
  let next = 0;
  return run.made(
    self.replace(/\{(\d{0,2})\}/g, (_, index: string) => {
      const piece = text(args[index === "" ? next++ : Number(index)]);
      run.spend(1 + (piece.length >> 4));
      return piece;
    }),
  );
};

const ofText: Readonly<Record<string, Method<string>>> = {
  split,
  strip: (s, a) => strip(s, a[0], true, true),
  lstrip: (s, a) => strip(s, a[0], true, false),
  rstrip: (s, a) => strip(s, a[0], false, true),
  lower: (s) => s.toLowerCase(),
  upper: (s) => s.toUpperCase(),
  title,
  capitalize: (s) => s.slice(0, 1).toUpperCase() + s.slice(1).toLowerCase(),
  replace: (s, a, run) => {
    const by = text(a[1]);
    if (s.length * Math.max(1, by.length) > 65_536) throw new TemplateError("makes too long a text");
    return run.made(s.replaceAll(text(a[0]), () => by));
  },
  startswith: (s, a) => s.startsWith(text(a[0])),
  endswith: (s, a) => s.endsWith(text(a[0])),
  find: (s, a) => s.indexOf(text(a[0])),
  index: (s, a) => s.indexOf(text(a[0])),
  count: (s, a) => countOf(s, text(a[0])),
  isdigit: (s) => /^\d+$/.test(s),
  isnumeric: (s) => /^\d+$/.test(s),
  isalpha: (s) => /^\p{L}+$/u.test(s),
  zfill: (s, a) => s.padStart(Math.min(200, Number(a[0]) || 0), "0"),
  removeprefix: (s, a) => (s.startsWith(text(a[0])) ? s.slice(text(a[0]).length) : s),
  removesuffix: (s, a) => (a[0] && s.endsWith(text(a[0])) ? s.slice(0, -text(a[0]).length) : s),
  join: (s, a, run) => run.made((isList(a[0]) ? a[0] : []).map((v) => text(v)).join(s)),
  format,
};

const ofList: Readonly<Record<string, Method<readonly unknown[]>>> = {
  index: (l, a) => l.findIndex((v) => equal(v, a[0])),
  count: (l, a) => l.filter((v) => equal(v, a[0])).length,
};

type Dict = Map<unknown, unknown> | Record<string, unknown>;

const ofDict: Readonly<Record<string, Method<Dict>>> = {
  get: (d, a) => (contains(d, a[0]) ? item(d, a[0]) : (a[1] ?? null)),
  items: (d, _, run) => run.made(entries(d).map(([k, v]) => [k, v])),
  keys: (d, _, run) => run.made(entries(d).map(([k]) => k)),
  values: (d, _, run) => run.made(entries(d).map(([, v]) => v)),
};

const ofMoment: Readonly<Record<string, Method<Moment>>> = {
  timestamp: (m) => m.ms / 1000,
  isoformat: (m) => new Date(m.ms).toISOString().replace(/\.000Z$|Z$/, "+00:00"),
  strftime: (m, a) => formatted(m, text(a[0])),
};

const momentFields: Readonly<Record<string, (at: Date) => number>> = {
  year: (at) => at.getUTCFullYear(),
  month: (at) => at.getUTCMonth() + 1,
  day: (at) => at.getUTCDate(),
  hour: (at) => at.getUTCHours(),
  minute: (at) => at.getUTCMinutes(),
  second: (at) => at.getUTCSeconds(),
};

function bound<T>(table: Readonly<Record<string, Method<T>>>, self: T, name: string, run: Run): unknown {
  const method = Object.hasOwn(table, name) ? table[name] : undefined;
  if (!method) return undefined;
  return new Callable((args) => {
    run.through(self);
    return method(self, args, run);
  });
}

/** A method bound to its value, or a moment's field; undefined where there is none of this name. */
export function methodOf(run: Run, self: unknown, name: string): unknown {
  if (typeof self === "string") return bound(ofText, self, name, run);
  if (isList(self)) return bound(ofList, self, name, run);
  if (self instanceof Moment) {
    const field = Object.hasOwn(momentFields, name) ? momentFields[name] : undefined;
    return field ? field(new Date(self.ms)) : bound(ofMoment, self, name, run);
  }
  return isDict(self) ? bound(ofDict, self, name, run) : undefined;
}

export { strip, title };
