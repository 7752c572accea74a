import type { RuleDraft } from "./rule.ts";

/** What speaks against a rule as it is written. */
export interface RuleProblem {
  /** `error`: it can't be saved so. `warn`: it can, once a person has seen it. */
  readonly level: "error" | "warn";
  readonly code: string;
  /** Where in the rule, for example `on.0.target.rooms`. */
  readonly field: string;
  /** One plain sentence. */
  readonly text: string;
  /** What would mend it, and the rule as it would be then. */
  readonly fix?: { readonly text: string; readonly draft: RuleDraft };
  /** Ids of other rules or devices that it is about. */
  readonly about?: readonly string[];
}
