import type { Expression } from "../../model/rule/expression.ts";
import type { Names } from "../names.ts";
import { targetInWords } from "./target.ts";
import { attributeLabel, isItself } from "./value.ts";

const facts = {
  price: "the price per kWh",
  exportPrice: "the export price per kWh",
  co2: "the grid's g CO2 per kWh",
  surplus: "the W that leave the house",
  hour: "the hour",
  weekday: "the day of the week",
  sunElevation: "the sun's height",
} as const;

/** A formula as people write it down. */
export function expressionInWords(e: Expression, names: Names): string {
  if (typeof e !== "object") return typeof e === "boolean" ? (e ? "yes" : "no") : String(e);
  if ("read" in e) {
    const take = e.take && e.take !== "any" && e.take !== "all" ? `${e.take} of ` : e.take ? `${e.take}: ` : "";
    return `${take}${isItself(e.read) ? "" : `${attributeLabel(e.read)} of `}${targetInWords(e.target, names)}`;
  }
  if ("variable" in e) return e.variable;
  if ("trigger" in e) return e.trigger === "value" ? "what started it" : "the value before";
  if ("now" in e) return facts[e.now];
  const inner = (part: Expression): string => {
    const words = expressionInWords(part, names);
    return typeof part === "object" && ("op" in part || "if" in part) ? `(${words})` : words;
  };
  if ("if" in e) return `${inner(e.then)} if ${inner(e.if)}, else ${inner(e.else)}`;
  if (e.of.length === 1) return `${e.op} ${e.of.map(inner).join("")}`;
  return /^[a-z]/.test(e.op) && e.op !== "and" && e.op !== "or"
    ? `${e.op}(${e.of.map(inner).join(", ")})`
    : e.of.map(inner).join(` ${e.op} `);
}
