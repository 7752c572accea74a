/** Regular expressions written by strangers: only those whose worst case is small for the text at hand. */
import type { Run } from "./frame.ts";
import { spend, TemplateError } from "./meter.ts";

const MAX_PATTERN = 512;
/** Most steps that a match may need at worst; a few milliseconds. */
const MAX_COST = 2e6;
/** Longest text that a pattern may stand for, its fixed repetitions written out. */
const MAX_SIZE = 1_000;
const MAX_CACHED = 128;

interface Checked {
  readonly regex: RegExp;
  /** Repetitions without an end: each multiplies the worst case by the length of the text. */
  readonly loops: number;
  /** What options and alternatives multiply it by. */
  readonly choices: number;
  /** What is compared at each place of the text. */
  readonly size: number;
}

interface Group {
  varies: boolean;
  alternatives: number;
  size: number;
}

const cache = new Map<string, Checked>();
const refuse = (why: string): never => {
  throw new TemplateError(`has a regular expression that ${why}`);
};

/** How often a quantifier repeats: [least, most]; undefined where there is none. */
function quantifier(
  rest: string,
): { readonly length: number; readonly least: number; readonly most: number } | undefined {
  const found = /^(?:[*+?]|\{(\d{0,4})(,?)(\d{0,4})\})[?+]?/.exec(rest);
  if (!found) return undefined;
  const [whole, low = "", comma = "", high = ""] = found;
  if (whole[0] === "*") return { length: whole.length, least: 0, most: Number.POSITIVE_INFINITY };
  if (whole[0] === "+") return { length: whole.length, least: 1, most: Number.POSITIVE_INFINITY };
  if (whole[0] === "?") return { length: whole.length, least: 0, most: 1 };
  const least = Number(low || "0");
  const most = comma === "" ? least : high === "" ? Number.POSITIVE_INFINITY : Number(high);
  return { length: whole.length, least, most };
}

/** Length of the atom at the start of the text that is neither a group nor an alternative. */
function atomLength(rest: string): number {
  if (rest[0] === "\\") {
    if (/[1-9k]/.test(rest[1] ?? "")) refuse("refers back to itself");
    return 2;
  }
  if (rest[0] !== "[") return 1;
  const found = /^\[\^?\]?(?:\\.|[^\]\\])*\]/s.exec(rest);
  return found ? found[0].length : refuse("is not closed");
}

/** Walks the pattern once; throws where repetition within repetition could make it explode. */
function weigh(pattern: string): Omit<Checked, "regex"> {
  const groups: Group[] = [{ varies: false, alternatives: 1, size: 0 }];
  let [loops, choices] = [0, 1];
  for (let at = 0; at < pattern.length; ) {
    const top = groups.at(-1) ?? refuse("is not closed");
    const rest = pattern.slice(at, at + 200);
    let closed: Group | undefined;
    if (rest[0] === "(") {
      groups.push({ varies: false, alternatives: 1, size: 0 });
      at += /^\((?:\?(?:[:=!]|<[=!]|<\w{1,40}>))?/.exec(rest)?.[0].length ?? 1;
      continue;
    }
    if (rest[0] === "|") {
      top.alternatives += 1;
      at += 1;
      continue;
    }
    if (rest[0] === ")") {
      closed = groups.pop();
      at += 1;
    } else at += atomLength(rest);
    const holder = groups.at(-1) ?? refuse("is not closed");
    if (closed) choices *= closed.alternatives;
    const times = quantifier(pattern.slice(at, at + 20));
    if (times) at += times.length;
    const varies = times !== undefined && times.least !== times.most;
    const inner = closed !== undefined && (closed.varies || closed.alternatives > 1);
    if (times && times.most > 1 && inner) refuse("repeats what repeats");
    if (varies && times.most > 16) loops += 1;
    else if (varies) choices *= times.most - times.least + 1;
    holder.varies ||= varies || inner;
    holder.size += (closed?.size ?? 1) * (times && times.most < Number.POSITIVE_INFINITY ? Math.max(1, times.most) : 1);
    if (holder.size > MAX_SIZE) refuse("repeats too often");
  }
  if (groups.length !== 1) refuse("is not closed");
  const [all] = groups;
  return { loops, choices: choices * (all?.alternatives ?? 1), size: all?.size ?? 1 };
}

function check(source: string, ignoreCase: boolean): Checked {
  const key = `${ignoreCase ? "i" : ""}/${source}`;
  const known = cache.get(key);
  if (known) return known;
  if (source.length > MAX_PATTERN) refuse("is too long");
  spend(100 + source.length);
  const flagged = /^\(\?([imsx]+)\)/.exec(source);
  // Python's spelling of named groups and of the two ends.
  const pattern = source
    .slice(flagged?.[0].length ?? 0)
    .replaceAll("(?P<", "(?<")
    .replaceAll("\\A", "^")
    .replaceAll("\\Z", "$");
  const cost = weigh(pattern);
  const flags = `g${ignoreCase || flagged?.[1]?.includes("i") ? "i" : ""}${flagged?.[1]?.includes("s") ? "s" : ""}`;
  let regex: RegExp;
  try {
    regex = new RegExp(pattern, flags);
  } catch {
    return refuse("is not valid");
  }
  if (cache.size >= MAX_CACHED) cache.clear();
  const checked = { regex, ...cost };
  cache.set(key, checked);
  return checked;
}

/** The pattern, ready for this text; throws a TemplateError where it could take too long on it. */
function ready(run: Run, source: string, subject: string, ignoreCase: boolean): RegExp {
  const { regex, loops, choices, size } = check(source, ignoreCase);
  const cost = Math.max(2, subject.length) ** (loops + 1) * choices * Math.ceil(size / 2);
  if (cost > MAX_COST) refuse("would take too long on this text");
  run.spend(20 + Math.ceil(cost / 150));
  regex.lastIndex = 0;
  return regex;
}

/** Python's re.findall: whole matches, the one group, or lists of groups. At most 256. */
export function findAll(run: Run, subject: string, source: string, ignoreCase = false): unknown[] {
  const found: unknown[] = [];
  for (const match of subject.matchAll(ready(run, source, subject, ignoreCase))) {
    if (found.length >= 256) break;
    const groups = match.slice(1).map((g) => g ?? "");
    found.push(groups.length === 0 ? match[0] : groups.length === 1 ? groups[0] : groups);
  }
  return found;
}

/** re.match (only at the start) or re.search. */
export function matches(run: Run, subject: string, source: string, ignoreCase: boolean, atStart: boolean): boolean {
  const found = ready(run, source, subject, ignoreCase).exec(subject);
  return found !== null && (!atStart || found.index === 0);
}

/** re.sub; groups are written `\1` or `\g<1>`. */
export function replaceAll(run: Run, subject: string, source: string, by: string, ignoreCase: boolean): string {
  const pattern = ready(run, source, subject, ignoreCase);
  const put = (parts: readonly unknown[]): string =>
    by.replace(/\\(?:g<)?(\d{1,2})>?/g, (_, index) => String(parts[Number(index)] ?? ""));
  return subject.replace(pattern, (...parts) => {
    const piece = put(parts);
    spend(2 + ((by.length + piece.length) >> 2));
    return piece;
  });
}
