import { capabilities } from "../model/capabilities/index.ts";
import type { Computed, Condition, Rule, RuleAction } from "../model/plan.ts";
import type { Names } from "./names.ts";
import { bandInWords, sunBandInWords } from "./words/band.ts";
import { expressionInWords } from "./words/expression.ts";
import { targetInWords } from "./words/target.ts";
import { isItself, opWords, pathInWords, subjectInWords, valueInWords } from "./words/value.ts";

export type { Names } from "./names.ts";

/** The exact rule in words: what a person approves. `names` gives a node's name. */
export function ruleInWords(rule: Rule, names: Names): string {
  const then = rule.then.map((a) => actionInWords(a, names)).join(" and ");
  const otherwise = rule.otherwise?.map((a) => actionInWords(a, names)).join(" and ");
  const when = isAlways(rule.when) ? "At all times" : `While ${conditionInWords(rule.when, names)}`;
  return `${when}: ${then}.${otherwise ? ` Otherwise: ${otherwise}.` : ""}`;
}

/** A part of the day from a time to the same time is the whole day. */
const isAlways = (c: Condition): boolean => c.kind === "between" && c.from === c.to && !c.weekdays;

/** A condition in words. */
export function conditionInWords(c: Condition, names: Names): string {
  switch (c.kind) {
    case "between":
      return `it is ${bandInWords(c)}`;
    case "cheapest":
      return `it is one of the cheapest ${c.hours} h from ${c.from} to ${c.to}`;
    case "priceBelow":
      return `energy costs less than ${c.perKwh} per kWh`;
    case "surplusAbove":
      return c.watts < 0 ? `less than ${-c.watts} W come into the house` : `more than ${c.watts} W leave the house`;
    case "compare":
      return `${pathInWords(c.path, names)} ${opWords[c.op]} ${valueInWords(c.path, c.value)}${c.forMinutes ? ` for ${c.forMinutes} minutes` : ""}`;
    case "date":
      return `it is between ${c.from} and ${c.to} of the year`;
    case "state":
      return `${subjectInWords(c.of, `${c.every ? "every one of " : ""}${targetInWords(c.target, names)}`)} ${opWords[c.op]} ${valueInWords(`x/1/${c.of}`, c.value)}${c.forMinutes ? ` for ${c.forMinutes} minutes` : ""}`;
    case "formula":
      return expressionInWords(c.is, names);
    case "mode":
      return `the house is in mode ${c.in.join(" or ")}`;
    case "presence":
      return whereInWords(c);
    case "sun":
      return `the sun is ${c.is}`;
    case "sunBetween":
      return `it is ${sunBandInWords(c)}`;
    case "calendar":
      return `it is ${c.entry}`;
    case "trigger":
      return `"${c.id}" started it`;
    case "all":
      return c.of.map((p) => grouped(p, names)).join(" and ");
    case "any":
      return c.of.map((p) => grouped(p, names)).join(" or ");
    case "not":
      return `not (${conditionInWords(c.of, names)})`;
  }
}

/** Not anyone is nobody; not everyone says nothing of each. */
function whereInWords({ who, home }: Extract<Condition, { kind: "presence" }>): string {
  if (home) return `${who} is home`;
  if (who === "anyone") return "nobody is home";
  return who === "everyone" ? "not everyone is home" : `${who} is not home`;
}

function grouped(c: Condition, names: Names): string {
  const words = conditionInWords(c, names);
  return c.kind === "all" || c.kind === "any" ? `(${words})` : words;
}

/** An action in words. */
export function actionInWords(action: RuleAction, names: Names): string {
  const name = names(action.node);
  if (action.computed) return computedInWords(action.computed, name, action.command);
  const capability = capabilities[action.capability];
  const args = Object.entries(action.args).map(
    ([key, value]) =>
      `${(capability?.attributes[key]?.label ?? key).toLowerCase()} ${valueInWords(`${action.node}/${action.endpoint}/${action.capability}.${key}`, value)}`,
  );
  const [only] = Object.keys(action.args);
  const isOne = only !== undefined && isItself(`${action.capability}.${only}`);
  if (action.command === "set")
    return isOne ? `set ${name} to ${action.args[only]}` : `set ${name}'s ${args.join(", ")}`;
  const label = capability?.commands[action.command]?.label ?? action.command;
  return `${label.toLowerCase()} ${name}${args.length ? ` (${args.join(", ")})` : ""}`;
}

const best = { cost: "costs least", co2: "causes least CO2", sun: "takes most of the sun" } as const;
const takenBack: Readonly<Record<string, (name: string) => string>> = {
  resumeRequest: (name) => `resume ${name} if it is paused`,
  cancelPowerAdjustRequest: (name) => `end the adjustment of ${name}'s power`,
  cancelRequest: (name) => `let ${name} follow its own plan again`,
  cancelBoost: (name) => `end the boost of ${name}`,
  enableCharging: (name) => `let ${name} charge`,
};

function computedInWords(computed: Computed, name: string, command: string): string {
  switch (computed.kind) {
    case "bestStart":
      return `move ${name}'s start to when its run ${best[computed.by]}, within what it allows`;
    case "bestPause":
      return `pause ${name} for as long as it allows when the rest of its run ${computed.by === "cost" ? "costs" : "causes"} less ${computed.by === "cost" ? "later" : "CO2 later"}`;
    case "leastPower":
      return `lower ${name}'s power to the least that it offers until energy is cheaper`;
    case "sunPower":
      return `let ${name} take the power that leaves the house, within what it offers`;
    case "charge": {
      const need = computed.kwh === undefined ? "its own charging target" : `${computed.kwh} kWh`;
      const by = computed.by === undefined ? "" : ` by ${computed.by}`;
      return `let ${name} charge from the sun and in the cheapest hours for ${need}${by}, with ${computed.kw} kW, and not in other hours`;
    }
    case "release":
      return (takenBack[command] ?? ((n) => `set ${n} free`))(name);
  }
}
