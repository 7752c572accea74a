import { localTime } from "../energy/clock.ts";
import type { Value } from "../model/capability.ts";
import { type NodeId, pathKey } from "../model/path.ts";
import type { Comparison } from "../model/rule/condition.ts";
import type { Expression } from "../model/rule/expression.ts";
import { compares } from "./conditions/compares.ts";
import type { Names } from "./names.ts";
import { type Picture, type Truth, truth } from "./picture.ts";
import { expressionInWords } from "./words/expression.ts";
import { attributeLabel, isItself, valueInWords } from "./words/value.ts";

/** What a formula comes to, or why nobody knows. */
export type Worth = { readonly value: Value } | { readonly unknown: string };

type Read = Extract<Expression, { read: string }>;
type Operation = Extract<Expression, { op: string }>;

/** Deeper than any honest formula. */
const MAX_DEPTH = 12;

/** Works a formula out on a picture. Never throws; division by nought, a wrong kind of value and the unknown are unknown. */
export function worth(e: Expression, picture: Picture, depth = 0): Worth {
  if (typeof e !== "object") return { value: e };
  if (depth > MAX_DEPTH) return { unknown: "the formula is too deep" };
  if ("read" in e) return readWorth(e, picture);
  if ("variable" in e) return known(picture.variables?.get(e.variable), `the variable ${e.variable} has no value`);
  if ("trigger" in e)
    return known(
      e.trigger === "value" ? picture.started?.value : picture.started?.before,
      "what started the rule has no such value",
    );
  if ("now" in e) return nowWorth(e.now, picture);
  if ("if" in e) {
    const test = worth(e.if, picture, depth + 1);
    if ("unknown" in test) return test;
    return worth(test.value === true ? e.then : e.else, picture, depth + 1);
  }
  return operationWorth(e, picture, depth);
}

/** Whether a formula comes to true. */
export function formula(is: Expression, picture: Picture): Truth {
  const found = worth(is, picture);
  if ("unknown" in found) return truth("unknown", found.unknown);
  if (typeof found.value !== "boolean")
    return truth("unknown", `the formula comes to ${found.value}, not to true or false`);
  return truth(found.value, seen(is, found.value, picture));
}

/** More than this of a formula's values nobody reads. */
const MOST_SEEN = 4;

/** The formula with the values seen; in short where nobody reads it. */
function seen(is: Expression, holds: boolean, picture: Picture): string {
  const { name } = picture;
  if (!name) return `the formula is ${holds ? "" : "not "}true`;
  const names = (node: string) => name.call(picture, node);
  const values = new Map(partsOf(is).flatMap((part) => valueSeen(part, picture, names)));
  const told = [...values].slice(0, MOST_SEEN).map(([words, value]) => `${words} ${value}`);
  const so = `${holds ? "" : "not so: "}${expressionInWords(is, names)}`;
  return told.length > 0 ? `${so}, with ${told.join(" and ")}` : so;
}

/** What a formula looks at in the home. */
function partsOf(e: Expression): readonly Expression[] {
  if (typeof e !== "object") return [];
  if ("op" in e) return e.of.flatMap(partsOf);
  if ("if" in e) return [e.if, e.then, e.else].flatMap(partsOf);
  return [e];
}

function valueSeen(e: Expression, picture: Picture, names: Names): [string, string][] {
  const found = worth(e, picture);
  if (typeof e !== "object" || "unknown" in found) return [];
  const { value } = found;
  const round = typeof value === "number" ? Math.round(value * 100) / 100 : value;
  const shown = "read" in e && e.take !== "count" ? valueInWords(`x/1/${e.read}`, round) : String(round);
  return [[expressionInWords(e, names), shown]];
}

const known = (value: Value | undefined, otherwise: string): Worth =>
  value === undefined || (typeof value === "number" && !Number.isFinite(value)) ? { unknown: otherwise } : { value };

function nowWorth(what: Extract<Expression, { now: string }>["now"], picture: Picture): Worth {
  const { now, timeZone } = picture;
  switch (what) {
    case "price":
      return known(picture.price(now), "the price is not known");
    case "exportPrice":
      return known(picture.exportPrice, "the export price is not known");
    case "co2":
      return known(picture.co2?.(now), "the grid's CO2 is not known");
    case "surplus":
      return known(picture.surplusW(), "the house meter is unknown");
    case "hour":
      return { value: localTime(now, timeZone).minutes / 60 };
    case "weekday":
      return { value: localTime(now, timeZone).weekday };
    case "sunElevation":
      return known(picture.sunElevation?.(now), "where the home is is not known here");
  }
}

function readWorth({ read, target, take }: Read, picture: Picture): Worth {
  const [capability = "", attribute = ""] = read.split(/\.(.*)/s);
  const spots = picture.select?.(target, capability) ?? [];
  if (spots.length === 0) return { unknown: `no device that is meant has ${read}` };
  const values: Value[] = [];
  for (const { node, endpoint } of take ? spots : spots.slice(0, 1)) {
    const found = picture.known(pathKey({ node, endpoint, capability, attribute }));
    if (found.status !== "known")
      return { unknown: `${named(node, read, picture)} is ${found.status}: ${found.reason}` };
    values.push(found.value);
  }
  return taken(values, take);
}

const named = (node: NodeId, read: string, { name }: Picture): string =>
  isItself(read) && name ? name(node) : `${name?.(node) ?? node}'s ${name ? attributeLabel(read) : read}`;

function taken(values: readonly Value[], take: Read["take"]): Worth {
  const numbers = values.filter((v) => typeof v === "number");
  const sum = numbers.reduce((a, b) => a + b, 0);
  switch (take) {
    case undefined:
      return known(values[0], "nothing is known of it");
    case "any":
      return { value: values.some((v) => v === true) };
    case "all":
      return { value: values.every((v) => v === true) };
    case "count":
      return { value: values.filter((v) => v === true || (typeof v === "number" && v > 0)).length };
    default:
      if (numbers.length !== values.length) return { unknown: "these values are no numbers" };
      return { value: { sum, mean: sum / numbers.length, min: Math.min(...numbers), max: Math.max(...numbers) }[take] };
  }
}

function operationWorth(e: Operation, picture: Picture, depth: number): Worth {
  const values: Value[] = [];
  for (const part of e.of) {
    const found = worth(part, picture, depth + 1);
    if ("unknown" in found) {
      // As with conditions: what another part already decides is decided.
      if (e.op === "and" || e.op === "or") continue;
      return found;
    }
    if ((e.op === "and" && found.value === false) || (e.op === "or" && found.value === true)) return found;
    values.push(found.value);
  }
  if (values.length < e.of.length) return { unknown: "a part of the formula is not known" };
  return operated(e.op, values);
}

function operated(op: Operation["op"], values: readonly Value[]): Worth {
  const [a, b] = values;
  if (op === "and" || op === "or")
    return values.every((v) => typeof v === "boolean") ? { value: op === "and" } : wrongKind(op);
  if (op === "not") return typeof a === "boolean" ? { value: !a } : wrongKind(op);
  if (op === "=" || op === "!=" || op === "<" || op === "<=" || op === ">" || op === ">=")
    return a === undefined || b === undefined ? wrongKind(op) : { value: compares(a, op satisfies Comparison, b) };
  const numbers = values.filter((v) => typeof v === "number");
  if (numbers.length !== values.length) return wrongKind(op);
  return known(reckoned(op, numbers), `${numbers.join(` ${op} `)} comes to no number`);
}

const wrongKind = (op: string): Worth => ({ unknown: `${op} can't be worked out of such values` });

type Arithmetic = Exclude<Operation["op"], Comparison | "and" | "or" | "not">;

function reckoned(op: Arithmetic, numbers: readonly number[]): number {
  const [first = Number.NaN, ...rest] = numbers;
  switch (op) {
    case "+":
      return rest.reduce((a, b) => a + b, first);
    case "-":
      return rest.reduce((a, b) => a - b, first);
    case "*":
      return rest.reduce((a, b) => a * b, first);
    case "/":
      return rest.reduce((a, b) => a / b, first);
    case "min":
      return Math.min(...numbers);
    case "max":
      return Math.max(...numbers);
    case "abs":
      return Math.abs(first);
    case "round":
      return Math.round(first);
    case "floor":
      return Math.floor(first);
    case "ceil":
      return Math.ceil(first);
  }
}
