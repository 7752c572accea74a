/** Rules that switch others on and off: what may be on is looked at as if it were. */
import type { HomeRule, RuleDraft } from "../../model/rule/rule.ts";
import { isSwitching, listsIn, type Step } from "../../model/rule/step.ts";
import type { Desk } from "./desk.ts";

type RuleStep = Extract<Step, { kind: "rule" }>;

/** All steps that speak of other rules, however deep they stand. */
export const ruleStepsIn = (draft: RuleDraft): readonly RuleStep[] => (draft.form === "when" ? among(draft.do) : []);

function among(steps: readonly Step[]): readonly RuleStep[] {
  return steps.flatMap((step): readonly RuleStep[] => {
    return step.kind === "rule" ? [step] : listsIn(step).flatMap(among);
  });
}

/** Rules that a draft may switch on. */
export const switchedOnBy = (draft: RuleDraft): readonly string[] =>
  ruleStepsIn(draft).flatMap((step) => (isSwitching(step) && step.does !== "switchOff" ? [step.rule] : []));

/** Rules that a draft may switch off. */
export const switchedOffBy = (draft: RuleDraft): readonly string[] =>
  ruleStepsIn(draft).flatMap((step) => (isSwitching(step) && step.does !== "switchOn" ? [step.rule] : []));

/** Tells of a rule whether it is on, or may be switched on by one that is or may be; `more`: a draft that is looked at as if it were on. */
export function liveIn({ context }: Desk, more?: RuleDraft): (rule: HomeRule) => boolean {
  const lasting = context.rules.filter((r) => r.until === undefined || context.now < r.until);
  const byId = new Map(lasting.map((rule) => [rule.id, rule]));
  const live = new Set(lasting.filter((rule) => rule.enabled));
  const open: RuleDraft[] = [...live, ...(more ? [more] : [])];
  for (let one = open.pop(); one; one = open.pop())
    for (const id of switchedOnBy(one)) {
      const rule = byId.get(id);
      if (!rule || live.has(rule)) continue;
      live.add(rule);
      open.push(rule);
    }
  return (rule) => live.has(rule);
}
