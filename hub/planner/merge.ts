/** Puts together what the grammar and what a model read in a wish. */
import type { Goal } from "../model/plan.ts";
import { goalInWords, sameGoal } from "./goal.ts";
import { plain } from "./mentions.ts";
import { type Names, thingsIn } from "./names.ts";
import type { Reading } from "./read-wish.ts";

export interface Merged {
  readonly goals: readonly Goal[];
  readonly refused: readonly { readonly title: string; readonly reason: string }[];
}

const figuresOf = (goal: Goal): number[] => {
  if (goal.kind === "readyBy") return [goal.target];
  if (goal.kind === "comfort") return [goal.minC];
  return goal.kind === "batteryReserve" ? [goal.percent] : [];
};

/** Small models add goals that nobody stated: a goal counts only if its device is named or its figure is not used up. */
function grounded(goal: Goal, wish: string, names: Names, used: readonly number[]): boolean {
  if (goal.kind === "minimise") return true;
  const node = "node" in goal ? goal.node : undefined;
  if (node !== undefined && thingsIn(plain(wish), names).some((hit) => hit.thing.node === node)) return true;
  if (goal.kind === "never" || goal.kind === "reduceStandby") return false;
  const figures = figuresOf(goal);
  const text = plain(wish).replace(/,/g, ".");
  return (
    figures.length > 0 && figures.every((n) => !used.includes(n) && new RegExp(`(?<![\\d.])${n}(?!\\d)`).test(text))
  );
}

/**
 * The grammar's goals stand. The model's are added only where the grammar left part of the wish unread, and only where
 * the wish's own words bear them out.
 */
export function mergeGoals(wish: string, read: Reading, byModel: readonly Goal[], names: Names): Merged {
  if (read.goals.length > 0 && read.notUnderstood.length === 0) return { goals: read.goals, refused: [] };
  const goals = [...read.goals];
  const refused: { title: string; reason: string }[] = [];
  const used = read.goals.flatMap(figuresOf);
  for (const goal of byModel) {
    const twice = goals.some(
      (g) => sameGoal(g, goal) && (g.kind !== "minimise" || JSON.stringify(g) === JSON.stringify(goal)),
    );
    if (twice) continue;
    if (grounded(goal, wish, names, used)) goals.push(goal);
    else refused.push({ title: goalInWords(goal, names), reason: "the wish does not say so" });
  }
  return { goals, refused };
}
