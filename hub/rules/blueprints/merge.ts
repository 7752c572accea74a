/** Brings together what a new version of a ready-made rule changes and what a person changed by hand. */
import { type RuleDraft, ruleDraft } from "../../model/rule/rule.ts";

/** Something that a person changed by hand. */
export interface ByHand {
  /** Where in the rule. */
  readonly field: string;
  /** The new version changes it as well: the person's stays. */
  readonly isContested: boolean;
}

interface Merged {
  readonly draft: RuleDraft;
  readonly byHand: readonly ByHand[];
}

const MAX_TOLD = 50;

/**
 * `base`: as the old version made it; `mine`: as it is now; `theirs`: as the new version makes it. What only one side changed is
 * taken, what both changed stays the person's. Lists of different lengths count as one thing. Undefined where what comes
 * out is no rule: then nothing can be taken without losing what the person changed.
 */
export function merge(base: RuleDraft, mine: RuleDraft, theirs: RuleDraft): Merged | undefined {
  const byHand: ByHand[] = [];
  const whole = three({ byHand, field: "" }, base, mine, theirs);
  const read = ruleDraft.safeParse(whole);
  return read.success ? { draft: read.data, byHand: byHand.slice(0, MAX_TOLD) } : undefined;
}

interface Place {
  readonly byHand: ByHand[];
  readonly field: string;
}

const same = (a: unknown, b: unknown): boolean => stable(a) === stable(b);

function three(place: Place, base: unknown, mine: unknown, theirs: unknown): unknown {
  if (same(mine, base)) return theirs;
  if (isList(base) && isList(mine) && isList(theirs)) {
    if (base.length === mine.length && mine.length === theirs.length)
      return mine.map((one, i) => three(below(place, i), base[i], one, theirs[i]));
  } else if (isObject(base) && isObject(mine) && isObject(theirs) && isAlike(base, mine, theirs))
    return objects(place, base, mine, theirs);
  if (!same(mine, theirs)) place.byHand.push({ field: place.field, isContested: !same(theirs, base) });
  return mine;
}

const below = ({ byHand, field }: Place, key: string | number): Place => ({
  byHand,
  field: field === "" ? String(key) : `${field}.${key}`,
});

/** Things of another kind are not mixed with one another. */
const isAlike = (...all: readonly object[]): boolean =>
  ["kind", "form", "op", "read"].every((key) => new Set(all.map((one) => Reflect.get(one, key))).size === 1);

function objects(place: Place, base: object, mine: object, theirs: object): object {
  const keys = new Set([...Object.keys(theirs), ...Object.keys(mine)]);
  return Object.fromEntries(
    [...keys].flatMap((key) => {
      const at = (one: object): unknown => (Object.hasOwn(one, key) ? Reflect.get(one, key) : undefined);
      const value = three(below(place, key), at(base), at(mine), at(theirs));
      return value === undefined ? [] : [[key, value] as const];
    }),
  );
}

const isList = (part: unknown): part is readonly unknown[] => Array.isArray(part);
const isObject = (part: unknown): part is object => typeof part === "object" && part !== null && !Array.isArray(part);

/** The same text for the same data, whatever the order of its keys. */
function stable(part: unknown): string {
  if (isList(part)) return `[${part.map(stable).join()}]`;
  if (!isObject(part)) return JSON.stringify(part) ?? "";
  const entries = Object.entries(part).filter(([, value]) => value !== undefined);
  return `{${entries
    .map(([key, value]) => `${JSON.stringify(key)}:${stable(value)}`)
    .sort()
    .join()}}`;
}
