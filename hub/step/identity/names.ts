/** Nodes that became part of another are still meant by what names them: rules, plans, an open page of the dashboard. */
import type { Command } from "../../model/command.ts";
import { type NodeState, nameOf } from "../../model/home.ts";
import { type EndpointPath, type NodeId, parsePath, pathKey } from "../../model/path.ts";
import type { Condition, Rule, RuleAction } from "../../model/plan.ts";
import type { CoreState } from "../state.ts";
import { homeOf } from "./routes.ts";
import { slotOf } from "./state.ts";

/** The node that is meant, also by the id of one that became part of it. */
export function nodeNow(state: CoreState, id: NodeId): NodeState | undefined {
  const group = state.identity.formerly.get(id);
  return state.home.nodes.get(id) ?? (group && state.home.nodes.get(homeOf(state, group)));
}

/** What people call a device, also by the id of one that became part of it; the id where there is none. */
export function nameNow(state: CoreState, id: NodeId): string {
  const node = nodeNow(state, id);
  return node ? nameOf(node) : id;
}

function targetNow<T extends EndpointPath>(state: CoreState, target: T, capability: string): T {
  const group = state.home.nodes.has(target.node) ? undefined : state.identity.formerly.get(target.node);
  if (!group) return target;
  const road = group.roads.find((r) => r.node === target.node);
  const endpoint = road?.at.get(slotOf(target.endpoint, capability)) ?? target.endpoint;
  return { ...target, node: homeOf(state, group), endpoint };
}

export function commandNow(state: CoreState, command: Command): Command {
  const target = targetNow(state, command.target, command.capability);
  return target === command.target ? command : { ...command, target };
}

export function keyNow(state: CoreState, key: string): string {
  if (state.identity.formerly.size === 0) return key;
  const path = parsePath(key);
  return path ? pathKey(targetNow(state, path, path.capability)) : key;
}

/** The rules as they are meant in the home of now. */
export function rulesNow(state: CoreState): readonly Rule[] {
  const rules = state.policyRules.length > 0 ? [...state.rules, ...state.policyRules] : state.rules;
  if (state.identity.formerly.size === 0) return rules;
  const action = (a: RuleAction): RuleAction => {
    const { computed, ...own } = targetNow(state, a, a.capability);
    if (!computed) return own;
    return { ...own, computed: "power" in computed ? { ...computed, power: keyNow(state, computed.power) } : computed };
  };
  return rules.map((rule) => ({
    ...rule,
    when: conditionNow(state, rule.when),
    then: rule.then.map(action),
    ...(rule.otherwise ? { otherwise: rule.otherwise.map(action) } : {}),
  }));
}

function conditionNow(state: CoreState, when: Condition): Condition {
  switch (when.kind) {
    case "compare":
      return { ...when, path: keyNow(state, when.path) };
    case "all":
    case "any":
      return { ...when, of: when.of.map((c) => conditionNow(state, c)) };
    case "not":
      return { ...when, of: conditionNow(state, when.of) };
    default:
      return when;
  }
}

/** How many rules name a node, by what they ask of it or look at. */
export function rulesNaming({ rules }: CoreState, node: NodeId): readonly Rule[] {
  const looksAt = (when: Condition): boolean =>
    when.kind === "compare"
      ? when.path.startsWith(`${node}/`)
      : when.kind === "all" || when.kind === "any"
        ? when.of.some(looksAt)
        : when.kind === "not" && looksAt(when.of);
  return rules.filter((r) => [...r.then, ...(r.otherwise ?? [])].some((a) => a.node === node) || looksAt(r.when));
}
