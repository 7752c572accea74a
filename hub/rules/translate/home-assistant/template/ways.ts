import type { Condition } from "../../../../model/rule/condition.ts";
import { attempt, type Desk } from "../desk.ts";
import { type Item, textOf } from "../item.ts";
import { templateIs } from "./condition.ts";
import { type Node, pathIn, soleOf } from "./parse.ts";

/** What a template comes to: the text of the first way that is so, else the last. */
export interface Ways {
  readonly options: readonly { readonly if: Condition; readonly text: string }[];
  /** Undefined where nothing is said for what is left. */
  readonly otherwise: string | undefined;
}

const MOST = 20;
const TAG = /\{%-?\s*(\w+)((?:[^%]|%(?!\}))*?)-?%\}/g;
const SNIPPET = /\{\{((?:[^}]|\}(?!\}))*)\}\}/g;
const SETS = /^(?:\s*\{%-?\s*set\s(?:[^%]|%(?!\}))*%\})+/;

/**
 * A template that says one thing where something is so, and another where it is not: by `{% if %}`, by `a if b else c`, or
 * (with `words`) by what started the rule. Undefined for any other, and where a condition has no like here.
 */
export function waysOf(desk: Desk, at: Item, words: boolean): Ways | undefined {
  const text = textOf(at) ?? "";
  if (text.length > 4000) return undefined;
  const sets = SETS.exec(text)?.[0] ?? "";
  const rest = text.slice(sets.length);
  return attempt(desk, () => byIf(desk, at, sets, rest) ?? bySnippet(desk, at, sets, rest, words));
}

interface Way {
  readonly test: string | undefined;
  readonly from: number;
  to: number;
}

/** The branches of the first `{% if %}`, by their places in the text. */
function branchesIn(
  text: string,
): { readonly ways: readonly Way[]; readonly from: number; readonly to: number } | undefined {
  const ways: Way[] = [];
  let [depth, from] = [0, 0];
  for (const found of text.matchAll(TAG)) {
    const [tag, word = "", test = ""] = found;
    if (!["if", "elif", "else", "endif"].includes(word)) return undefined;
    if (word === "if") depth += 1;
    if (word === "if" && depth === 1) from = found.index;
    const end = found.index + tag.length;
    const last = ways.at(-1);
    if (last && depth === 1) last.to = found.index;
    if (depth === 1 && word !== "endif") ways.push({ test: word === "else" ? undefined : test, from: end, to: end });
    if (word === "endif") depth -= 1;
    if (word === "endif" && depth === 0) return { ways, from, to: end };
    if (depth < 0) return undefined;
  }
  return undefined;
}

function byIf(desk: Desk, at: Item, sets: string, text: string): Ways | undefined {
  const found = branchesIn(text);
  if (!found) return undefined;
  const whole = (way: Way) => `${text.slice(0, found.from)}${text.slice(way.from, way.to)}${text.slice(found.to)}`;
  const last = found.ways.at(-1);
  const tests = found.ways.filter((way) => way.test !== undefined);
  const otherwise = last && last.test === undefined ? whole(last) : text.slice(0, found.from) + text.slice(found.to);
  return chosen(
    desk,
    at,
    sets,
    otherwise,
    tests.map((way) => ({ test: way.test ?? "", text: whole(way) })),
  );
}

/** States of what started the rule, or of an entity, of which one or the other must be so. */
const PAIRS = [
  ["on", "off"],
  ["home", "not_home"],
  ["open", "closed"],
  ["above_horizon", "below_horizon"],
];
const STATE =
  /^\s*(trigger\.to_state\.state|states\(\s*(['"])[a-z_]+\.[a-z0-9_]+\2\s*\)|states\.[a-z_]+\.[a-z0-9_]+\.state)\s*$/;

function bySnippet(desk: Desk, at: Item, sets: string, text: string, words: boolean): Ways | undefined {
  for (const found of text.matchAll(SNIPPET)) {
    const [snippet, inner = ""] = found;
    const whole = (word: string) => text.slice(0, found.index) + word + text.slice(found.index + snippet.length);
    const node = soleOf(snippet)?.node;
    const made = node?.type === "Ternary" ? byTernary(desk, at, sets, inner, node, whole) : undefined;
    if (made) return made;
    for (const pair of words && STATE.test(inner) ? PAIRS : []) {
      const tests = pair.map((word) => ({ test: `${inner} == '${word}'`, text: whole(word) }));
      const ways = chosen(desk, at, sets, undefined, tests);
      if (ways) return ways;
    }
  }
  return undefined;
}

/** `'a' if x else 'b'`, read from its own text: the words before and after the condition. */
function byTernary(desk: Desk, at: Item, sets: string, inner: string, node: Node, whole: (word: string) => string) {
  const parts = /^\s*\(?\s*(['"]?)([^'"]*)\1\s+if\s+(.+?)\s+else\s+(['"]?)([^'"]*)\4\s*\)?\s*$/s.exec(inner);
  if (!parts || [node.trueExpr, node.falseExpr].some((one) => !isPlain(one))) return undefined;
  const [, , yes = "", test = "", , no = ""] = parts;
  if (/\b(if|else)\b/.test(test)) return undefined;
  return chosen(desk, at, sets, whole(no), [{ test, text: whole(yes) }]);
}

const isPlain = (node: Node | undefined): boolean =>
  node !== undefined && (/Literal$/.test(node.type) || /^(true|false)$/i.test(pathIn(node)?.join(".") ?? ""));

/** The ways whose conditions can be said; undefined where one of them can't. */
function chosen(
  desk: Desk,
  at: Item,
  sets: string,
  otherwise: string | undefined,
  tests: readonly { readonly test: string; readonly text: string }[],
): Ways | undefined {
  const named = (text: string) => (/\{[{%]/.test(text) ? sets + text : text);
  const options: { if: Condition; text: string }[] = [];
  for (const { test, text } of tests) {
    const before = desk.misses.length;
    const condition = templateIs(desk, at, `${sets}{{ ${test} }}`);
    if (!condition || desk.misses.slice(before).some((m) => m.level === "missed")) return undefined;
    const fixed = condition.kind === "formula" && typeof condition.is === "boolean" ? condition.is : undefined;
    if (fixed === true) return { options, otherwise: named(text) };
    if (fixed !== false) options.push({ if: condition, text: named(text) });
  }
  if (options.length > MOST) return undefined;
  return { options, otherwise: otherwise === undefined ? undefined : named(otherwise) };
}
