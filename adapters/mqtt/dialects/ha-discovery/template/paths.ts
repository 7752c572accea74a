/** Which parts of the message a template looks at: read off its tree, without running it. */
import type { Node } from "./node.ts";

/** Deepest path that is looked for. */
const MAX_PATH = 16;

const isJson = (node: Node | undefined): boolean => node?.type === "Identifier" && node.value === "value_json";

/** `value_json.a['b'][0]` as a path; `value` and `value_json` are the empty one; undefined for anything else. */
function chain(node: Node | undefined, depth = 0): readonly string[] | undefined {
  if (depth > MAX_PATH) return undefined;
  if (isJson(node) || (node?.type === "Identifier" && node.value === "value")) return [];
  if (node?.type === "CallExpression" && node.callee?.property?.value === "get" && isJson(node.callee.object)) {
    const [key] = node.args ?? [];
    return key?.type === "StringLiteral" ? [String(key.value)] : undefined;
  }
  if (node?.type !== "MemberExpression") return undefined;
  const { property } = node;
  const fixed = node.computed ? /^(StringLiteral|IntegerLiteral)$/ : /^(Identifier|IntegerLiteral)$/;
  const before = property && fixed.test(property.type) ? chain(node.object, depth + 1) : undefined;
  return before && property ? [...before, String(property.value)] : undefined;
}

const constant = (node: Node | undefined): boolean =>
  node !== undefined &&
  (/^(String|Integer|Float)Literal$/.test(node.type) ||
    (node.type === "Identifier" && /^(true|false|none)$/i.test(String(node.value))));

/** Only asks whether something is there. */
function asksPresence(node: Node | undefined): boolean {
  if (!node) return false;
  if (node.type === "TestExpression")
    return (
      chain(node.operand) !== undefined &&
      (node.test?.value === "defined" || (node.test?.value === "none" && node.negate === true))
    );
  if (node.type !== "BinaryExpression") return false;
  const operator = node.operator?.value;
  if (operator === "and") return asksPresence(node.left) && asksPresence(node.right);
  return operator === "in" && node.left?.type === "StringLiteral" && chain(node.right) !== undefined;
}

/** Filters that change nothing of what a number or a text means. */
const meek = new Set(["default", "d", "float", "string", "trim", "truncate"]);

/** The path of an expression that only fetches: also with a fallback, which is no value of the device's own. */
function fetched(node: Node | undefined): readonly string[] | undefined {
  if (node?.type === "Ternary") {
    const path = fetched(node.trueExpr);
    return path && asksPresence(node.condition) && constant(node.falseExpr) ? path : undefined;
  }
  if (node?.type === "FilterExpression") {
    const name = String(node.filter?.type === "CallExpression" ? node.filter.callee?.value : node.filter?.value);
    return meek.has(name) && (node.filter?.args ?? []).every(constantOrNamed) ? fetched(node.operand) : undefined;
  }
  return chain(node);
}

const constantOrNamed = (node: Node): boolean =>
  constant(node) || (node.type === "KeywordArgumentExpression" && constant(node.value as Node));

/** The path of a template that is nothing but a path; undefined where it does more. */
export function plainPath(nodes: readonly Node[]): readonly string[] | undefined {
  const parts = nodes.filter((n) => !(n.type === "StringLiteral" && String(n.value).trim() === ""));
  return parts.length === 1 ? fetched(parts[0]) : undefined;
}

/** Calls back for every node of the tree, outer ones first; a callback that returns true keeps it from going deeper. */
function walk(value: unknown, visit: (node: Node) => boolean): void {
  if (Array.isArray(value)) for (const part of value) walk(part, visit);
  else if (value instanceof Map)
    for (const [k, v] of value) {
      walk(k, visit);
      walk(v, visit);
    }
  else if (typeof value === "object" && value !== null) {
    if ("type" in value && visit(value as Node)) return;
    for (const part of Object.values(value)) if (typeof part === "object") walk(part, visit);
  }
}

/** The longest paths into the JSON that the template looks at, at most 64. */
export function references(nodes: readonly Node[]): readonly (readonly string[])[] {
  const found = new Map<string, readonly string[]>();
  walk(nodes, (node) => {
    const path = node.type === "MemberExpression" || node.type === "CallExpression" ? chain(node) : undefined;
    if (path && path.length > 0 && found.size < 64) found.set(path.join("\u0000"), path);
    return path !== undefined;
  });
  const keys = [...found.keys()];
  return [...found].filter(([key]) => !keys.some((k) => k.startsWith(`${key}\u0000`))).map(([, path]) => path);
}

/** The texts that a template names outside of paths, at most 128. */
export function wordsIn(nodes: readonly Node[]): readonly string[] {
  const found = new Set<string>();
  walk(nodes, (node) => {
    if (chain(node)) return true;
    if (node.type === "StringLiteral" && found.size < 128) found.add(String(node.value));
    return false;
  });
  return [...found];
}
