import type { Rule, RuleAction } from "../model/plan.ts";
import { resolve } from "./computed.ts";
import { evaluate, type Picture, type Truth } from "./evaluate.ts";

/** What a rule wants of a target now, and why. */
export interface Want {
  readonly rule: Rule;
  readonly action: RuleAction;
  /** As {@link targetOf} has it. */
  readonly target: string;
  readonly reason: string;
}

export interface Decision {
  readonly verdicts: ReadonlyMap<string, Truth>;
  /** At most one for each target. */
  readonly wants: readonly Want[];
  /** The same, by target. */
  readonly byTarget: ReadonlyMap<string, Want>;
  /** Wants that lost to another rule for the same target. */
  readonly lost: readonly { readonly want: Want; readonly to: Want }[];
}

/** What a person wants by when is no hand on whether the car charges now. */
const TARGETS: readonly string[] = ["setTargets", "clearTargets"];

/** Two actions with the same target can not both have their way. */
export function targetOf(action: Pick<RuleAction, "node" | "endpoint" | "capability" | "command" | "args">): string {
  const set = action.command === "set" ? `.${Object.keys(action.args).sort().join("+")}` : "";
  const attribute = TARGETS.includes(action.command) ? ".targets" : set;
  return `${action.node}/${action.endpoint}/${action.capability}${attribute}`;
}

/**
 * Evaluates all rules on one frozen picture and settles clashes: plans before rules of people, then the higher rank, then
 * the older rule (first in the list). A rule whose condition is unknown wants nothing.
 */
export function decide(rules: readonly Rule[], picture: Picture): Decision {
  const verdicts = new Map<string, Truth>();
  const wants: Want[] = [];
  const byTarget = new Map<string, Want>();
  const lost: { want: Want; to: Want }[] = [];
  for (const rule of rules.length > 1 ? [...rules].sort(byRank) : rules) {
    if (!rule.enabled || !isDue(rule, picture.now)) continue;
    const verdict = evaluate(rule.when, picture, rule.id);
    verdicts.set(rule.id, verdict);
    for (const given of actionsFor(rule, verdict)) {
      const found = resolve(given, picture);
      if (found && "none" in found) {
        const { holds, reason } = verdicts.get(rule.id) ?? verdict;
        verdicts.set(rule.id, { holds, reason: `${reason}; ${found.none}` });
        continue;
      }
      const action = found?.action ?? given;
      const target = targetOf(action);
      const reason = rule.because ?? `${rule.title}: ${found?.reason ?? verdict.reason}`;
      const want = { rule, action, target, reason };
      if (found) verdicts.set(rule.id, { ...verdict, reason: found.reason });
      const winner = byTarget.get(target);
      if (winner) {
        lost.push({ want, to: winner });
        continue;
      }
      wants.push(want);
      byTarget.set(target, want);
    }
  }
  return { verdicts, wants, byTarget, lost };
}

const isDue = ({ from = Number.NEGATIVE_INFINITY, until = Number.POSITIVE_INFINITY }: Rule, now: number): boolean =>
  now >= from && now < until;

const order = (rule: Rule): number => (rule.origin === "plan" ? 0 : 1);

const byRank = (a: Rule, b: Rule): number => order(a) - order(b) || (b.rank ?? 0) - (a.rank ?? 0);

function actionsFor(rule: Rule, verdict: Truth): readonly RuleAction[] {
  if (verdict.holds === "unknown") return [];
  return verdict.holds ? rule.then : (rule.otherwise ?? []);
}
