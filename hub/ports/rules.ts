/** The rules of people: what may be asked of them. */

import type { NodeDescription } from "../model/node.ts";
import type { RuleProblem } from "../model/rule/problem.ts";
import type { HomeRule, RuleBlueprint, RuleDraft } from "../model/rule/rule.ts";
import type { Trace } from "../model/trace.ts";

/** A rule of a person as it stands. */
export interface HomeRuleStatus {
  readonly rule: HomeRule;
  /** The rule in words. */
  readonly words: string;
  /** Of the form "while": whether it holds and why, with the values seen. */
  readonly holds?: boolean | "unknown";
  readonly reason?: string;
  /** Of the form "when": epoch ms of its last start since the hub runs. */
  readonly lastAt?: number;
  /** Titles of rules that switch it on or off. */
  readonly switchedBy: readonly string[];
  /** Runs under way. */
  readonly running: readonly Trace[];
  /** Epoch ms of its next moment by clock or sun; absent where there is none. */
  readonly nextAt?: number;
}

/** What a rule would be, before it is saved. */
export interface RuleReading {
  readonly words: string;
  readonly problems: readonly RuleProblem[];
  /** When clock and sun would start it: what the change of the clock means for it, and its next moments, epoch ms. */
  readonly moments: readonly RuleMoments[];
}

export interface RuleMoments {
  readonly words: string;
  readonly meaning: readonly string[];
  /** At most 400 within the next twelve months. */
  readonly next: readonly number[];
}

export type Saved =
  | { readonly ok: true; readonly status: HomeRuleStatus }
  | { readonly ok: false; readonly why: "absent" | "full" }
  | { readonly ok: false; readonly why: "problems"; readonly problems: readonly RuleProblem[] };

/** The rules of people. Everything is written at once. */
export interface Rules {
  list(): readonly HomeRuleStatus[];
  /** Reads a draft without saving it. `id`: the rule that it would replace; `coming`: devices that will be there as well. */
  read(draft: RuleDraft, id?: string, coming?: readonly NodeDescription[]): Promise<RuleReading>;
  /** Saves a new rule, or a new wording of one. What speaks against it by `warn` is let through when `sure`. */
  save(
    draft: RuleDraft,
    by: string,
    options: {
      readonly id?: string;
      readonly sure: boolean;
      readonly origin?: HomeRule["origin"];
      /** What it is made of; where it is left out, what the rule was made of before. */
      readonly blueprint?: RuleBlueprint;
      /** Its name in the system that it comes from; where it is left out, the one that it had. */
      readonly source?: string;
    },
  ): Promise<Saved>;
  setEnabled(id: string, enabled: boolean, by: string): HomeRuleStatus | undefined;
  remove(id: string, by: string): boolean;
  /** Starts a rule of the form "when" by hand; false where there is none that could be. */
  start(id: string, by: string): boolean;
  /** Ends a run. */
  cancel(run: string, by: string): boolean;
}
