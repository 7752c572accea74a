import type { Comparison, Condition } from "../../../../model/rule/condition.ts";
import type { Expression } from "../../../../model/rule/expression.ts";
import { type Desk, meantBy, miss, triggeredBy } from "../desk.ts";
import { figureIn } from "../figures.ts";
import { nodesOf } from "../given.ts";
import { type Item, textOf } from "../item.ts";
import { attributeIs, joined, stateIs } from "../spoken.ts";
import { clockOf } from "../times.ts";
import { BUDGET } from "./known.ts";
import { isTrue } from "./known-words.ts";
import { calendarIs, clockIs } from "./moments.ts";
import { listIn, type Node, pathIn, type Sole, soleOf, textIn } from "./parse.ts";
import { knownBy, type Reading, valueIn } from "./value.ts";

/** What a template asks, as a condition; what it has no like for is listed. No template is ever run. */
export function templateIs(desk: Desk, at: Item, text: string): Condition | undefined {
  const sole = soleOf(text);
  const before = desk.misses.length;
  const made = sole && wholeIs(readingFor(desk, at, sole), sole.node);
  if (made || desk.misses.length > before) return made;
  return miss(desk, at, `The template "${text.trim().replaceAll(/\s+/g, " ").slice(0, 100)}" has no like here.`);
}

/** A template that comes to a word is so only where the word says yes. */
function wholeIs(reading: Reading, node: Node): Condition | undefined {
  const known = knownBy(reading, node);
  if (typeof known !== "string") return isSo(reading, node);
  return /^(true|yes|on|enable)$/i.test(known.trim()) ? fixed(true) : undefined;
}

/** What a template comes to, as a formula; plain text and numbers are themselves. */
export function templateWorth(desk: Desk, at: Item): Expression | undefined {
  const text = textOf(at);
  if (text === undefined) return undefined;
  if (!/\{[{%]/.test(text)) return typeof at.scalar === "string" || at.scalar === null ? text : at.scalar;
  const sole = soleOf(text);
  return sole && valueIn(readingFor(desk, at, sole), sole.node);
}

const readingFor = (desk: Desk, at: Item, { names }: Sole): Reading => ({
  ...{ desk, at, isSo, names: new Map([...nodesOf(desk.given), ...names]), budget: { left: BUDGET } },
});

const fixed = (is: boolean): Condition => ({ kind: "formula", is });

/** Whether it is so whatever the home is like; undefined where that depends. */
const fixedly = (one: Condition | undefined): boolean | undefined =>
  one?.kind === "formula" && typeof one.is === "boolean" ? one.is : undefined;

function isSo(reading: Reading, node: Node | undefined): Condition | undefined {
  if (reading.budget.left-- <= 0) return undefined;
  const known = knownBy(reading, node);
  const is = known === undefined ? undefined : isTrue(known);
  if (is !== undefined) return fixed(is);
  switch (node?.type) {
    case "UnaryExpression": {
      const of = node.operator?.value === "not" ? isSo(reading, node.argument) : undefined;
      const never = fixedly(of);
      return never === undefined ? of && { kind: "not", of } : fixed(!never);
    }
    case "BinaryExpression":
      return both(reading, node) ?? compared(reading, node);
    case "CallExpression":
      return called(reading, node);
    case "Ternary":
      return chosen(reading, node);
    case "FilterExpression":
      return pathIn(node.filter)?.[0] === "bool" ? isSo(reading, node.operand) : undefined;
    case "Identifier":
      return plain(reading, String(node.value));
    default:
      return undefined;
  }
}

function plain(reading: Reading, name: string): Condition | undefined {
  const known = reading.names.get(name);
  if (known) return isSo({ ...reading, names: new Map([...reading.names].filter(([key]) => key !== name)) }, known);
  const variable = reading.desk.variables.get(name);
  return variable === undefined ? undefined : { kind: "formula", is: { op: "=", of: [{ variable }, true] } };
}

function both(reading: Reading, { operator, left, right }: Node): Condition | undefined {
  if (operator?.value !== "and" && operator?.value !== "or") return undefined;
  const any = operator.value === "or";
  const [a, b] = [isSo(reading, left), isSo(reading, right)];
  // One that is always, or never, so decides, or says nothing.
  if (fixedly(a) === any || fixedly(b) === any) return fixed(any);
  if (fixedly(a) !== undefined) return b;
  return fixedly(b) === undefined ? a && b && joined(any ? "any" : "all", [a, b]) : a;
}

function chosen(reading: Reading, { condition, trueExpr, falseExpr }: Node): Condition | undefined {
  const test = isSo(reading, condition);
  if (fixedly(test) !== undefined) return isSo(reading, fixedly(test) ? trueExpr : falseExpr);
  const [yes, no] = [trueExpr, falseExpr].map((one) => isSo(reading, one));
  if (!test || !yes || !no) return undefined;
  if (fixedly(yes) === true && fixedly(no) === false) return test;
  if (fixedly(yes) === false && fixedly(no) === true) return { kind: "not", of: test };
  const second: Condition = { kind: "all", of: [{ kind: "not", of: test }, no] };
  return { kind: "any", of: [{ kind: "all", of: [test, yes] }, second] };
}

function called(reading: Reading, node: Node): Condition | undefined {
  const name = pathIn(node.callee)?.join(".");
  const [first, second, third] = (node.args ?? []).map((one) => resolved(reading, one));
  const entity = textIn(first);
  if (entity === undefined) return undefined;
  if (name === "is_state") return wordIs(reading, entity, wordsIn(second));
  if (name !== "is_state_attr") return undefined;
  const attribute = textIn(second);
  const word = third && (textIn(third) ?? String(third.value));
  return attribute && word !== undefined ? attributeWord(reading, entity, attribute, word) : undefined;
}

const wordsIn = (node: Node | undefined): readonly string[] | undefined => {
  const one = textIn(node);
  if (one !== undefined) return [one];
  const all = listIn(node)?.map(textIn);
  return all?.every((word) => word !== undefined) && all.length > 0 ? all : undefined;
};

/** An entity is in one of the states. */
function wordIs({ desk, at }: Reading, entity: string, words: readonly string[] | undefined): Condition | undefined {
  if (!words) return undefined;
  if (entity === "sun.sun" && words.length === 1)
    return { kind: "sun", is: words[0] === "above_horizon" ? "up" : "down" };
  const meant = meantBy(desk, entity, at);
  const of = meant ? words.map((word) => stateIs(desk, { name: entity, at, meant }, word, undefined)) : [];
  return of.length > 0 && of.every((one) => one !== undefined) ? joined("any", of) : undefined;
}

function attributeWord({ desk, at }: Reading, entity: string, name: string, word: string): Condition | undefined {
  const meant = meantBy(desk, entity, at);
  return meant && attributeIs(desk, { name: entity, at, meant }, name, word);
}

const COMPARISONS: Readonly<Record<string, Comparison>> = {
  ...{ "==": "=", "!=": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">=" },
};
const TURNED: Readonly<Record<Comparison, Comparison>> = {
  ...{ "=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<=" },
};

function compared(reading: Reading, node: Node): Condition | undefined {
  const sign = node.operator?.value ?? "";
  if (sign === "in" || sign === "not in") {
    const all = listIn(node.right)?.map((one) => compare(reading, "=", resolved(reading, node.left), one));
    const any = all?.every((one) => one !== undefined) && all.length > 0 ? joined("any", all) : undefined;
    return any && sign === "not in" ? { kind: "not", of: any } : any;
  }
  const op = Object.hasOwn(COMPARISONS, sign) ? COMPARISONS[sign] : undefined;
  const [left, right] = [resolved(reading, node.left), resolved(reading, node.right)];
  if (op === undefined || !left || !right) return undefined;
  return isWritten(left) && !isWritten(right)
    ? compare(reading, TURNED[op], right, left)
    : compare(reading, op, left, right);
}

const isWritten = (node: Node): boolean => /Literal$/.test(node.type);

function resolved(reading: Reading, node: Node | undefined): Node | undefined {
  const known = node && knownBy(reading, node);
  if (typeof known === "string") return { type: "StringLiteral", value: known };
  const { names } = reading;
  return node?.type === "Identifier" ? (names.get(String(node.value)) ?? node) : node;
}

function compare(reading: Reading, op: Comparison, left: Node | undefined, right: Node): Condition | undefined {
  const word = textIn(right);
  const moment = clockIs(left, op, word) ?? calendarIs(left, op, Number(right.value ?? Number.NaN));
  if (moment) return moment;
  if (word !== undefined && (op === "=" || op === "!=")) {
    const is = spokenWord(reading, left, word);
    if (is) return op === "=" ? is : { kind: "not", of: is };
    if (Number.isNaN(Number(word)) || word === "") return undefined;
  }
  const [a, b] = [valueIn(reading, left), word === undefined ? valueIn(reading, right) : Number(word)];
  if (a === undefined || b === undefined || (typeof b === "number" && Number.isNaN(b))) return undefined;
  const isRead = typeof a === "object" && "read" in a;
  if (isRead && typeof b !== "object") return { kind: "state", target: a.target, of: a.read, op, value: b };
  return { kind: "formula", is: { op, of: [a, b] } };
}

/** A word that something says of itself: its state, an attribute, or what started the rule. */
function spokenWord(reading: Reading, left: Node | undefined, word: string): Condition | undefined {
  const { desk } = reading;
  const path = pathIn(left);
  const whole = path?.join(".");
  if (whole === "trigger.id") return joined("any", triggeredBy(desk, word));
  if (whole === "trigger.entity_id" || whole === "trigger.to_state.entity_id") return entityStarted(desk, word);
  if (whole === "trigger.to_state.state") return startedAs(reading, word, "value");
  if (whole === "trigger.from_state.state") return startedAs(reading, word, "before");
  const entity = entityIn(reading, left);
  if (entity === "sensor.time" && clockOf(word)) return clockIs(left, "=", word);
  const isFigure = entity !== undefined && !Number.isNaN(Number(word)) && hasFigure(reading, entity);
  if (entity !== undefined && !isFigure) return wordIs(reading, entity, [word]);
  const [of, attribute] = attributeIn(reading, left, path);
  return of && attribute ? attributeWord(reading, of, attribute, word) : undefined;
}

function hasFigure({ desk, at }: Reading, entity: string): boolean {
  const meant = meantBy(desk, entity, at);
  return meant?.kind === "value" || (meant?.kind === "device" && figureIn(false, entity, meant) !== undefined);
}

/** `states('a.b')` and `states.a.b.state`. */
function entityIn(reading: Reading, node: Node | undefined): string | undefined {
  if (node?.type === "FilterExpression") return entityIn(reading, node.operand);
  if (node?.type === "CallExpression" && pathIn(node.callee)?.join(".") === "states")
    return textIn(resolved(reading, node.args?.[0]));
  const path = pathIn(node);
  return path?.[0] === "states" && path.length === 4 && path[3] === "state" ? `${path[1]}.${path[2]}` : undefined;
}

function attributeIn(
  reading: Reading,
  node: Node | undefined,
  path: readonly string[] | undefined,
): readonly (string | undefined)[] {
  if (node?.type === "CallExpression" && pathIn(node.callee)?.join(".") === "state_attr")
    return [textIn(resolved(reading, node.args?.[0])), textIn(resolved(reading, node.args?.[1]))];
  const is = path?.[0] === "states" && path.length === 5 && path[3] === "attributes";
  return is ? [`${path?.[1]}.${path?.[2]}`, path?.[4]] : [];
}

function entityStarted({ started }: Desk, entity: string): Condition | undefined {
  const ids = started.filter(({ name }) => name === entity).map(({ id }) => id);
  return ids.length > 0 && ids.every((id) => id !== undefined)
    ? joined(
        "any",
        [...new Set(ids)].map((id) => ({ kind: "trigger" as const, id })),
      )
    : undefined;
}

/** What started the rule has now, or had before, such a state: all that may start it must mean the same by the word. */
function startedAs({ desk, at }: Reading, word: string, which: "value" | "before"): Condition | undefined {
  const [one] = desk.started;
  const alone = one && desk.started.every(({ name }) => name === one.name);
  const said = desk.started.map(({ name, meant, of }) => {
    const is = stateIs(desk, { name, at, meant }, word, undefined);
    return is?.kind === "state" && is.of === of ? { op: is.op, value: is.value } : undefined;
  });
  // Where no trigger tells the state, the present one is what it has become.
  if (alone && which === "value" && said.some((each) => each === undefined))
    return stateIs(desk, { ...one, at }, word, undefined);
  const [first] = said;
  if (!first || said.some((one) => one?.op !== first.op || one.value !== first.value)) return undefined;
  return { kind: "formula", is: { op: first.op, of: [{ trigger: which }, first.value] } };
}
