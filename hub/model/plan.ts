/** The vocabulary of planning: goal, proposal, verdict, plan. Functions live in planner/, twin/ and rules/. */
import type { Goal } from "./goal/index.ts";
import type { NodeId } from "./path.ts";
import type { Condition } from "./rule/condition.ts";
import type { ClockTime } from "./rule/values.ts";

export type { Goal } from "./goal/index.ts";
export type { Condition } from "./rule/condition.ts";
export type { ClockTime } from "./rule/values.ts";

/**
 * What is worked out at the moment of acting, from what a device says of itself, prices and the sun, in place of fixed
 * arguments. The action's `command` is the one that may come of it.
 */
export type Computed =
  /** deviceEnergyManagement.startTimeAdjustRequest: to the best start that its forecast allows. */
  | { readonly kind: "bestStart"; readonly by: "cost" | "co2" | "sun" }
  /** deviceEnergyManagement.pauseRequest: when the rest of the run is better later. */
  | { readonly kind: "bestPause"; readonly by: "cost" | "co2" }
  /** deviceEnergyManagement.powerAdjustRequest: the least that it offers, until energy is cheaper. */
  | { readonly kind: "leastPower" }
  /** deviceEnergyManagement.powerAdjustRequest: what leaves the house, its own power (text path) on top. */
  | { readonly kind: "sunPower"; readonly power: string }
  /**
   * energyEvse.enableCharging or disable: from the sun with as much current as there is, else in the cheapest hours before
   * the target, `kwh` by `by` or else the charger's own, with `kw`.
   */
  | {
      readonly kind: "charge";
      readonly power: string;
      readonly kw: number;
      readonly phases: number;
      readonly by?: ClockTime;
      readonly kwh?: number;
    }
  /** Takes back what was asked for, and only while it still stands: resume, end of an adjustment, the device's own plan. */
  | { readonly kind: "release" };

/** What a rule wants while its condition holds, and (else) while it does not. */
export interface RuleAction {
  readonly node: NodeId;
  readonly endpoint: number;
  readonly capability: string;
  readonly command: string;
  readonly args: Readonly<Record<string, number | boolean | string>>;
  readonly computed?: Computed;
}

/** A rule on single devices: what plans are made of, and what rules of people come to in the home of now. */
export interface Rule {
  readonly id: string;
  readonly title: string;
  readonly when: Condition;
  readonly then: readonly RuleAction[];
  readonly otherwise?: readonly RuleAction[];
  readonly origin: "person" | "plan";
  /** Among rules of one origin the higher has its way; 0 where it is left out. */
  readonly rank?: number;
  /** The plan it belongs to. */
  readonly plan?: string;
  /** Why it asks what it asks, in whole sentences; where it is left out its condition says so. */
  readonly because?: string;
  readonly enabled: boolean;
  /** Epoch ms before which it does not run, and after which it no longer does. */
  readonly from?: number;
  readonly until?: number;
  /** What all rules of its plan may do together in a local day; it rests until midnight when that is used up. */
  readonly budget?: RuleBudget;
}

export interface RuleBudget {
  readonly commands?: number | undefined;
  /** Text path of a battery's charge, and the percent that it may rise in a day, all rises together. */
  readonly battery?: { readonly charge: string; readonly percent: number } | undefined;
}

/** What may be proposed: a strategy known to the code, a device that exists, values within its limits. */
export interface Proposal {
  readonly strategy: string;
  readonly node: NodeId;
  readonly params: Readonly<Record<string, number | string>>;
  readonly title: string;
  /** Why, in words; from a model it is marked as generated. */
  readonly because: string;
  readonly madeBy: { readonly kind: "model"; readonly name: string } | { readonly kind: "planner" };
  readonly rules: readonly Rule[];
}

export interface Totals {
  readonly importedKwh: number;
  readonly exportedKwh: number;
  /** In the home's currency. */
  readonly cost: number;
  readonly co2Kg: number;
  readonly comfortMinutesLost: number;
  readonly switchings: number;
}

/** The outcome of a check on the home's own history. */
export interface Verdict {
  readonly ok: boolean;
  /** Empty when ok. */
  readonly reasons: readonly string[];
  readonly checks: readonly { readonly name: string; readonly ok: boolean; readonly detail: string }[];
  readonly days: number;
  readonly baseline: Totals;
  readonly withPlan: Totals;
  /** Per replayed day, in order: saving in currency. */
  readonly daily: readonly { readonly day: string; readonly savedCost: number; readonly savedKwh: number }[];
  readonly worstDay?: { readonly day: string; readonly savedCost: number };
  /** How well the twin reproduces days it has not seen. */
  readonly fit: { readonly ok: boolean; readonly note: string };
  /** Saving per day, mean and half width of the 90 % band, in currency. */
  readonly perDay: { readonly mean: number; readonly band: number };
}

export type PlanState =
  | "proposed"
  | "verified"
  | "refused"
  | "approved"
  | "running"
  | "rejected"
  | "suspended"
  | "ended";

export interface Plan {
  readonly id: string;
  readonly goal: string;
  readonly state: PlanState;
  /** Why it is in this state. */
  readonly reason: string;
  readonly proposal: Proposal;
  readonly verdict?: Verdict;
  /** SHA-256 over goal, proposal with its rules, and limits; approval names it. */
  readonly hash: string;
  readonly createdAt: number;
  readonly approvedAt?: number;
  readonly approvedBy?: string;
  readonly measured?: Measured;
}

/** What came of it, against an honest counterfactual. */
export interface Measured {
  readonly from: number;
  readonly to: number;
  readonly days: number;
  readonly savedCost: number;
  readonly savedKwh: number;
  /** Half width of the 90 % band of savedCost. */
  readonly band: number;
  readonly coverage: number;
  readonly note: string;
  /** Whole days that are known well enough; they sum up to savedCost. */
  readonly daily?: readonly { readonly day: string; readonly savedCost: number }[];
  /** The most that can have been saved at all: by what the steered devices used, and by the spread of prices. */
  readonly most?: number;
  /** How it was worked out, and which standard it follows. */
  readonly method?: string;
  /** Why nothing can be said of it; then the figures are nought. */
  readonly refused?: string;
}

/** A wish as a person said it and as it was read. */
export interface Wish {
  readonly id: string;
  readonly text: string;
  readonly by: string;
  readonly at: number;
  /** `read`: the reading waits for a person's word; nothing is planned before it. `cancelled`: by a person. */
  readonly state: "reading" | "read" | "planning" | "done" | "failed" | "cancelled";
  readonly progress: string;
  /** The first comes before all others. */
  readonly goals: readonly Goal[];
  /** What was taken for granted, in words; `goal` counts in `goals` from 0. Nothing where it is left out. */
  readonly assumed?: readonly { readonly goal: number; readonly field: string; readonly words: string }[];
  /** Parts of what was said that gave no goal, with the reason where there is one. */
  readonly notUnderstood?: readonly { readonly part: string; readonly reason: string }[];
  /** Proposals that never became plans, with the reason. */
  readonly refused: readonly { readonly title: string; readonly reason: string }[];
  readonly readBy: string;
  /** The model that put the proposals in order; absent: by what they save. */
  readonly rankedBy?: string;
}
