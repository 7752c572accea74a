/** Rules that could act on a device: what they ask of it, through scenes and other rules as well. */
import { capabilities } from "../../model/capabilities/index.ts";
import type { Value } from "../../model/capability.ts";
import { type NodeId, parsePath } from "../../model/path.ts";
import type { Rule } from "../../model/plan.ts";
import type { Expression } from "../../model/rule/expression.ts";
import type { HomeRule } from "../../model/rule/rule.ts";
import { listsIn, type Step } from "../../model/rule/step.ts";
import { selected } from "../automation/watch.ts";
import { rulesNow } from "../identity/names.ts";
import type { CoreState } from "../state.ts";
import type { WhyFacts } from "./facts.ts";

/** One thing that a rule asks of the device; what is worked out at the moment is not known before. */
export interface Asks {
  readonly endpoint: number;
  readonly capability: string;
  readonly command: string;
  readonly args: Readonly<Record<string, Value>>;
  readonly open: boolean;
  /** Of a rule of the form "while": asked while it does not hold. */
  readonly otherwise?: true;
}

export interface Actor {
  readonly id: string;
  readonly title: string;
  readonly rule: HomeRule | undefined;
  /** A rule of a plan. */
  readonly planRule: Rule | undefined;
  readonly asks: readonly Asks[];
}

const MAX_ACTORS = 50;
const MAX_DEPTH = 5;

/** The rules that could act on a device; those alone that would bring about what is asked, where any would. At most 50. */
export function actorsOn(state: CoreState, node: NodeId, about?: WhyFacts["about"]): readonly Actor[] {
  const home = state.automation.rules.map((rule): Actor => {
    const keep = asksOf(state, rule.form === "while" ? rule.keep : rule.do, node, 0);
    const otherwise = rule.form === "while" ? asksOf(state, rule.otherwise ?? [], node, 0) : [];
    const asks = [...keep, ...otherwise.map((a): Asks => ({ ...a, otherwise: true }))];
    return { id: rule.id, title: rule.title, rule, planRule: undefined, asks };
  });
  const plans = rulesNow(state).map((planRule): Actor => {
    const actions = [...planRule.then, ...(planRule.otherwise ?? [])].filter((a) => a.node === node);
    const asks = actions.map((a): Asks => ({ ...a, open: a.computed !== undefined }));
    return { id: planRule.id, title: planRule.title, rule: undefined, planRule, asks };
  });
  const all = [...home, ...plans].filter((a) => a.asks.length > 0);
  const fitting = about ? all.filter((a) => a.asks.some((asks) => bringsAbout(asks, node, about))) : all;
  return (fitting.length > 0 ? fitting : all).slice(0, MAX_ACTORS);
}

function asksOf(state: CoreState, steps: readonly Step[], node: NodeId, depth: number): Asks[] {
  if (depth > MAX_DEPTH) return [];
  const inside = (list: readonly Step[]) => asksOf(state, list, node, depth);
  return steps.flatMap((step): Asks[] => {
    switch (step.kind) {
      case "command": {
        const spots = selected(state, step.target, step.capability).filter((s) => s.node === node);
        const { args, open } = plainOf(step.args ?? {});
        const { capability, command } = step;
        return spots.map(({ endpoint }) => ({ endpoint, capability, command, args, open }));
      }
      case "scene": {
        const actions = state.scenes.find((s) => s.id === step.scene)?.actions ?? [];
        return actions.filter((a) => a.node === node).map((a) => ({ ...a, open: false }));
      }
      case "rule": {
        const other = state.automation.rules.find((r) => r.id === step.rule);
        return other?.form === "when" ? asksOf(state, other.do, node, depth + 1) : [];
      }
      default:
        return listsIn(step).flatMap(inside);
    }
  });
}

function plainOf(given: Readonly<Record<string, Expression>>): Pick<Asks, "args" | "open"> {
  const plain = Object.entries(given).flatMap(([name, e]): [string, Value][] =>
    typeof e === "object" ? [] : [[name, e]],
  );
  return { args: Object.fromEntries(plain), open: plain.length < Object.keys(given).length };
}

/** On which sides a rule of the form "while" would bring about what is asked about. */
export function sidesOf(
  { asks }: Actor,
  { node, about }: Pick<WhyFacts, "node" | "about">,
): {
  readonly keep: boolean;
  readonly otherwise: boolean;
} {
  const fitting = about ? asks.filter((a) => bringsAbout(a, node, about)) : asks;
  const wanted = fitting.length > 0 ? fitting : asks;
  return { keep: wanted.some((a) => !a.otherwise), otherwise: wanted.some((a) => a.otherwise) };
}

/** Whether a command would make the device so as is asked about; one that is worked out at the moment may. */
export function bringsAbout(
  asks: Pick<Asks, "capability" | "command" | "args"> & Partial<Asks>,
  node: NodeId,
  { key, is }: Pick<NonNullable<WhyFacts["about"]>, "key" | "is">,
): boolean {
  const { capability, command, args, open } = asks;
  const path = parsePath(key);
  // The audit log does not tell the endpoint.
  const isIt =
    path?.node === node && path.capability === capability && (asks.endpoint ?? path.endpoint) === path.endpoint;
  if (!path || !isIt) return false;
  const { attribute } = path;
  if (open) return true;
  const wants = command === "set" ? args : capabilities[capability]?.commands[command]?.wants(args, () => undefined);
  const value = wants && Object.hasOwn(wants, attribute) ? wants[attribute] : undefined;
  return value !== undefined && is(value);
}
