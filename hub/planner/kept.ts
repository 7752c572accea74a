/** The goals of a wish as they are gathered: each once, none against another in silence. */
import { MAX_GOALS } from "../model/goal/index.ts";
import type { Goal } from "../model/plan.ts";
import { goalInWords, goalMisfit, sameGoal } from "./goal.ts";
import type { Draft } from "./goals/kind.ts";
import type { Names } from "./names.ts";
import type { Reading } from "./read-wish.ts";

const LOW = ["minC", "min"];
const HIGH = ["maxC", "max"];

const has = (goal: Goal, fields: readonly string[]): boolean => fields.some((field) => field in goal);

/** "Never below 19" and "never above 22" of the same thing are one goal; undefined where two say otherwise. */
function together(a: Goal, b: Goal): Goal | undefined {
  const apart = (low: Goal, high: Goal) => has(low, LOW) && !has(low, HIGH) && has(high, HIGH) && !has(high, LOW);
  return a.kind === b.kind && (apart(a, b) || apart(b, a)) ? ({ ...a, ...b } as Goal) : undefined;
}

/** Whether what a second goal says otherwise was only taken for granted in it. */
function adds(stands: Goal, { goal, assumed }: Draft): boolean {
  const known = new Map<string, unknown>(Object.entries(stands));
  const other = Object.entries(goal).filter(([key, value]) => JSON.stringify(known.get(key)) !== JSON.stringify(value));
  return other.some(([key]) => assumed.every(({ field }) => field !== key));
}

/** Keeps goals that fit the home, each once and at most 20; tells the rest with the reason. */
export class Kept {
  readonly goals: Goal[] = [];
  readonly assumed: { readonly goal: number; readonly field: string; readonly words: string }[] = [];
  private readonly names: Names;

  constructor(names: Names, reading?: Reading) {
    this.names = names;
    this.goals.push(...(reading?.goals ?? []));
    this.assumed.push(...(reading?.assumed ?? []));
  }

  /** Why it was not kept; undefined when it was, or stands there already. */
  add(draft: Draft): string | undefined {
    const { goal, assumed } = draft;
    const misfit = goalMisfit(goal, this.names);
    if (misfit) return misfit;
    const at = this.goals.findIndex((g) => sameGoal(g, goal));
    const stands = this.goals[at];
    if (stands) return this.beside(at, stands, draft);
    if (this.goals.length >= MAX_GOALS) return `a wish can have ${MAX_GOALS} goals: say the rest in another`;
    this.assumed.push(...assumed.map((a) => ({ goal: this.goals.length, ...a })));
    this.goals.push(goal);
    return undefined;
  }

  /** A second goal of the same thing at the same times: the other limit, the same again, or against the first. */
  private beside(at: number, stands: Goal, draft: Draft): string | undefined {
    const both = together(stands, draft.goal);
    if (both && !goalMisfit(both, this.names)) {
      this.goals[at] = both;
      return undefined;
    }
    return adds(stands, draft)
      ? `there is “${goalInWords(stands, this.names)}” already: say which is meant`
      : undefined;
  }
}
