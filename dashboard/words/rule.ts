/** Rules of a plan that does not run yet, in words: what a person approves must be readable before it is approved. */
import type { Condition, NodeView, Rule, RuleAction } from "../../hub/http/schemas.ts";
import { unCamel } from "./format.ts";
import { nameOf } from "./goal.ts";
import { attributeByKey, valueWords } from "./values.ts";

const OPS = { "<": "is below", "<=": "is at most", "=": "is", ">=": "is at least", ">": "is above", "!=": "is not" };
const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/** A rule as up to three lines: while, then, otherwise. */
export function ruleLines(
  rule: Rule,
  nodes: readonly NodeView[],
): readonly { readonly when: string; readonly what: string }[] {
  const lines = [
    { when: "While", what: conditionWords(rule.when, nodes) },
    { when: "do", what: rule.then.map((a) => actionWords(a, nodes)).join(" and ") },
  ];
  if (rule.otherwise && rule.otherwise.length > 0)
    lines.push({ when: "otherwise", what: rule.otherwise.map((a) => actionWords(a, nodes)).join(" and ") });
  return lines;
}

function conditionWords(c: Condition, nodes: readonly NodeView[]): string {
  switch (c.kind) {
    case "between":
      return `it is between ${c.from} and ${c.to}${c.weekdays ? ` on ${c.weekdays.map((d) => WEEKDAYS[d - 1] ?? d).join(", ")}` : ""}`;
    case "cheapest":
      return `it is one of the ${c.hours} cheapest hours from ${c.from} to ${c.to}`;
    case "priceBelow":
      return `energy costs less than ${c.perKwh} per kWh`;
    case "surplusAbove":
      return `more than ${c.watts} W leave the house`;
    case "compare":
      return compareWords(c, nodes);
    case "all":
      return c.of.map((p) => grouped(p, nodes)).join(" and ");
    case "any":
      return c.of.map((p) => grouped(p, nodes)).join(" or ");
    case "not":
      return `not (${conditionWords(c.of, nodes)})`;
  }
}

function grouped(c: Condition, nodes: readonly NodeView[]): string {
  const words = conditionWords(c, nodes);
  return c.kind === "all" || c.kind === "any" ? `(${words})` : words;
}

function compareWords(c: Extract<Condition, { kind: "compare" }>, nodes: readonly NodeView[]): string {
  const attribute = attributeByKey(nodes, c.path);
  const node = nodeOfKey(c.path);
  const subject = attribute ? `${attribute.label.toLowerCase()} (${nameOf(nodes, node)})` : c.path;
  const value = attribute ? valueWords(attribute, c.value) : String(c.value);
  return `${subject} ${OPS[c.op]} ${value}${c.forMinutes ? ` for ${c.forMinutes} minutes` : ""}`;
}

const nodeOfKey = (key: string): string => key.slice(0, key.indexOf("/"));

function actionWords(action: RuleAction, nodes: readonly NodeView[]): string {
  const name = nameOf(nodes, action.node);
  const endpoint = nodes.find((n) => n.id === action.node)?.endpoints.find((e) => e.number === action.endpoint);
  const command = endpoint?.commands.find((c) => c.capability === action.capability && c.command === action.command);
  const args = Object.entries(action.args).map(([key, value]) => {
    const a = endpoint?.attributes.find((x) => x.capability === action.capability && x.attribute === key);
    const label = a?.label ?? command?.args.find((x) => x.name === key)?.label ?? unCamel(key);
    return `${label.toLowerCase()} ${a ? valueWords(a, value) : String(value)}`;
  });
  if (action.command === "set") return `set ${name}'s ${args.join(", ")}`;
  const label = (command?.label ?? unCamel(action.command)).toLowerCase();
  return `${label} ${name}${args.length > 0 ? ` (${args.join(", ")})` : ""}`;
}
