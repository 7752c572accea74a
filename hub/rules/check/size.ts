/** Whether a rule is too long or too deep to be kept: looked at first, so that all other checks may go into its depth. */
import type { Condition } from "../../model/rule/condition.ts";
import type { Expression } from "../../model/rule/expression.ts";
import type { RuleDraft } from "../../model/rule/rule.ts";
import type { Step } from "../../model/rule/step.ts";
import { MAX_OPS, programOf } from "../run/program.ts";
import { error, type Found } from "./found.ts";

/** As deep as the evaluation of formulas goes. */
const MAX_FORMULA = 12;
const MAX_CONDITION = 8;
const MAX_STEPS = 8;
/** Conditions, formulas and steps of one rule, all parts counted. */
const MAX_PARTS = 2000;

/** Stops at the first fault: of a rule that is too deep nothing else is looked at. */
export function sizeFaults(draft: RuleDraft): readonly Found[] {
  const count = { parts: 0 };
  const fault = draft.form === "while" ? whileFault(draft, count) : whenFault(draft, count);
  if (fault) return [fault];
  const text = `The rule has more than ${MAX_PARTS} parts: split it in two.`;
  if (count.parts > MAX_PARTS) return [error("too-long", draft.form === "while" ? "while" : "do", text)];
  if (draft.form === "while") return [];
  const ops = programOf(draft.do).length;
  const long = `The rule comes to ${ops} steps, and ${MAX_OPS} is the most: split it in two, where one starts the other.`;
  return ops > MAX_OPS ? [error("too-long", "do", long)] : [];
}

interface Count {
  parts: number;
}

type WhileDraft = Extract<RuleDraft, { form: "while" }>;
type WhenDraft = Extract<RuleDraft, { form: "when" }>;

const whileFault = (draft: WhileDraft, count: Count): Found | undefined =>
  conditionFault(draft.while, "while", 0, count) ??
  stepsFault(draft.keep, "keep", 0, count) ??
  stepsFault(draft.otherwise ?? [], "otherwise", 0, count);

const whenFault = (draft: WhenDraft, count: Count): Found | undefined =>
  first(draft.on, (t, i) =>
    t.kind === "holds" ? conditionFault(t.condition, `on.${i}.condition`, 0, count) : undefined,
  ) ??
  (draft.if && conditionFault(draft.if, "if", 0, count)) ??
  first(Object.entries(draft.variables ?? {}), ([name, e]) => formulaFault(e, `variables.${name}`, 0, count)) ??
  stepsFault(draft.do, "do", 0, count);

function first<T>(list: readonly T[], fault: (item: T, i: number) => Found | undefined): Found | undefined {
  for (const [i, item] of list.entries()) {
    const found = fault(item, i);
    if (found) return found;
  }
  return undefined;
}

const tooDeep = (field: string, what: string, most: number): Found =>
  error("too-deep", field, `The ${what} lies more than ${most} levels deep: make it flatter.`);

function conditionFault(c: Condition, field: string, depth: number, count: Count): Found | undefined {
  count.parts += 1;
  if (depth > MAX_CONDITION) return tooDeep(field, "condition", MAX_CONDITION);
  if (c.kind === "all" || c.kind === "any")
    return first(c.of, (part, i) => conditionFault(part, `${field}.of.${i}`, depth + 1, count));
  if (c.kind === "not") return conditionFault(c.of, `${field}.of`, depth + 1, count);
  return c.kind === "formula" ? formulaFault(c.is, `${field}.is`, 0, count) : undefined;
}

function formulaFault(e: Expression, field: string, depth: number, count: Count): Found | undefined {
  count.parts += 1;
  if (depth > MAX_FORMULA) return tooDeep(field, "formula", MAX_FORMULA);
  if (typeof e !== "object") return undefined;
  if ("op" in e) return first(e.of, (part, i) => formulaFault(part, `${field}.of.${i}`, depth + 1, count));
  if (!("if" in e)) return undefined;
  return first(["if", "then", "else"] as const, (key) => formulaFault(e[key], `${field}.${key}`, depth + 1, count));
}

function stepsFault(steps: readonly Step[], field: string, depth: number, count: Count): Found | undefined {
  if (depth > MAX_STEPS) return tooDeep(field, "step", MAX_STEPS);
  return first(steps, (s, i) => stepFault(s, `${field}.${i}`, depth, count));
}

const figureFault = (s: Extract<Step, { kind: "notify" | "ask" }>, field: string, count: Count): Found | undefined =>
  first(s.values ?? [], (v, i) => formulaFault(v.value, `${field}.values.${i}.value`, 0, count));

function stepFault(s: Step, field: string, depth: number, count: Count): Found | undefined {
  count.parts += 1;
  switch (s.kind) {
    case "command":
      return first(Object.entries(s.args ?? {}), ([name, e]) => formulaFault(e, `${field}.args.${name}`, 0, count));
    case "wait":
      return formulaFault(s.minutes, `${field}.minutes`, 0, count);
    case "waitUntil":
      return conditionFault(s.condition, `${field}.condition`, 0, count);
    case "set":
      return formulaFault(s.to, `${field}.to`, 0, count);
    case "notify":
      return figureFault(s, field, count);
    case "ask":
      return (
        figureFault(s, field, count) ??
        first(s.answers, (a, i) => stepsFault(a.do, `${field}.answers.${i}.do`, depth + 1, count)) ??
        stepsFault(s.otherwise ?? [], `${field}.otherwise`, depth + 1, count)
      );
    case "repeat":
      return (
        (s.while && conditionFault(s.while, `${field}.while`, 0, count)) ??
        stepsFault(s.do, `${field}.do`, depth + 1, count)
      );
    case "choose":
      return (
        first(
          s.options,
          (o, i) =>
            conditionFault(o.if, `${field}.options.${i}.if`, 0, count) ??
            stepsFault(o.do, `${field}.options.${i}.do`, depth + 1, count),
        ) ?? stepsFault(s.otherwise ?? [], `${field}.otherwise`, depth + 1, count)
      );
    default:
      return undefined;
  }
}
