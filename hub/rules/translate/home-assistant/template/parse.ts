import { parse, tokenize } from "@huggingface/jinja";

/** Characters and words of a template; longer ones say more than a condition does. */
const MAX_LENGTH = 4000;
const MAX_TOKENS = 800;
const MAX_NESTING = 30;

/** A part of a template; which fields are there depends on the type. */
export interface Node {
  readonly type: string;
  readonly value?: unknown;
  readonly body?: readonly Node[];
  readonly alternate?: readonly Node[];
  readonly test?: Node;
  readonly assignee?: Node;
  readonly object?: Node;
  readonly property?: Node;
  readonly computed?: boolean;
  readonly callee?: Node;
  readonly args?: readonly Node[];
  readonly operator?: { readonly value: string };
  readonly left?: Node;
  readonly right?: Node;
  readonly operand?: Node;
  readonly filter?: Node;
  readonly negate?: boolean;
  readonly argument?: Node;
  readonly condition?: Node;
  readonly trueExpr?: Node;
  readonly falseExpr?: Node;
}

/** The one expression that a template comes to, with the names that it sets on its way; undefined where it is more. */
export interface Sole {
  readonly node: Node;
  readonly names: ReadonlyMap<string, Node>;
}

/** Reads a template that is one expression, or a choice of two; undefined for any other, and for what is none. */
export function soleOf(text: string): Sole | undefined {
  const body = bodyOf(text);
  return body && sole(body, new Map());
}

/** The parts of a template; undefined for one that is too long, and for what is none. */
export function bodyOf(text: string): readonly Node[] | undefined {
  if (text.length > MAX_LENGTH || /\s{200}/.test(text)) return undefined;
  try {
    const tokens = tokenize(text);
    let depth = 0;
    for (const { type, value } of tokens) {
      if (/^Open(Paren|Square|Curly)/.test(type)) depth += 1;
      if (/^Close(Paren|Square|Curly)/.test(type)) depth -= 1;
      if (depth > MAX_NESTING || (value === "not" && tokens.length > MAX_TOKENS)) return undefined;
    }
    if (tokens.length > MAX_TOKENS) return undefined;
    return parse(tokens).body;
  } catch {
    return undefined;
  }
}

export const isBlank = (node: Node): boolean =>
  node.type === "Comment" || (node.type === "StringLiteral" && String(node.value).trim() === "");

function sole(body: readonly Node[], given: ReadonlyMap<string, Node>): Sole | undefined {
  const names = new Map(given);
  const rest = body.filter((node) => !isBlank(node));
  const last = rest.pop();
  for (const one of rest) {
    if (one.type !== "Set" || one.assignee?.type !== "Identifier" || !isNode(one.value)) return undefined;
    names.set(String(one.assignee.value), one.value);
  }
  if (!last || last.type === "Set" || last.type === "For") return undefined;
  return { node: last.type === "If" ? choiceOf(last, names) : literal(last), names };
}

/** `{% if a %} b {% else %} c {% endif %}` is `b if a else c`. */
function choiceOf(node: Node, names: ReadonlyMap<string, Node>): Node {
  const [yes, no] = [node.body, node.alternate].map((body) => {
    const branch = sole(body ?? [], names);
    if (branch && branch.names.size > names.size) return undefined;
    return branch?.node;
  });
  if (!node.test || !yes || !no) return { type: "Missing" };
  return { type: "Ternary", condition: node.test, trueExpr: yes, falseExpr: no };
}

/** Text that stands alone is a value. */
function literal(node: Node): Node {
  if (node.type !== "StringLiteral") return node;
  const text = String(node.value).trim();
  if (/^-?\d+(\.\d+)?$/.test(text)) return { type: "FloatLiteral", value: Number(text) };
  return /^(true|false)$/i.test(text) ? { type: "Identifier", value: text.toLowerCase() } : { ...node, value: text };
}

export const isNode = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";

/** The nodes of a list that is written out; undefined for what is none. */
export const listIn = (node: Node | undefined): readonly Node[] | undefined =>
  node && /^(Array|Tuple)Literal$/.test(node.type) && Array.isArray(node.value) ? node.value.filter(isNode) : undefined;

/** A text that is written out. */
export const textIn = (node: Node | undefined): string | undefined =>
  node?.type === "StringLiteral" ? String(node.value) : undefined;

/** `a.b.c` and `a['b'].c` as names; a call is its name with `()`. Undefined where a part is worked out. */
export function pathIn(node: Node | undefined): readonly string[] | undefined {
  if (node?.type === "Identifier") return [String(node.value)];
  if (node?.type === "CallExpression" && (node.args ?? []).length === 0) {
    const path = pathIn(node.callee);
    return path && [...path.slice(0, -1), `${path.at(-1)}()`];
  }
  if (node?.type !== "MemberExpression") return undefined;
  const before = pathIn(node.object);
  const { property } = node;
  if (!before || !property) return undefined;
  const isName = property.type === "StringLiteral" || (property.type === "Identifier" && node.computed !== true);
  return isName ? [...before, String(property.value)] : undefined;
}
