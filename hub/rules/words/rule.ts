import type { RuleDraft } from "../../model/rule/rule.ts";
import { conditionInWords } from "../explain.ts";
import type { Names } from "../names.ts";
import { commandInWords, stepsInWords } from "./step.ts";
import { triggerInWords } from "./trigger.ts";

const modes = {
  single: "",
  restart: " A new start ends the run before it.",
  queued: " Starts that come meanwhile wait.",
  parallel: " Several runs may go side by side.",
} as const;

/** The whole rule in one sentence or two, as a person reads it before saving. */
export function draftInWords(rule: RuleDraft, names: Names): string {
  if (rule.form === "while") {
    const keep = rule.keep.map((c) => commandInWords(c, names)).join(" and ");
    const otherwise = rule.otherwise?.map((c) => commandInWords(c, names)).join(" and ");
    return `While ${conditionInWords(rule.while, names)}: ${keep}.${otherwise ? ` Otherwise: ${otherwise}.` : ""}`;
  }
  const on =
    rule.on.length > 0
      ? `When ${rule.on.map((t) => triggerInWords(t, names).replace(/^when /, "")).join(", or ")}`
      : "When somebody or another rule starts it";
  const only = rule.if ? `, and only if ${conditionInWords(rule.if, names)}` : "";
  return `${on}${only}: ${stepsInWords(rule.do, names)}.${modes[rule.mode]}`;
}
