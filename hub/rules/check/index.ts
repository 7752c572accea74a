/** What speaks against a rule before it is saved. */
export { checkDraft } from "./check.ts";
export type { CheckContext } from "./context.ts";
export { type PlannedFaults, plannedFaults } from "./planned.ts";
