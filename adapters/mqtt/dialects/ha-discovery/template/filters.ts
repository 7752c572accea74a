/** What `| …` does to one value; filters over lists are in list-filters.ts. */
import { jsonText, parseJson } from "../../../json.ts";
import { arg, type Filter, type Filtering } from "./filter.ts";
import { extreme, iif, numberOr } from "./globals.ts";
import { listFilters } from "./list-filters.ts";
import { spend } from "./meter.ts";
import { strip, title } from "./methods.ts";
import { entries, float, isDict, isList, Moment, number, round, sizeOf, TemplateError, text, truth } from "./python.ts";
import { findAll, matches, replaceAll } from "./regex.ts";
import { formatted, momentOf } from "./time.ts";

const given = (f: Filtering, index: number, name: string): boolean => f.args.length > index || f.named.has(name);

const fallback: Filter = (f) => {
  const empty = f.value === undefined || (truth(arg(f, 1, "boolean")) && !truth(f.value));
  return empty ? (arg(f, 0, "default_value") ?? "") : f.value;
};

function whole(f: Filtering): unknown {
  const base = arg(f, 1, "base");
  if (typeof f.value === "string" && typeof base === "number" && base !== 10) {
    const digits = f.value
      .trim()
      .toLowerCase()
      .replace(/^0[xbo]/, "");
    const parsed = base >= 2 && base <= 36 && digits.length <= 16 ? Number.parseInt(digits, base) : Number.NaN;
    return Number.isFinite(parsed) ? parsed : numberOr(undefined, arg(f, 0, "default"), given(f, 0, "default"), true);
  }
  return numberOr(f.value, arg(f, 0, "default"), given(f, 0, "default"), true);
}

function rounded(f: Filtering): unknown {
  const value = float(f.value);
  if (value === undefined) return numberOr(f.value, arg(f, 2, "default"), given(f, 2, "default"), false);
  const [digits, how] = [Number(arg(f, 0, "precision") ?? 0), arg(f, 1, "method")];
  const factor = 10 ** Math.max(-12, Math.min(12, digits || 0));
  if (how === "floor") return Math.floor(value * factor) / factor;
  if (how === "ceil") return Math.ceil(value * factor) / factor;
  if (how === "half") return Math.round(value * 2) / 2;
  return round(value, digits || 0);
}

function truncated(f: Filtering): string {
  const value = text(f.value);
  const length = Number(arg(f, 0, "length") ?? 255);
  const end = text(arg(f, 2, "end") ?? "...");
  const leeway = Number(arg(f, 3, "leeway") ?? 5);
  if (value.length <= length + leeway) return value;
  const cut = value.slice(0, Math.max(0, length - end.length));
  if (truth(arg(f, 1, "killwords"))) return cut + end;
  const blank = cut.lastIndexOf(" ");
  return (blank < 0 ? cut : cut.slice(0, blank)) + end;
}

/** Python dictionaries made by a template, as plain JSON. */
function plain(value: unknown, depth = 0): unknown {
  if (depth > 20) throw new TemplateError("is nested too deep");
  spend(2 + 2 * sizeOf(value));
  if (isList(value)) return value.map((v) => plain(v, depth + 1));
  if (value instanceof Moment) return text(value);
  if (!isDict(value)) return value ?? null;
  return Object.fromEntries(entries(value).map(([k, v]) => [text(k), plain(v, depth + 1)]));
}

const shown = (f: Filtering, pattern: unknown, or: unknown): unknown => {
  const moment = momentOf(f.value);
  if (!moment) return or ?? null;
  return typeof pattern === "string" ? formatted(moment, pattern) : text(moment);
};

const bits =
  (what: (a: number, b: number) => number): Filter =>
  ({ value, args }) =>
    what(number(value), number(args[0]));

/** A number, or the default that stands at this place of the arguments. */
const scaled =
  (what: (a: number, b: number) => number, at = 1): Filter =>
  (f) => {
    const value = float(f.value);
    if (value === undefined) return numberOr(f.value, arg(f, at, "default"), given(f, at, "default"), false);
    const result = what(value, at > 0 ? number(f.args[0]) : 0);
    if (Number.isFinite(result)) return result;
    throw new TemplateError("reckons beyond all numbers");
  };

/** Python's `%` forms for numbers and text: width, zeros, digits behind the point. */
const printed: Filter = ({ value, args, run }) => {
  let next = 0;
  return text(value)
    .slice(0, 1_000)
    .replace(
      /%(0?)(\d{0,2})(?:\.(\d{1,2}))?([sdifxX%])/g,
      (_, zero: string, width: string, digits: string, form: string) => {
        if (form === "%") return "%";
        const given = args[next++];
        const bare = form === "s" ? text(given) : inForm(number(given), form, digits);
        run.spend(1 + (bare.length >> 4));
        return bare.padStart(Number(width), zero ? "0" : " ");
      },
    );
};

function inForm(value: number, form: string, digits: string | undefined): string {
  if (form === "f") return value.toFixed(digits === undefined ? 6 : Number(digits));
  if (form === "x") return Math.trunc(value).toString(16);
  return form === "X" ? Math.trunc(value).toString(16).toUpperCase() : String(Math.trunc(value));
}

const json: Filter = (f) => jsonText(plain(f.value)) ?? "";
const same: Filter = ({ value }) => value;
const regex =
  (atStart: boolean): Filter =>
  (f) => {
    return matches(f.run, text(f.value), text(arg(f, 0, "find")), truth(arg(f, 1, "ignorecase")), atStart);
  };

export const filters: Readonly<Record<string, Filter>> = {
  ...listFilters,
  ...{ default: fallback, d: fallback },
  float: (f) => numberOr(f.value, arg(f, 0, "default"), given(f, 0, "default"), false),
  int: whole,
  bool: ({ value }) => (typeof value === "string" ? /^(true|on|yes|1|enable)$/i.test(value) : truth(value)),
  round: rounded,
  abs: ({ value }) => Math.abs(number(value)),
  multiply: scaled((a, b) => a * b),
  add: scaled((a, b) => a + b),
  sqrt: scaled((a) => Math.sqrt(a), 0),
  log: (f) => Math.log(number(f.value)) / (f.args[0] === undefined ? 1 : Math.log(number(f.args[0]))),
  ...{ bitwise_and: bits((a, b) => a & b), bitwise_or: bits((a, b) => a | b), bitwise_xor: bits((a, b) => a ^ b) },
  is_number: ({ value }) => typeof value !== "boolean" && float(value) !== undefined,
  iif: ({ value, args }) => iif(value, args),
  string: ({ value }) => text(value),
  ...{ lower: ({ value }) => text(value).toLowerCase(), upper: ({ value }) => text(value).toUpperCase() },
  title: ({ value }) => title(text(value)),
  capitalize: ({ value }) => text(value).slice(0, 1).toUpperCase() + text(value).slice(1).toLowerCase(),
  trim: ({ value, args }) => strip(text(value), args[0], true, true),
  truncate: truncated,
  replace: ({ value, args, run }) => {
    const [subject, by] = [text(value), text(args[1])];
    if (subject.length * Math.max(1, by.length) > 65_536) throw new TemplateError("makes too long a text");
    return run.made(subject.replaceAll(text(args[0]), () => by));
  },
  format: printed,
  ord: ({ value }) => text(value).codePointAt(0) ?? null,
  slugify: ({ value }) =>
    text(value)
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "_")
      .replace(/^_|_$/g, ""),
  ...{ e: same, escape: same, safe: same, forceescape: same },
  urlencode: ({ value }) => encodeURIComponent(text(value).replace(/[\ud800-\udfff]/g, "")),
  ...{ to_json: json, tojson: json },
  from_json: (f) => {
    const parsed = parseJson(text(f.value));
    return parsed === undefined ? numberOr(undefined, arg(f, 0, "default"), given(f, 0, "default"), false) : parsed;
  },
  regex_findall: (f) => {
    return findAll(f.run, text(f.value), text(arg(f, 0, "find")), truth(arg(f, 1, "ignorecase")));
  },
  regex_findall_index: (f) => {
    return findAll(f.run, text(f.value), text(arg(f, 0, "find")), truth(arg(f, 2, "ignorecase")))[
      Number(arg(f, 1, "index") ?? 0)
    ];
  },
  regex_replace: (f) => {
    return replaceAll(
      f.run,
      text(f.value),
      text(arg(f, 0, "find")),
      text(arg(f, 1, "replace")),
      truth(arg(f, 2, "ignorecase")),
    );
  },
  ...{ regex_match: regex(true), regex_search: regex(false) },
  timestamp_custom: (f) => shown(f, arg(f, 0, "date_format"), arg(f, 2, "default")),
  timestamp_local: (f) => shown(f, undefined, f.args[0]),
  timestamp_utc: (f) => shown(f, undefined, f.args[0]),
  as_datetime: (f) => momentOf(f.value) ?? arg(f, 0, "default") ?? null,
  as_local: (f) => momentOf(f.value) ?? null,
  as_timestamp: (f) => {
    const moment = momentOf(f.value);
    return moment ? moment.ms / 1000 : (arg(f, 0, "default") ?? null);
  },
  max: ({ value, args }) => extreme(isList(value) && args.length === 0 ? [value] : [value, ...args], 1),
  min: ({ value, args }) => extreme(isList(value) && args.length === 0 ? [value] : [value, ...args], -1),
};
