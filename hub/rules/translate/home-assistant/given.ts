import { type Item, textOf } from "./item.ts";
import type { Node } from "./template/parse.ts";

type Given = ReadonlyMap<string, Item>;

/** The same with what was given in place of `{{ name }}`; what is worked out further is for the reader of templates. */
export function filled(given: Given, item: Item): Item {
  if (given.size === 0) return item;
  if (item.list) return { ...item, list: item.list.map((one) => filled(given, one)) };
  if (item.map) return { ...item, map: new Map([...item.map].map(([key, value]) => [key, filled(given, value)])) };
  const [, name] = /^\{\{\s*(\w+)\s*\}\}$/.exec(textOf(item) ?? "") ?? [];
  const found = name === undefined ? undefined : given.get(name);
  return found ? { ...found, line: item.line } : item;
}

/** What was given, as parts of a template. */
export const nodesOf = (given: Given): readonly (readonly [string, Node])[] =>
  [...given].flatMap(([name, item]) => {
    const node = nodeOf(item);
    return node ? [[name, node] as const] : [];
  });

function nodeOf(item: Item): Node | undefined {
  if (item.list) {
    const value = item.list.map(nodeOf);
    return value.every((one) => one !== undefined) ? { type: "ArrayLiteral", value } : undefined;
  }
  const { scalar } = item;
  if (typeof scalar === "number") return { type: "FloatLiteral", value: scalar };
  if (typeof scalar === "boolean") return { type: "Identifier", value: String(scalar) };
  return typeof scalar === "string" ? { type: "StringLiteral", value: scalar } : undefined;
}
