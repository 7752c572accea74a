/** Puts together what the grammar and what a model read in a wish. */
import type { Goal } from "../model/plan.ts";
import { goalInWords, sameGoal } from "./goal.ts";
import type { Names } from "./names.ts";
import type { Reading } from "./read-wish.ts";

/** A part of the wish and what a model took it for. */
export interface ReadPart {
  readonly part: string;
  readonly goal: Goal;
}

export interface Merged {
  readonly goals: readonly Goal[];
  /** Parts that neither could read. */
  readonly notUnderstood: readonly string[];
  /** What a model took a person's words for: shown, since nobody said it in these words. */
  readonly taken: readonly string[];
}

const same = (a: Goal, b: Goal): boolean =>
  a.kind === "minimise" ? JSON.stringify(a) === JSON.stringify(b) : sameGoal(a, b);

/** The grammar's goals stand. The model's are added only for parts of the wish that the grammar could not read. */
export function mergeGoals(read: Reading, byModel: readonly ReadPart[], names: Names): Merged {
  const goals = [...read.goals];
  const open = new Set(read.notUnderstood);
  const taken: string[] = [];
  for (const { part, goal } of byModel) {
    if (!open.delete(part)) continue;
    taken.push(`"${part}" was taken for "${goalInWords(goal, names)}" by the language model`);
    if (!goals.some((g) => same(g, goal))) goals.push(goal);
  }
  return { goals, notUnderstood: [...open], taken };
}
