import type { Policies, PolicyAnswer } from "../../../hub/ports/policies.ts";

const none: PolicyAnswer = { ok: false, reason: "no device of this home serves these goals" };

/** A home without policies. */
export const noPolicies: Policies = {
  list: () => [],
  mayAsk: () => [],
  propose: async () => none,
  tryOut: () => none,
  watch: () => none,
  approve: async () => none,
  reject: () => none,
  resume: async () => none,
  end: () => none,
  change: async () => none,
  preferences: () => [],
  prefer: () => ({ ok: true }),
  forget: () => false,
  measure: async () => none,
  watched: () => [],
  schedule: () => undefined,
};
