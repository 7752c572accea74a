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

/** Of several words the one that was probably meant: the same but for letter case, or but for a slip or two. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const lower = word.toLowerCase();
  const same = known.find((k) => k.toLowerCase() === lower);
  if (same !== undefined) return same;
  if (word.length < 4) return undefined;
  const most = word.length < 8 ? 1 : 2;
  return known.find((k) => Math.abs(k.length - word.length) <= most && slips(lower, k.toLowerCase()) <= most);
}

/** Letters to change, add or leave out to come from one word to the other. */
function slips(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next.push(
        Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)),
      );
    row = next;
  }
  return row[b.length] ?? 0;
}

/** Words for a list that may be long. */
export const listed = (words: readonly string[], most = 8): string =>
  words.length <= most ? words.join(", ") : `${words.slice(0, most).join(", ")} and ${words.length - most} more`;
