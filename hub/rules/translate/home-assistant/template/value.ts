import type { Condition } from "../../../../model/rule/condition.ts";
import type { Expression } from "../../../../model/rule/expression.ts";
import { type Desk, meantBy, miss } from "../desk.ts";
import { asTheirs, figureIn } from "../figures.ts";
import type { Item } from "../item.ts";
import { sayingOf } from "../states.ts";
import { targetOf } from "../targets.ts";
import { knownIn } from "./known.ts";
import { listIn, type Node, pathIn, textIn } from "./parse.ts";

/** What a template is read with. */
export interface Reading {
  readonly desk: Desk;
  readonly at: Item;
  /** What the template itself calls by a name. */
  readonly names: ReadonlyMap<string, Node>;
  /** Steps of reading that may still be taken: names that are made of names must not blow up. */
  readonly budget: { left: number };
  /** What must be so for a part of it, by the reader of conditions. */
  readonly isSo: (reading: Reading, node: Node | undefined) => Condition | undefined;
}

const NUMBERS: Readonly<Record<string, Expression>> = {
  "now().hour": { now: "hour" },
  "now().isoweekday()": { now: "weekday" },
  "now().weekday()": { op: "-", of: [{ now: "weekday" }, 1] },
};

/** Filters that change no number, or that only say what an unknown one is: what is unknown stays so here. */
const SAME = new Set(["float", "int", "default", "d", "bool", "string", "trim"]);

/** What a part of a template comes to, as a formula; undefined where there is none, which is not listed here. */
export function valueIn(reading: Reading, node: Node | undefined): Expression | undefined {
  if (reading.budget.left-- <= 0) return undefined;
  const known = knownBy(reading, node);
  if (typeof known === "number" || typeof known === "boolean") return known;
  if (typeof known === "string") return known.slice(0, 255);
  switch (node?.type) {
    case "UnaryExpression": {
      const of = valueIn(reading, node.argument);
      if (of === undefined || node.operator?.value === "not") return undefined;
      if (node.operator?.value !== "-") return of;
      return typeof of === "number" ? -of : { op: "-", of: [0, of] };
    }
    case "BinaryExpression":
      return reckoned(reading, node);
    case "FilterExpression":
      return filtered(reading, node);
    case "Ternary": {
      const test = reading.isSo(reading, node.condition);
      if (test?.kind === "formula" && typeof test.is === "boolean")
        return valueIn(reading, test.is ? node.trueExpr : node.falseExpr);
      const condition = asFormula(test);
      const [yes, no] = [valueIn(reading, node.trueExpr), valueIn(reading, node.falseExpr)];
      const whole = condition !== undefined && yes !== undefined && no !== undefined;
      return whole ? { if: condition, then: yes, else: no } : undefined;
    }
    case "CallExpression":
      return called(reading, node) ?? named(reading, node);
    case "Identifier":
    case "MemberExpression":
      return named(reading, node);
    default:
      return undefined;
  }
}

/** What a part of a template comes to whatever the home is like. */
export const knownBy = ({ desk, names, budget }: Reading, node: Node | undefined) =>
  knownIn({ names, budget, closed: desk.within.length > 0, later: desk.variables }, node);

const SIGNS = new Set(["+", "-", "*", "/"]);

function reckoned(reading: Reading, { operator, left, right }: Node): Expression | undefined {
  const op = operator?.value;
  const [a, b] = [valueIn(reading, left), valueIn(reading, right)];
  if (a === undefined || b === undefined || typeof a === "string" || typeof b === "string") return undefined;
  if (op !== "+" && op !== "-" && op !== "*" && op !== "/") return undefined;
  return SIGNS.has(op) ? { op, of: [a, b] } : undefined;
}

function filtered(reading: Reading, { operand, filter }: Node): Expression | undefined {
  const name = String(filter?.type === "CallExpression" ? filter.callee?.value : filter?.value);
  const args = filter?.type === "CallExpression" ? (filter.args ?? []) : [];
  const list = listIn(operand);
  if ((name === "min" || name === "max") && list) {
    const of = list.map((one) => valueIn(reading, one));
    return of.length > 1 && of.length <= 20 && of.every((one) => one !== undefined) ? { op: name, of } : undefined;
  }
  const of = valueIn(reading, operand);
  if (of === undefined) return undefined;
  if (name === "int") return typeof of === "number" ? Math.trunc(of) : { op: "floor", of: [of] };
  if (SAME.has(name)) return name === "float" && typeof of === "string" ? Number(of) || 0 : of;
  if (name === "abs") return { op: "abs", of: [of] };
  if (name !== "round" || typeof of === "string") return undefined;
  const places = args.length === 0 ? 0 : Number(args[0]?.value);
  if (!Number.isInteger(places) || places < 0 || places > 6) return undefined;
  if (places === 0) return { op: "round", of: [of] };
  return { op: "/", of: [{ op: "round", of: [{ op: "*", of: [of, 10 ** places] }] }, 10 ** places] };
}

function called(reading: Reading, node: Node): Expression | undefined {
  const name = pathIn(node.callee)?.join(".");
  const [first, second] = (node.args ?? []).map((one): Node => {
    const known = knownBy(reading, one);
    if (typeof known === "string") return { type: "StringLiteral", value: known };
    return one.type === "Identifier" ? (reading.names.get(String(one.value)) ?? one) : one;
  });
  if (name === "states") return stateOf(reading, textIn(first));
  if (name === "state_attr") return attributeOf(reading, textIn(first), textIn(second));
  if ((name === "float" || name === "int") && first) return valueIn(reading, first);
  return undefined;
}

function named(reading: Reading, node: Node): Expression | undefined {
  const path = pathIn(node);
  if (!path) return undefined;
  const [first = "", second, third, fourth, fifth] = path;
  const known = path.length === 1 ? reading.names.get(first) : undefined;
  if (known) return valueIn({ ...reading, names: without(reading.names, first) }, known);
  if (path.length === 1 && /^(true|false)$/i.test(first)) return first.toLowerCase() === "true";
  const variable = path.length === 1 ? reading.desk.variables.get(first) : undefined;
  if (variable) return { variable };
  const whole = path.join(".");
  if (Object.hasOwn(NUMBERS, whole)) return NUMBERS[whole];
  if (first === "states" && second && third && fourth === "state") return stateOf(reading, `${second}.${third}`);
  if (first === "states" && second && third && fourth === "attributes" && fifth)
    return attributeOf(reading, `${second}.${third}`, fifth);
  if (whole === "trigger.to_state.state") return startedBy(reading, "value");
  return whole === "trigger.from_state.state" ? startedBy(reading, "before") : undefined;
}

/** A name that stands for itself has no end. */
function without(names: ReadonlyMap<string, Node>, name: string): ReadonlyMap<string, Node> {
  return new Map([...names].filter(([key]) => key !== name));
}

/** What started the rule, where all that may start it tell the same figure in our unit. */
function startedBy({ desk }: Reading, which: "value" | "before"): Expression | undefined {
  const figures = desk.started.map(({ name, meant, of }) => {
    const figure = meant.kind === "device" ? figureIn(desk.library.fahrenheit, name, meant) : undefined;
    return figure?.of === of ? figure : undefined;
  });
  const [first] = figures;
  if (!first || figures.some((one) => one?.scale !== first.scale || one.offset !== first.offset)) return undefined;
  return asTheirs(first, { trigger: which });
}

function stateOf({ desk, at }: Reading, entity: string | undefined): Expression | undefined {
  if (entity === undefined) return undefined;
  const meant = meantBy(desk, entity, at);
  if (meant?.kind === "value") return meant.value;
  if (meant?.kind !== "device") return undefined;
  const figure = figureIn(desk.library.fahrenheit, entity, meant);
  if (figure) return asTheirs(figure, { read: figure.of, target: targetOf(meant) });
  const saying = sayingOf(entity, meant, "on");
  return saying?.op === "=" ? { read: saying.of, target: targetOf(meant) } : undefined;
}

function attributeOf({ desk, at }: Reading, entity?: string, attribute?: string): Expression | undefined {
  if (entity === undefined || attribute === undefined) return undefined;
  if (entity === "sun.sun") return attribute === "elevation" ? { now: "sunElevation" } : undefined;
  const meant = meantBy(desk, entity, at);
  const figure = meant?.kind === "device" ? figureIn(desk.library.fahrenheit, entity, meant, attribute) : undefined;
  if (figure && meant?.kind === "device") return asTheirs(figure, { read: figure.of, target: targetOf(meant) });
  return meant && miss(desk, at, `"${attribute}" of ${entity} is not told here.`);
}

/** A condition as a formula; undefined for one that no formula says. */
export function asFormula(condition: Condition | undefined): Expression | undefined {
  if (!condition) return undefined;
  if (condition.kind === "formula") return condition.is;
  if (condition.kind === "state" && condition.forMinutes === undefined && !condition.every)
    return { op: condition.op, of: [{ read: condition.of, target: condition.target }, condition.value] };
  if (condition.kind === "not") {
    const of = asFormula(condition.of);
    return of === undefined ? undefined : { op: "not", of: [of] };
  }
  if (condition.kind !== "all" && condition.kind !== "any") return undefined;
  const of = condition.of.map(asFormula);
  if (!of.every((one) => one !== undefined)) return undefined;
  return of.length === 1 ? of[0] : { op: condition.kind === "all" ? "and" : "or", of };
}
