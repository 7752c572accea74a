/** Turns the parser's expressions into functions that count their steps. */
import { filters } from "./filters.ts";
import type { Eval, Frame } from "./frame.ts";
import { globals } from "./globals.ts";
import { methodOf } from "./methods.ts";
import type { Node } from "./node.ts";
import {
  Callable,
  compare,
  contains,
  equal,
  has,
  isDict,
  isList,
  item,
  Namespace,
  number,
  TemplateError,
  text,
  truth,
} from "./python.ts";
import { testOf, tests } from "./tests.ts";

const words: Readonly<Record<string, unknown>> = {
  True: true,
  true: true,
  False: false,
  false: false,
  None: null,
  none: null,
};

const missing = (what: string): never => {
  throw new TemplateError(`uses ${what.slice(0, 40)}, which there is not`);
};

/** Attribute or item of a value; what is not there is undefined, also below what is not there. */
function member(frame: Frame, object: unknown, key: unknown, computed: boolean): unknown {
  if (object === undefined || object === null) return undefined;
  if (object instanceof Namespace) return object.values.get(text(key));
  if (object instanceof Callable) return object.members.get(text(key));
  if (!computed && typeof key === "string") {
    const own = isDict(object) && has(object, key) ? item(object, key) : undefined;
    return own !== undefined ? own : methodOf(frame.run, object, key);
  }
  if (isDict(object)) return item(object, key);
  if ((typeof object === "string" || isList(object)) && typeof key === "number")
    return object[key < 0 ? object.length + key : key];
  return undefined;
}

function slice(object: unknown, parts: readonly unknown[]): unknown {
  if (typeof object !== "string" && !isList(object)) return undefined;
  const size = object.length;
  const step = parts[2] === undefined || parts[2] === null ? 1 : Math.trunc(number(parts[2]));
  if (step === 0) throw new TemplateError("slices with step 0");
  const end = (part: unknown, none: number): number => {
    if (part === undefined || part === null) return none;
    const at = Math.trunc(number(part));
    return Math.max(step < 0 ? -1 : 0, Math.min(step < 0 ? size - 1 : size, at < 0 ? size + at : at));
  };
  const [from, to] = step > 0 ? [end(parts[0], 0), end(parts[1], size)] : [end(parts[0], size - 1), end(parts[1], -1)];
  if (step === 1) return object.slice(from, Math.max(from, to));
  const out: unknown[] = [];
  for (let i = from; step > 0 ? i < to : i > to; i += step) out.push(object[i]);
  return typeof object === "string" ? out.join("") : out;
}

function plus(frame: Frame, a: unknown, b: unknown): unknown {
  if (typeof a === "string" && typeof b === "string") return frame.run.made(a + b);
  if (isList(a) && isList(b)) return frame.run.made([...a, ...b]);
  return number(a) + number(b);
}

function times(frame: Frame, a: unknown, b: unknown): unknown {
  if (typeof a !== "string" && !isList(a)) return number(a) * number(b);
  const count = Math.max(0, Math.trunc(number(b)));
  if (a.length * count > 4_096) throw new TemplateError("makes too long a text");
  return frame.run.made(typeof a === "string" ? a.repeat(count) : Array.from({ length: count }, () => a).flat());
}

function divided(a: unknown, b: unknown): number {
  const by = number(b);
  if (by === 0) throw new TemplateError("divides by zero");
  return number(a) / by;
}

type Operation = (frame: Frame, a: unknown, b: unknown) => unknown;

const operations: Readonly<Record<string, Operation>> = {
  "+": plus,
  "-": (_, a, b) => number(a) - number(b),
  "*": times,
  "/": (_, a, b) => divided(a, b),
  "//": (_, a, b) => Math.floor(divided(a, b)),
  "%": (_, a, b) => number(a) - Math.floor(divided(a, b)) * number(b),
  "**": (_, a, b) => number(a) ** number(b),
  "~": (frame, a, b) => frame.run.made(text(a) + text(b)),
  "==": (_, a, b) => equal(a, b),
  "!=": (_, a, b) => !equal(a, b),
  "<": (_, a, b) => compare(a, b) < 0,
  "<=": (_, a, b) => compare(a, b) <= 0,
  ">": (_, a, b) => compare(a, b) > 0,
  ">=": (_, a, b) => compare(a, b) >= 0,
  in: (_, a, b) => contains(b, a),
  "not in": (_, a, b) => !contains(b, a),
};

function binary(node: Node): Eval {
  const name = node.operator?.value ?? "";
  const [left, right] = [expression(node.left), expression(node.right)];
  if (name === "and")
    return (f) => {
      const first = left(f);
      return truth(first) ? right(f) : first;
    };
  if (name === "or")
    return (f) => {
      const first = left(f);
      return truth(first) ? first : right(f);
    };
  const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
  if (!operation) return missing(name);
  return (f) => {
    f.run.spend(1);
    const [a, b] = [left(f), right(f)];
    f.run.through(a);
    f.run.through(b);
    return operation(f, a, b);
  };
}

interface Arguments {
  readonly plain: readonly Eval[];
  readonly named: readonly (readonly [string, Eval])[];
}

function argumentsOf(nodes: readonly Node[] = []): Arguments {
  const plain: Eval[] = [];
  const named: [string, Eval][] = [];
  for (const node of nodes) {
    if (/Spread/.test(node.type)) missing("unpacking of arguments");
    if (node.type === "KeywordArgumentExpression")
      named.push([String(node.key?.value), expression(node.value as Node)]);
    else plain.push(expression(node));
  }
  return { plain, named };
}

const values = ({ plain, named }: Arguments, f: Frame): [unknown[], Map<string, unknown>] => [
  plain.map((e) => e(f)),
  new Map(named.map(([key, e]) => [key, e(f)])),
];

/** A filter, or a test with arguments in a filter's clothes, applied to a value. */
export function filterOf(node: Node | undefined): (frame: Frame, value: unknown) => unknown {
  const name = String(node?.type === "CallExpression" ? node.callee?.value : node?.value);
  const given = argumentsOf(node?.type === "CallExpression" ? node.args : []);
  const asTest = /^is (not )?(\w+)$/.exec(name);
  if (asTest) {
    const test = testOf(asTest[2] ?? "");
    return (f, value) => test(f.run, value, ...values(given, f)[0]) !== (asTest[1] !== undefined);
  }
  const filter = Object.hasOwn(filters, name) ? filters[name] : undefined;
  if (!filter) return missing(`the filter ${name}`);
  return (f, value) => {
    f.run.spend(1);
    f.run.through(value);
    const [args, named] = values(given, f);
    for (const arg of args) f.run.through(arg);
    return f.run.made(filter({ run: f.run, value, args, named }));
  };
}

function call(node: Node): Eval {
  const callee = expression(node.callee);
  const given = argumentsOf(node.args);
  return (f) => {
    f.run.spend(2);
    const target = callee(f);
    if (!(target instanceof Callable)) return missing("a call of what is no function");
    const [args, named] = values(given, f);
    for (const arg of args) f.run.through(arg);
    return f.run.made(target.call(args, named));
  };
}

function identifier(name: string): Eval {
  if (Object.hasOwn(words, name)) return () => words[name];
  return (f) => {
    const found = f.find(name);
    if (found) return found.value;
    return Object.hasOwn(globals, name) ? globals[name]?.(f.run) : undefined;
  };
}

function members(node: Node): Eval {
  const object = expression(node.object);
  const { property } = node;
  if (property?.type === "SliceExpression") {
    const parts = [property.start, property.stop, property.step].map((p) => (p ? expression(p) : () => undefined));
    return (f) =>
      f.run.made(
        slice(
          object(f),
          parts.map((p) => p(f)),
        ),
      );
  }
  const computed = node.computed === true;
  const key: Eval = !computed ? () => property?.value : expression(property);
  return (f) => {
    f.run.spend(1);
    return member(f, object(f), key(f), computed || typeof property?.value === "number");
  };
}

function literalPairs(node: Node): readonly (readonly [Eval, Eval])[] {
  const map = node.value instanceof Map ? (node.value as ReadonlyMap<Node, Node>) : new Map<Node, Node>();
  return [...map].map(([k, v]) => [expression(k), expression(v)] as const);
}

/** Kinds of expression, by the parser's name. */
const kinds: Readonly<Record<string, (node: Node) => Eval>> = {
  IntegerLiteral: (n) => () => n.value,
  FloatLiteral: (n) => () => n.value,
  StringLiteral: (n) => () => n.value,
  ArrayLiteral: listOf,
  TupleLiteral: listOf,
  ObjectLiteral: (n) => {
    const pairs = literalPairs(n);
    return (f) => new Map(pairs.map(([k, v]) => [k(f), v(f)]));
  },
  Identifier: (n) => identifier(String(n.value)),
  MemberExpression: members,
  CallExpression: call,
  BinaryExpression: binary,
  UnaryExpression: (n) => {
    const [operator, inner] = [n.operator?.value, expression(n.argument)];
    if (operator === "not") return (f) => !truth(inner(f));
    return operator === "-" ? (f) => -number(inner(f)) : (f) => number(inner(f));
  },
  Ternary: (n) => {
    const [test, yes, no] = [expression(n.condition), expression(n.trueExpr), expression(n.falseExpr)];
    return (f) => (truth(test(f)) ? yes(f) : no(f));
  },
  SelectExpression: (n) => {
    const [value, test] = [expression(n.lhs), expression(n.test)];
    return (f) => (truth(test(f)) ? value(f) : undefined);
  },
  FilterExpression: (n) => {
    const [operand, filter] = [expression(n.operand), filterOf(n.filter)];
    return (f) => filter(f, operand(f));
  },
  TestExpression: (n) => {
    const [operand, name] = [expression(n.operand), String(n.test?.value)];
    const test = Object.hasOwn(tests, name) ? testOf(name) : missing(`the test ${name}`);
    return (f) => {
      f.run.spend(1);
      return test(f.run, operand(f)) !== (n.negate === true);
    };
  },
};

function listOf(node: Node): Eval {
  const parts = (isList(node.value) ? (node.value as readonly Node[]) : []).map((n) => expression(n));
  return (f) => parts.map((p) => p(f));
}

/** The function of an expression; throws a TemplateError for what templates here cannot do. */
export function expression(node: Node | undefined): Eval {
  if (!node) return missing("a part");
  const make = Object.hasOwn(kinds, node.type) ? kinds[node.type] : undefined;
  return make ? make(node) : missing(node.type);
}
