/** The contract of a strategy: what the code knows how to do for a home, within limits that it states. */
import type { Parts } from "../../energy/parts.ts";
import type { NodeSettings } from "../../model/node.ts";
import type { NodeId } from "../../model/path.ts";
import type { Goal, Rule, RuleAction } from "../../model/plan.ts";
import type { DayPrices } from "./prices.ts";

export type Params = Readonly<Record<string, number | string>>;

type ParamSpec =
  | { readonly type: "number"; readonly unit: string; readonly min: number; readonly max: number }
  | { readonly type: "clock" };

/** What a strategy may know of the home; `facts` are the fitted numbers of a device, by node. */
export interface Facts {
  readonly parts: Parts;
  readonly facts: ReadonlyMap<NodeId, Readonly<Record<string, number>>>;
  readonly prices: DayPrices;
  readonly goals: readonly Goal[];
  readonly roles?: NodeSettings["roles"];
}

export interface Strategy {
  readonly name: string;
  /**
   * Its rules act only where the device's own forecast or offer shows at that moment that it pays: nothing needs to be replayed,
   * and a device that is new can be steered at once. Without it the home's past is the judge.
   */
  readonly judgedBy?: "device";
  /** Short, for people and the model. */
  readonly label: string;
  readonly params: Readonly<Record<string, ParamSpec>>;
  /** Kinds of goal that call for it; "minimise" calls for every strategy. */
  readonly serves: readonly Goal["kind"][];
  /** What a person should know before approving. */
  readonly danger: string;
  /** Devices it can steer in this home, with their safe parameters, the preferred first; empty when not applicable. */
  readonly candidates: (facts: Facts) => readonly { readonly node: NodeId; readonly params: readonly Params[] }[];
  /** The exact rules; undefined when the device is not there. */
  readonly rules: (facts: Facts, node: NodeId, params: Params) => readonly Rule[] | undefined;
  readonly title: (name: string, params: Params) => string;
  readonly because: (params: Params) => string;
}

/** A number parameter; NaN when missing, which every comparison and check refuses. */
export const num = (params: Params, name: string): number => {
  const value = params[name];
  return typeof value === "number" ? value : Number.NaN;
};

export const text = (params: Params, name: string): string => {
  const value = params[name];
  return typeof value === "string" ? value : "";
};

export const act = (
  part: { readonly node: NodeId; readonly endpoint: number },
  capability: string,
  command: string,
  args: RuleAction["args"] = {},
): RuleAction => ({ node: part.node, endpoint: part.endpoint, capability, command, args });

/** A rule of a plan; its plan is filled in when it becomes one. */
export const rule = (
  id: string,
  title: string,
  when: Rule["when"],
  then: readonly RuleAction[],
  otherwise?: readonly RuleAction[],
): Rule => ({ id, title, when, then, ...(otherwise ? { otherwise } : {}), origin: "plan", enabled: true });

/** Takes back what `command` asked for, while it still stands. */
export const release = (
  part: { readonly node: NodeId; readonly endpoint: number },
  capability: string,
  command: string,
): RuleAction => ({ ...act(part, capability, command), computed: { kind: "release" } });

/** At all times. */
export const ALWAYS = { kind: "between", from: "00:00", to: "00:00" } as const;

/** What a plan of these goals counts in where cost and CO2 differ: CO2 only where nobody spoke of money. */
export const aimOf = (goals: readonly Goal[]): "cost" | "co2" => {
  const aims = goals.flatMap((g) => (g.kind === "minimise" ? [g.what] : []));
  return aims.includes("co2") && !aims.includes("cost") ? "co2" : "cost";
};

export const readyGoalOf = (facts: Facts, node: NodeId): Extract<Goal, { kind: "readyBy" }> | undefined =>
  facts.goals.find((g): g is Extract<Goal, { kind: "readyBy" }> => g.kind === "readyBy" && g.node === node);

const KWH_PER_KM = 0.18;

/** What a car's wish comes to in percent of its battery; `kwhPerPercent` as the twin learned it. 20 to 100. */
export function percentOf(goal: Extract<Goal, { kind: "readyBy" }>, kwhPerPercent: number): number {
  if (goal.what === "stateOfCharge") return goal.target;
  const kwh = goal.what === "range" ? goal.target * KWH_PER_KM : goal.target;
  return Math.min(100, Math.max(20, Math.ceil(kwh / kwhPerPercent)));
}

export const roundTo = (value: number, step: number): number => Math.round(value / step) * step;

/** Why parameters do not fit a strategy's limits; undefined when they do. Extra parameters are refused. */
export function paramsMisfit(strategy: Strategy, params: Params): string | undefined {
  for (const name of Object.keys(params))
    if (!Object.hasOwn(strategy.params, name)) return `${strategy.label} has no setting "${name}"`;
  for (const [name, spec] of Object.entries(strategy.params)) {
    const value = Object.hasOwn(params, name) ? params[name] : undefined;
    if (spec.type === "clock") {
      if (typeof value !== "string" || !/^([01]\d|2[0-3]):[0-5]\d$/.test(value))
        return `${name} must be a time as HH:MM`;
    } else if (typeof value !== "number" || !(value >= spec.min && value <= spec.max))
      return `${name} must be between ${spec.min} and ${spec.max} ${spec.unit}`;
  }
  return undefined;
}
