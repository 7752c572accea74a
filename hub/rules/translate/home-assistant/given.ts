import type { Desk } from "./desk.ts";
import { type Item, isTemplate, keyOf, listOf, textOf } from "./item.ts";
import { BUDGET, type Scope } from "./template/known.ts";
import { type Known, NOTHING, SAID, Said, wordOf } from "./template/known-words.ts";
import { bodyOf, isBlank, type Node, soleOf } from "./template/parse.ts";
import { renderedIn } from "./template/render.ts";

type Given = ReadonlyMap<string, Item>;

/** What a name has whose value only the running rule knows. */
export const unknown = ({ line }: Item): Item => ({ line, scalar: "{{ ? }}" });

/** What stands in these keys of a step are steps of its own, each read with the names that it is given then. */
const INNER = new Set(["sequence", "choose", "default", "if", "then", "else", "parallel", "repeat", "variables"]);

export const isInner = (key: string): boolean => INNER.has(key);

/** A step with its known templates worked out; the steps in it are left as they are. */
export const filledStep = (desk: Desk, item: Item): Item =>
  item.map
    ? { ...item, map: new Map([...item.map].map(([key, one]) => [key, isInner(key) ? one : filled(desk, one)])) }
    : filled(desk, item);

/** The same with what templates come to, as far as that is known before the rule runs; the rest is left as it is. */
export function filled(desk: Desk, item: Item): Item {
  if (desk.given.size === 0 && desk.within.length === 0) return item;
  if (item.list) return { ...item, list: item.list.map((one) => filled(desk, one)) };
  if (item.map) return { ...item, map: new Map([...item.map].map(([key, value]) => [key, filled(desk, value)])) };
  const text = isTemplate(item) ? textOf(item) : undefined;
  if (text === undefined) return item;
  const [, name] = /^\{\{\s*(\w+)\s*\}\}$/.exec(text) ?? [];
  const found = name === undefined ? undefined : desk.given.get(name);
  if (found) return { ...found, line: item.line };
  const scope = scopeOf(desk);
  const known = renderedIn(scope, text);
  if (known !== undefined) return itemOf(known, item);
  if (text.includes("{%")) return item;
  if (text.length > LONGEST) return item;
  const scalar = text.replaceAll(/\{\{.*?\}\}/gs, (part) => {
    const worth = renderedIn(scope, part);
    return worth === undefined ? part : (wordOf(worth) ?? part);
  });
  return { ...item, scalar };
}

/** Characters of a text that is put together of others. */
const LONGEST = 1000;

const scopeOf = (desk: Desk): Scope => ({
  ...{ names: new Map(nodesOf(desk.given)), closed: desk.within.length > 0, later: desk.variables },
  budget: { left: BUDGET },
});

/** A known value as it would stand in a file. */
function itemOf(known: Known, at: Item): Item {
  const { line } = at;
  if (known instanceof Said) return { line, scalar: known.text };
  if (known === NOTHING) return at;
  if (known === null || typeof known !== "object") return { line, scalar: known };
  if (known instanceof Map) return { line, map: new Map([...known].map(([key, one]) => [key, itemOf(one, at)])) };
  return { line, list: [...(known as readonly Known[])].map((one) => itemOf(one, at)) };
}

/**
 * What a script sees of what it is called with. A template that is worked out for the caller may speak of names that mean
 * something else in the script: such a value is not known.
 */
export function toldTo(desk: Desk, told: readonly (readonly [string, Item])[]): Given {
  const names = new Set(told.map(([name]) => name));
  const clashes = (item: Item): boolean =>
    (isTemplate(item) && (textOf(item)?.match(/[a-z_]\w*/gi) ?? []).some((word) => names.has(word))) ||
    listOf(item.list ? item : undefined).some(clashes) ||
    [...(item.map?.values() ?? [])].some(clashes);
  return new Map(
    told.map(([name, item]) => {
      const worth = filled(desk, item);
      return [name, clashes(worth) ? unknown(item) : worth];
    }),
  );
}

/** Names that steps give a value, at any depth. */
export const namesSet = (items: readonly Item[]): readonly string[] =>
  items.flatMap((item) => [
    ...(keyOf(item, "variables")?.map?.keys() ?? []),
    ...[...(item.map?.values() ?? []), ...(item.list ?? [])].flatMap((one) => namesSet([one])),
  ]);

/** What is known by name after steps that may, or may not, have given some names another value. */
export const without = (desk: Desk, given: Given, names: readonly string[]): Given =>
  new Map(
    [...given].flatMap(([name, item]): [string, Item][] => {
      if (!names.includes(name)) return [[name, item]];
      return desk.variables.has(name) ? [] : [[name, unknown(item)]];
    }),
  );

/** Words around what is worked out: nothing but a text for people. */
export const isSentence = (item: Item): boolean =>
  typeof item.scalar === "string" && isTemplate(item) && nodeOf(item).type === SAID;

/** What was given, as parts of a template. */
export const nodesOf = (given: Given): readonly (readonly [string, Node])[] =>
  [...given].map(([name, item]) => [name, nodeOf(item)] as const);

/** The same value is asked for by many templates. */
const nodes = new WeakMap<Item, Node>();

function nodeOf(item: Item): Node {
  const node = nodes.get(item) ?? madeOf(item);
  nodes.set(item, node);
  return node;
}

function madeOf(item: Item): Node {
  if (item.list) return { type: "ArrayLiteral", value: item.list.map(nodeOf) };
  if (item.map)
    return {
      type: "ObjectLiteral",
      value: new Map([...item.map].map(([key, one]) => [{ type: "StringLiteral", value: key }, nodeOf(one)])),
    };
  const { scalar } = item;
  if (typeof scalar === "number") return { type: "FloatLiteral", value: scalar };
  if (typeof scalar === "boolean" || scalar === null) return { type: "Identifier", value: String(scalar ?? "none") };
  if (scalar === undefined) return { type: "Unknown" };
  if (!isTemplate(item)) return { type: "StringLiteral", value: scalar };
  const sole = soleOf(scalar);
  if (sole) return sole.names.size === 0 ? sole.node : { type: "Unknown" };
  return bodyOf(scalar)?.some((one) => one.type === "StringLiteral" && !isBlank(one))
    ? { type: SAID, value: scalar }
    : { type: "Unknown" };
}
