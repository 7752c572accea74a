/** What an approval names. */
import type { Proposal } from "../model/plan.ts";

/** JSON with sorted keys, so that the same content always gives the same text. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value !== null && typeof value === "object") {
    const entries = Object.entries(value)
      .filter(([, v]) => v !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([k, v]) => `${JSON.stringify(k)}:${canonical(v)}`).join(",")}}`;
  }
  return JSON.stringify(value) ?? "null";
}

/** Hash over the goal in words and the proposal with its exact rules and limits; `sha256` gives hex. */
export const planHash = (goal: string, proposal: Proposal, sha256: (text: string) => string): string =>
  sha256(canonical({ goal, proposal }));
