/** From a person's words to goals: by grammar, and where there is a model, by both. */
import type { Goal, Wish } from "../model/plan.ts";
import type { LocalDate } from "../model/tariff-book.ts";
import { goalInWords } from "../planner/goal.ts";
import { mergeGoals } from "../planner/merge.ts";
import type { Names } from "../planner/names.ts";
import type { Refusal } from "../planner/parse.ts";
import { readingWish } from "../planner/read-wish.ts";
import { drive, type Pace } from "./drive.ts";
import { type Asking, Interview } from "./interview.ts";

/** What was read of a wish, to be shown before anything else happens. */
export interface Understood {
  readonly goals: readonly Goal[];
  readonly assumed: NonNullable<Wish["assumed"]>;
  readonly notUnderstood: NonNullable<Wish["notUnderstood"]>;
  /** Who read it: `grammar` or `model:<name>`. */
  readonly readBy: string;
  readonly refused: readonly Refusal[];
  /** What went wrong with the model, in words. */
  readonly notes: readonly string[];
}

/** In one go, where nobody waits beside. */
const ALONE: Pace = { now: () => 0, yieldNow: () => Promise.resolve() };

/** Reads a wish. The model is asked only about what the grammar left open; without it everything still works. */
export async function understand(
  text: string,
  names: Names,
  asking: Asking,
  { today, pace = ALONE }: { readonly today?: LocalDate; readonly pace?: Pace } = {},
): Promise<Understood> {
  const read = await drive(readingWish(text, names, today), pace);
  const interview = new Interview(names, asking);
  const sorted = await interview.sort(read.notUnderstood);
  const merged = mergeGoals(read, sorted, names);
  return {
    goals: merged.goals,
    assumed: merged.assumed,
    notUnderstood: merged.notUnderstood.map(({ said, reason }) => ({ part: said, reason })),
    readBy: interview.name && sorted.length > 0 ? `model:${interview.name}` : "grammar",
    refused: interview.refused,
    notes: read.notUnderstood.some(({ part }) => part) ? interview.notes : [],
  };
}

export const goalsInWords = (goals: readonly Goal[], names: Names): string =>
  goals.map((goal) => goalInWords(goal, names)).join("; ");
