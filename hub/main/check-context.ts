import type { CheckContext } from "../rules/check/index.ts";
import { nodeNow } from "../step/identity/names.ts";
import type { CoreState } from "../step.ts";

/** The home of now that rules, plans and policies are held against; `now` in epoch ms. */
export const checkContextOf = (state: CoreState, now: number): CheckContext => ({
  ...{ home: state.home, house: state.house, scenes: state.scenes, now },
  find: (node) => nodeNow(state, node),
  rules: state.automation.rules,
  planRules: [...state.rules, ...state.policyRules],
});
