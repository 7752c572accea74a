/** The step that switches another rule on or off. */
import type { Step } from "../../model/rule/step.ts";
import type { Run } from "../../rules/run/run.ts";
import type { CoreState, Effect } from "../state.ts";
import { homeRulesSet } from "./hand.ts";
import { isTooOften } from "./limits.ts";
import type { KeptEventRule } from "./state.ts";
import { note } from "./tracing.ts";

/**
 * Switches a rule of people as a person would: its runs end, it is kept so, and the audit log says which rule did it. Rules of plans and
 * policies are no such rules and can't be meant. To be switched on starts nothing by itself.
 */
export function switchRule(
  state: CoreState,
  run: Run,
  rule: KeptEventRule,
  step: Extract<Step, { kind: "rule" }>,
  now: number,
): Effect[] {
  const { automation } = state;
  const other = automation.rules.find((r) => r.id === step.rule);
  if (!other) {
    note(run, now, `there is no rule ${step.rule}`, true);
    return [];
  }
  const enabled = step.does === "toggle" ? !other.enabled : step.does === "switchOn";
  const words = enabled ? "on" : "off";
  if (other.enabled === enabled) {
    note(run, now, `${other.title} is switched ${words} already`);
    return [];
  }
  const runaway = isTooOften(state, "asks", rule, now);
  if (runaway) {
    run.cancelled = runaway;
    return [];
  }
  const changed = { ...other, enabled };
  note(run, now, `switched the rule ${other.title} ${words}`);
  return [
    ...homeRulesSet(
      state,
      automation.rules.map((r) => (r === other ? changed : r)),
    ),
    { kind: "keepHomeRule", rule: changed },
    {
      kind: "audit",
      entry: {
        ...{ at: now, by: `rule:${rule.id}`, what: enabled ? "rule-enabled" : "rule-disabled" },
        ...{ subject: other.id, detail: `${other.title}: ${rule.title}, ${run.cause}` },
      },
    },
  ];
}
