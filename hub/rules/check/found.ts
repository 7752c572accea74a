import type { RuleProblem } from "../../model/rule/problem.ts";
import { type RuleDraft, ruleDraft } from "../../model/rule/rule.ts";

/** What was found, and what would mend it: given as a change of the draft. */
export interface Found extends Omit<RuleProblem, "fix"> {
  readonly fix?: { readonly text: string; readonly change: Change } | undefined;
}

/** Puts `value` in a draft at a place, written as a problem's field; undefined takes out what is there. */
export type Change = readonly { readonly at: string; readonly value: unknown }[];

export const error = (code: string, field: string, text: string, more: Partial<Found> = {}): Found => ({
  ...{ level: "error", code, field, text },
  ...more,
});

export const warn = (code: string, field: string, text: string, more: Partial<Found> = {}): Found => ({
  ...{ level: "warn", code, field, text },
  ...more,
});

/** The problem as it is told: with the whole draft as it would be, if that is a rule at all. */
export function told(found: Found, draft: RuleDraft): RuleProblem {
  const { fix, ...rest } = found;
  if (!fix) return rest;
  const changed: unknown = structuredClone(draft);
  if (!fix.change.every(({ at, value }) => put(changed, at.split("."), value))) return rest;
  const read = ruleDraft.safeParse(changed);
  return read.success ? { ...rest, fix: { text: fix.text, draft: read.data } } : rest;
}

function put(into: unknown, [key = "", ...rest]: readonly string[], value: unknown): boolean {
  if (typeof into !== "object" || into === null) return false;
  if (rest.length > 0) return Object.hasOwn(into, key) && put(Reflect.get(into, key), rest, value);
  if (value !== undefined) return Reflect.set(into, key, structuredClone(value));
  if (!Array.isArray(into)) return Reflect.deleteProperty(into, key);
  into.splice(Number(key), 1);
  return true;
}

/** Words for a list that may be long. */
export const listed = (words: readonly string[], most = 8): string =>
  words.length <= most ? words.join(", ") : `${words.slice(0, most).join(", ")} and ${words.length - most} more`;
