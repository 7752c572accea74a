/** Rules of the form "while": what they come to on the devices of now. */

import type { Value } from "../../model/capability.ts";
import type { NodeId } from "../../model/path.ts";
import type { Rule, RuleAction } from "../../model/plan.ts";
import type { HomeRule, SteadyRule } from "../../model/rule/rule.ts";
import type { CommandStep } from "../../model/rule/step.ts";
import { MAX_TRACE_NODES } from "../../model/trace.ts";
import { worth } from "../../rules/formula.ts";
import type { Picture } from "../../rules/picture.ts";
import type { CoreState } from "../state.ts";
import { stampOf } from "./stamp.ts";
import { isLive } from "./state.ts";
import { shortened } from "./tracing.ts";
import { refresh, selected } from "./watch.ts";

/** The rules on single devices that people's rules come to now. An argument that is not known asks for nothing. */
export function steadyNow(state: CoreState, picture: Picture): readonly Rule[] {
  const rules = steadyIn(state.automation.rules);
  const found: Rule[] = [];
  if (rules.length === 0) return found;
  refresh(state);
  for (const rule of rules) if (isLive(rule, picture.now)) found.push(laidOut(state, rule, picture));
  return found;
}

/** Whether there is any such rule, in force or not. */
export const hasSteady = ({ automation }: CoreState): boolean => steadyIn(automation.rules).length > 0;

const steady = new WeakMap<readonly HomeRule[], readonly (HomeRule & SteadyRule)[]>();

/** Those of the form "while": the same as long as the rules are. */
function steadyIn(rules: readonly HomeRule[]): readonly (HomeRule & SteadyRule)[] {
  let known = steady.get(rules);
  if (!known) {
    known = rules.filter((r): r is HomeRule & SteadyRule => r.form === "while");
    steady.set(rules, known);
  }
  return known;
}

/** Rules without arguments come to the same as long as they mean the same devices: they are asked for with each tick. */
const plain = new WeakMap<HomeRule, { readonly of: CoreState["automation"]["selected"]; readonly rule: Rule }>();

function laidOut(state: CoreState, rule: HomeRule & SteadyRule, picture: Picture): Rule {
  const { selected: of } = state.automation;
  const known = plain.get(rule);
  if (known?.of === of) return known.rule;
  const laid: Rule = {
    ...{ id: rule.id, title: rule.title, when: rule.while, origin: "person", enabled: true },
    then: rule.keep.flatMap((step) => actionsOf(state, step, picture)),
    ...(rule.otherwise ? { otherwise: rule.otherwise.flatMap((step) => actionsOf(state, step, picture)) } : {}),
    ...(rule.rank === undefined ? {} : { rank: rule.rank }),
  };
  if (![...rule.keep, ...(rule.otherwise ?? [])].some((step) => step.args)) plain.set(rule, { of, rule: laid });
  return laid;
}

function actionsOf(state: CoreState, step: CommandStep, picture: Picture): readonly RuleAction[] {
  const args: Record<string, Value> = {};
  for (const [name, formula] of Object.entries(step.args ?? {})) {
    const found = worth(formula, picture);
    if ("unknown" in found) return [];
    args[name] = found.value;
  }
  const { capability, command } = step;
  return selected(state, step.target, capability).map(({ node, endpoint }) => ({
    ...{ node, endpoint, capability, command, args },
  }));
}

/** Notes for the asking when a rule begins or ceases to hold, or to have its way. */
export function tellSteady(state: CoreState, at: number): void {
  const { automation, verdicts } = state;
  for (const rule of steadyIn(automation.rules)) {
    const verdict = isLive(rule, at) ? verdicts.get(rule.id) : undefined;
    const outcome = outcomeOf(rule, verdict);
    if (automation.shown.get(rule.id) === outcome) continue;
    const first = !automation.shown.has(rule.id);
    automation.shown.set(rule.id, outcome);
    if (first && !verdict) continue;
    automation.count += 1;
    automation.traces.push({
      id: `steady-${stampOf(at)}-${automation.count.toString(36)}`,
      ...{ at, endedAt: at, rule: rule.id, title: rule.title, kind: "steady" },
      ...{
        cause: shortened(verdict?.reason.replace(`${rule.title}: `, "") ?? "it was switched off or is over"),
        outcome,
        nodes: nodesOf(state, rule),
        lines: [],
      },
    });
  }
}

/** By rule: the devices that it steers, as long as rules and devices are the same. */
const steered = new WeakMap<HomeRule, { readonly of: CoreState["automation"]["selected"]; readonly nodes: NodeId[] }>();

function nodesOf(state: CoreState, rule: HomeRule & SteadyRule): readonly NodeId[] {
  const { selected: of } = state.automation;
  const known = steered.get(rule);
  if (known?.of === of) return known.nodes;
  const all = rule.keep.flatMap((s) => selected(state, s.target, s.capability).map((spot) => spot.node));
  const nodes = [...new Set(all)].slice(0, MAX_TRACE_NODES);
  steered.set(rule, { of, nodes });
  return nodes;
}

function outcomeOf(rule: SteadyRule, verdict: { holds: boolean | "unknown"; lost?: string } | undefined): string {
  if (!verdict) return "no longer in force";
  if (verdict.holds === "unknown") return "not known: it keeps nothing";
  if (verdict.lost) return shortened(verdict.lost.replace(/ until .*$/, ""));
  if (verdict.holds) return "it holds";
  return rule.otherwise ? "it does not hold: the other way" : "it does not hold";
}
