import { filtered, isTrue, type Known, NOTHING, SAID, Said, tested, wordOf } from "./known-words.ts";
import { isNode, type Node, pathIn } from "./parse.ts";

/** What parts of a template are known by. */
export interface Scope {
  /** What the template itself, or a script's caller, calls by a name. */
  readonly names: ReadonlyMap<string, Node>;
  /** Whether a name that is not given has no value: in a script, which sees nothing of those that call it. */
  readonly closed: boolean;
  /** Names that have a value when the rule runs, and none before. */
  readonly later: { readonly has: (name: string) => boolean };
  /** Steps that may still be taken: names that are made of names must not blow up. */
  readonly budget: { left: number };
}

export const BUDGET = 3000;
const MAX_TEXT = 4000;
/** What Home Assistant gives a value everywhere. */
const ALWAYS = new Set(["trigger", "this", "repeat", "wait", "context", "states", "response"]);

/** What a part of a template comes to whenever it is worked out; undefined where that depends on the home. */
export function knownIn(scope: Scope, node: Node | undefined): Known | undefined {
  if (!node || scope.budget.left-- <= 0) return undefined;
  switch (node.type) {
    case "IntegerLiteral":
    case "FloatLiteral":
    case "NumericLiteral":
      return Number(node.value);
    case "StringLiteral":
      return String(node.value);
    case SAID:
      return new Said(String(node.value));
    case "ArrayLiteral":
    case "TupleLiteral":
      return listed(scope, Array.isArray(node.value) ? node.value.filter(isNode) : []);
    case "ObjectLiteral":
      return mapped(scope, node.value);
    case "Identifier":
      return named(scope, String(node.value));
    case "UnaryExpression":
      return turned(scope, node);
    case "BinaryExpression":
      return joined(scope, node);
    case "FilterExpression": {
      const { name, args } = callOf(node.filter);
      const given = listed(scope, args);
      const of = knownIn(scope, node.operand);
      return of === undefined || !given ? undefined : filtered(name, of, given);
    }
    case "TestExpression": {
      const of = knownIn(scope, node.operand);
      const is = of === undefined ? undefined : tested(String(node.test?.value), of);
      return is === undefined ? undefined : is !== (node.negate === true);
    }
    case "Ternary": {
      const test = knownIn(scope, node.condition);
      const is = test === undefined ? undefined : isTrue(test);
      return is === undefined ? undefined : knownIn(scope, is ? node.trueExpr : node.falseExpr);
    }
    case "CallExpression":
      return called(scope, node);
    case "MemberExpression":
      return member(scope, node);
    default:
      return undefined;
  }
}

const callOf = (node: Node | undefined): { readonly name: string; readonly args: readonly Node[] } =>
  node?.type === "CallExpression"
    ? { name: String(node.callee?.value), args: node.args ?? [] }
    : { name: String(node?.value), args: [] };

function listed(scope: Scope, nodes: readonly Node[]): readonly Known[] | undefined {
  const all = nodes.map((one) => knownIn(scope, one));
  return all.every((one) => one !== undefined) ? all : undefined;
}

function mapped(scope: Scope, value: unknown): Known | undefined {
  const all = new Map<string, Known>();
  for (const [key, one] of value instanceof Map ? value : []) {
    const name = isNode(key) ? knownIn(scope, key) : undefined;
    const worth = isNode(one) ? knownIn(scope, one) : undefined;
    if (typeof name !== "string" || worth === undefined) return undefined;
    all.set(name, worth);
  }
  return all;
}

function named(scope: Scope, name: string): Known | undefined {
  if (/^(true|false)$/i.test(name)) return name.toLowerCase() === "true";
  if (/^none$/i.test(name)) return null;
  const found = scope.names.get(name);
  // A name that stands for itself has no end.
  if (found) return knownIn({ ...scope, names: new Map([...scope.names].filter(([key]) => key !== name)) }, found);
  return scope.closed && !ALWAYS.has(name) && !scope.later.has(name) ? NOTHING : undefined;
}

function turned(scope: Scope, { operator, argument }: Node): Known | undefined {
  const of = knownIn(scope, argument);
  if (of === undefined) return undefined;
  const is = isTrue(of);
  if (operator?.value === "not") return is === undefined ? undefined : !is;
  return operator?.value === "-" && typeof of === "number" ? -of : undefined;
}

function joined(scope: Scope, { operator, left, right }: Node): Known | undefined {
  const op = operator?.value ?? "";
  const a = knownIn(scope, left);
  if (op === "and" || op === "or") {
    const is = a === undefined ? undefined : isTrue(a);
    // The first that decides is what it comes to; with only the second known, no more than the answer is.
    if (is !== undefined) return is === (op === "or") ? a : knownIn(scope, right);
    const b = knownIn(scope, right);
    return b !== undefined && isTrue(b) === (op === "or") ? op === "or" : undefined;
  }
  const b = knownIn(scope, right);
  return a === undefined || b === undefined ? undefined : reckoned(op, a, b);
}

function reckoned(op: string, a: Known, b: Known): Known | undefined {
  if (op === "~" || (op === "+" && typeof a !== "number" && typeof b !== "number")) return together(a, b);
  if (a instanceof Said || b instanceof Said) return a === "" || b === "" ? beside(op, a === "" ? b : a) : undefined;
  if (op === "==" || op === "!=") return typeof a === "object" && a !== null ? undefined : (a === b) === (op === "==");
  if (op === "in" || op === "not in") {
    const is = within(a, b);
    return is === undefined ? undefined : is === (op === "in");
  }
  if (typeof a !== "number" || typeof b !== "number") return undefined;
  if (op === "+") return a + b;
  if (op === "-") return a - b;
  if (op === "*") return a * b;
  if (op === "/") return b === 0 ? undefined : a / b;
  if (op === "<") return a < b;
  if (op === "<=") return a <= b;
  if (op === ">") return a > b;
  return op === ">=" ? a >= b : undefined;
}

/** A text that is sure to say something is not an empty one. */
const beside = (op: string, said: Known): boolean | undefined =>
  isTrue(said) === true && (op === "==" || op === "!=") ? op === "!=" : undefined;

function together(a: Known, b: Known): Known | undefined {
  const [first, second] = [wordOf(a), wordOf(b)];
  if (first === undefined || second === undefined || first.length + second.length > MAX_TEXT) return undefined;
  return a instanceof Said || b instanceof Said ? new Said(first + second) : first + second;
}

function within(a: Known, b: Known): boolean | undefined {
  if (b === NOTHING) return false;
  if (b instanceof Map) return typeof a === "string" ? b.has(a) : undefined;
  if (typeof b === "string") return typeof a === "string" ? b.includes(a) : undefined;
  if (!Array.isArray(b) || b.some((one) => one instanceof Said)) return undefined;
  return b.includes(a);
}

function called(scope: Scope, node: Node): Known | undefined {
  const { callee } = node;
  const args = listed(scope, node.args ?? []);
  if (callee?.type === "Identifier" && callee.value === "iif") {
    const [test, yes = true, no = false] = args ?? [];
    const is = test === undefined ? undefined : isTrue(test);
    return is === undefined ? undefined : is ? yes : no;
  }
  if (callee?.type !== "MemberExpression" || callee.computed || !args) return undefined;
  const of = knownIn(scope, callee.object);
  const method = String(callee.property?.value);
  if (method === "join" && typeof of === "string") return args[0] && filtered("join", args[0], [of]);
  const text = typeof of === "string" ? of : undefined;
  if (method === "startswith" && text !== undefined && typeof args[0] === "string") return text.startsWith(args[0]);
  if (method === "endswith" && text !== undefined && typeof args[0] === "string") return text.endsWith(args[0]);
  if (method === "get" && of instanceof Map && typeof args[0] === "string") return of.get(args[0]) ?? args[1] ?? null;
  if (!["lower", "upper", "title", "strip", "replace", "capitalize"].includes(method) || of === undefined)
    return undefined;
  return filtered(method === "strip" ? "trim" : method, of, args);
}

function member(scope: Scope, node: Node): Known | undefined {
  // What is not known of what started the rule has a value all the same.
  const nothing = pathIn(node)?.[0] === "trigger" ? undefined : NOTHING;
  const of = knownIn(scope, node.object);
  if (of === undefined) return undefined;
  const key = node.computed === true ? knownIn(scope, node.property) : String(node.property?.value);
  if (of instanceof Map && typeof key === "string") return of.get(key) ?? nothing;
  return Array.isArray(of) && typeof key === "number" ? (of.at(key) ?? nothing) : undefined;
}
