/** What speaks against a rule before it is saved. */
export { checkDraft, checking } from "./check.ts";
export type { CheckContext } from "./context.ts";
export { holdingAgainst, type PlannedFaults, plannedFaults } from "./planned.ts";
