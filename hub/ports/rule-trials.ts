/** Rules tried on the home's past. Implemented by shells; nothing here does anything. */
import type { RuleDraft } from "../model/rule/rule.ts";
import type { RuleTrial, RuleTried } from "../model/rule-trial.ts";

export interface TrialWish {
  /** The rule as written; absent: the rule `id` as it is kept. */
  readonly draft?: RuleDraft | undefined;
  /** The rule that it would replace: what that one did in the past is not held against it. */
  readonly id?: string | undefined;
  /** How far back, 1 to 400. */
  readonly days: number;
}

export type TrialAnswer =
  | { readonly state: "running"; readonly done: number }
  | { readonly state: "done"; readonly report: RuleTrial }
  | { readonly state: "failed" | "cancelled"; readonly why: string };

/** All rules of the home. What was tried until it was cancelled is told too. */
export type AllTried =
  | { readonly state: "running"; readonly done: number }
  | { readonly state: "done"; readonly tried: readonly RuleTried[] }
  | { readonly state: "failed" | "cancelled"; readonly why: string; readonly tried: readonly RuleTried[] };

/** Nothing of it moves anything in the home. */
export interface Trials {
  /** Starts a job; `busy`: two are under way; `absent`: there is no such rule. */
  start(
    wish: TrialWish,
  ): { readonly ok: true; readonly id: string } | { readonly ok: false; readonly why: "busy" | "absent" };
  /** Of the last twelve. */
  get(id: string): TrialAnswer | undefined;
  /** The same with each rule that is switched on; `absent`: there is none. */
  startAll(wish: {
    readonly days: number;
  }): { readonly ok: true; readonly id: string } | { readonly ok: false; readonly why: "busy" | "absent" };
  /** Of the last twelve. */
  getAll(id: string): AllTried | undefined;
}
