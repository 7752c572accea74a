/** From a person's words to goals: by grammar, and where there is a model, by both. */
import type { Goal } from "../model/plan.ts";
import { goalInWords } from "../planner/goal.ts";
import { mergeGoals } from "../planner/merge.ts";
import type { Names } from "../planner/names.ts";
import type { Refusal } from "../planner/parse.ts";
import { readWish } from "../planner/read-wish.ts";
import type { LanguageModel } from "../ports.ts";
import { type Exams, Interview, type Offers } from "./interview.ts";

export interface Understood {
  readonly goals: readonly Goal[];
  /** Who read it: `grammar` or `model:<name>`. */
  readonly readBy: string;
  /** Measures as shown, the best first. */
  readonly ranking: readonly string[];
  readonly refused: readonly Refusal[];
  /** What was taken for granted, not understood, or went wrong with the model, in words. */
  readonly notes: readonly string[];
}

export interface Reader {
  readonly model: LanguageModel;
  readonly exams: Exams;
  readonly signal: AbortSignal;
}

/** Reads a wish. The model can add goals and an order; it can take nothing away, and without it everything still works. */
export async function understand(text: string, names: Names, offers: Offers, reader: Reader): Promise<Understood> {
  const read = readWish(text, names);
  const interview = new Interview(names, offers, reader);
  // A part in brackets was read and does not fit this home: nothing is open about it.
  const sorted = await interview.sort(read.notUnderstood.filter((part) => !part.endsWith(")")));
  const merged = mergeGoals(read, sorted, names);
  const ranking = await interview.rank(text, merged.goals);
  const used = sorted.length + ranking.length > 0;
  return {
    goals: merged.goals,
    readBy: interview.name && used ? `model:${interview.name}` : "grammar",
    ranking,
    refused: interview.refused,
    notes: [
      ...interview.notes,
      ...merged.taken,
      ...read.assumed.map((part) => `taken for granted: ${part}`),
      ...merged.notUnderstood.map((part) => `not understood: "${part}"`),
    ],
  };
}

export const goalsInWords = (goals: readonly Goal[], names: Names): string =>
  goals.map((goal) => goalInWords(goal, names)).join("; ");
